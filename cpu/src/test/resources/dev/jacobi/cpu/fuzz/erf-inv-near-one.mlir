// XLA's formula rounds the square of its operand.
module @fuzz {
  func.func public @main(%arg0: tensor<2xf32>) -> tensor<2xf32> {
    %0 = chlo.erf_inv %arg0 : tensor<2xf32> -> tensor<2xf32>
    return %0 : tensor<2xf32>
  }
  func.func private @arguments() -> tensor<2xf32> {
    %cst_0 = stablehlo.constant dense<[-0.9994282126426697, 0.9999998]> : tensor<2xf32>
    return %cst_0 : tensor<2xf32>
  }
}
