// The exponent of exp(w log z) is 226, and its rounding errors are those of the result.
module @fuzz {
  func.func public @main(%arg0: tensor<1xcomplex<f64>>, %arg1: tensor<1xcomplex<f64>>) -> tensor<1xcomplex<f64>> {
    %0 = stablehlo.power %arg0, %arg1 : tensor<1xcomplex<f64>>
    return %0 : tensor<1xcomplex<f64>>
  }
  func.func private @arguments() -> (tensor<1xcomplex<f64>>, tensor<1xcomplex<f64>>) {
    %cst_0 = stablehlo.constant dense<(-0.9868185550235592,0.25891329781330613)> : tensor<1xcomplex<f64>>
    %cst_1 = stablehlo.constant dense<(-75.375,0.0)> : tensor<1xcomplex<f64>>
    return %cst_0, %cst_1 : tensor<1xcomplex<f64>>, tensor<1xcomplex<f64>>
  }
}
