// The interpreter took the even multiple of the unit, not the even exponent.
module @fuzz {
  func.func public @main(%arg0: tensor<4xf32>) -> tensor<4xf32> {
    %0 = stablehlo.reduce_precision %arg0, format = e5m0 : tensor<4xf32>
    return %0 : tensor<4xf32>
  }
  func.func private @arguments() -> tensor<4xf32> {
    %cst_0 = stablehlo.constant dense<[3.0, 12.0, 1.5, -0.75]> : tensor<4xf32>
    return %cst_0 : tensor<4xf32>
  }
}
