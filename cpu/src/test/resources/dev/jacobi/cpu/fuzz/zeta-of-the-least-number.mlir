// Half of it is 0, which was taken for an even number.
module @fuzz {
  func.func public @main(%arg0: tensor<1xf32>, %arg1: tensor<1xf32>) -> tensor<1xf32> {
    %0 = chlo.zeta %arg0, %arg1 : tensor<1xf32>, tensor<1xf32> -> tensor<1xf32>
    return %0 : tensor<1xf32>
  }
  func.func private @arguments() -> (tensor<1xf32>, tensor<1xf32>) {
    %cst_0 = stablehlo.constant dense<1.40129846E-45> : tensor<1xf32>
    %cst_1 = stablehlo.constant dense<0.0> : tensor<1xf32>
    return %cst_0, %cst_1 : tensor<1xf32>, tensor<1xf32>
  }
}
