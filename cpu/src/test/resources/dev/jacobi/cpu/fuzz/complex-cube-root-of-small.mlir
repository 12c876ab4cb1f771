// A third of a logarithm of -744 loses 66 units; of the largest the modulus overflowed.
module @fuzz {
  func.func public @main(%arg0: tensor<3xcomplex<f64>>) -> tensor<3xcomplex<f64>> {
    %0 = stablehlo.cbrt %arg0 : tensor<3xcomplex<f64>>
    return %0 : tensor<3xcomplex<f64>>
  }
  func.func private @arguments() -> tensor<3xcomplex<f64>> {
    %cst_0 = stablehlo.constant dense<[(4.9406564584124654E-324,-0.0), (1.7976931348623157E+308,1.7976931348623157E+308), (-1.0E-300,2.0E-301)]> : tensor<3xcomplex<f64>>
    return %cst_0 : tensor<3xcomplex<f64>>
  }
}
