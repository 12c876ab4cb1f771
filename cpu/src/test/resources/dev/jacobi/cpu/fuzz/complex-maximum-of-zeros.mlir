// The interpreter told zeros by their signs.
module @fuzz {
  func.func public @main(%arg0: tensor<2xcomplex<f32>>, %arg1: tensor<2xcomplex<f32>>) -> tensor<2xcomplex<f32>> {
    %0 = stablehlo.maximum %arg0, %arg1 : tensor<2xcomplex<f32>>
    return %0 : tensor<2xcomplex<f32>>
  }
  func.func private @arguments() -> (tensor<2xcomplex<f32>>, tensor<2xcomplex<f32>>) {
    %cst_0 = stablehlo.constant dense<[(3.0,0.0), (0.0,-0.0)]> : tensor<2xcomplex<f32>>
    %cst_1 = stablehlo.constant dense<[(3.0,-0.0), (-0.0,0.0)]> : tensor<2xcomplex<f32>>
    return %cst_0, %cst_1 : tensor<2xcomplex<f32>>, tensor<2xcomplex<f32>>
  }
}
