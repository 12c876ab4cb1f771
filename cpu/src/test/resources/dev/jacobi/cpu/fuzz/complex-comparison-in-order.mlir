// Only equality was compared.
module @fuzz {
  func.func public @main(%arg0: tensor<3xcomplex<f32>>, %arg1: tensor<3xcomplex<f32>>) -> tensor<3xi1> {
    %0 = stablehlo.compare LT, %arg0, %arg1, FLOAT : (tensor<3xcomplex<f32>>, tensor<3xcomplex<f32>>) -> tensor<3xi1>
    return %0 : tensor<3xi1>
  }
  func.func private @arguments() -> (tensor<3xcomplex<f32>>, tensor<3xcomplex<f32>>) {
    %cst_0 = stablehlo.constant dense<[(4.0,5.0), (2.0,1.0), (3.0,3.0)]> : tensor<3xcomplex<f32>>
    %cst_1 = stablehlo.constant dense<[(2.0,0.0), (2.0,4.0), (3.0,3.0)]> : tensor<3xcomplex<f32>>
    return %cst_0, %cst_1 : tensor<3xcomplex<f32>>, tensor<3xcomplex<f32>>
  }
}
