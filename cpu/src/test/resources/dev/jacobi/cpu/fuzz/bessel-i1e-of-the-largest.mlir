// The interpreter's 2 pi x overflowed.
module @fuzz {
  func.func public @main(%arg0: tensor<2xf64>) -> tensor<2xf64> {
    %0 = chlo.bessel_i1e %arg0 : tensor<2xf64> -> tensor<2xf64>
    return %0 : tensor<2xf64>
  }
  func.func private @arguments() -> tensor<2xf64> {
    %cst = stablehlo.constant dense<[1.7976931348623157E+308, -1.7976931348623157E+308]> : tensor<2xf64>
    return %cst : tensor<2xf64>
  }
}
