// The quotient is -1 with an imaginary part of nothing but rounding errors.
module @fuzz {
  func.func public @main(%arg0: tensor<1xcomplex<f64>>, %arg1: tensor<1xcomplex<f64>>) -> tensor<1xcomplex<f64>> {
    %0 = stablehlo.atan2 %arg0, %arg1 : tensor<1xcomplex<f64>>
    return %0 : tensor<1xcomplex<f64>>
  }
  func.func private @arguments() -> (tensor<1xcomplex<f64>>, tensor<1xcomplex<f64>>) {
    %cst_0 = stablehlo.constant dense<(0.0,0.0)> : tensor<1xcomplex<f64>>
    %cst_1 = stablehlo.constant dense<(-3.4522374582588227,-3.4895299005360805)> : tensor<1xcomplex<f64>>
    return %cst_0, %cst_1 : tensor<1xcomplex<f64>>, tensor<1xcomplex<f64>>
  }
}
