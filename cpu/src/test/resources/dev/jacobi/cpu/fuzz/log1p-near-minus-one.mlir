// 1 + z is exact near -1, but its square underflowed.
module @fuzz {
  func.func public @main(%arg0: tensor<3xcomplex<f64>>) -> tensor<3xcomplex<f64>> {
    %0 = stablehlo.log_plus_one %arg0 : tensor<3xcomplex<f64>>
    return %0 : tensor<3xcomplex<f64>>
  }
  func.func private @arguments() -> tensor<3xcomplex<f64>> {
    %cst = stablehlo.constant dense<[(-1.0,4.9E-324), (-1.0,1.0E-200), (-0.9999999999999999,1.0E-170)]> : tensor<3xcomplex<f64>>
    return %cst : tensor<3xcomplex<f64>>
  }
}
