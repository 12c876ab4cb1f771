// The sum of two products of the largest number overflowed on the way to a quotient of 1.
module @fuzz {
  func.func public @main(%arg0: tensor<3xcomplex<f64>>) -> tensor<3xcomplex<f64>> {
    %0 = stablehlo.divide %arg0, %arg0 : tensor<3xcomplex<f64>>
    return %0 : tensor<3xcomplex<f64>>
  }
  func.func private @arguments() -> tensor<3xcomplex<f64>> {
    %cst = stablehlo.constant dense<[(1.0,-1.7976931348623157E+308), (1.7E+308,1.7E+308), (0.9,0.9)]> : tensor<3xcomplex<f64>>
    return %cst : tensor<3xcomplex<f64>>
  }
}
