// The zeta that 37! is multiplied with has 37 bits.
module @fuzz {
  func.func public @main(%arg0: tensor<1xf64>, %arg1: tensor<1xf64>) -> tensor<1xf64> {
    %0 = chlo.polygamma %arg0, %arg1 : tensor<1xf64>, tensor<1xf64> -> tensor<1xf64>
    return %0 : tensor<1xf64>
  }
  func.func private @arguments() -> (tensor<1xf64>, tensor<1xf64>) {
    %cst_0 = stablehlo.constant dense<37.0> : tensor<1xf64>
    %cst_1 = stablehlo.constant dense<2.583311716094495E8> : tensor<1xf64>
    return %cst_0, %cst_1 : tensor<1xf64>, tensor<1xf64>
  }
}
