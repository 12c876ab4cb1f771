// Windows that overlap: the last index's window wins, whatever the order of the updates' dimensions.
module @fuzz {
  func.func public @main(%arg0: tensor<9xf16>, %arg1: tensor<5x1xi8>, %arg2: tensor<4x5xf16>) -> tensor<9xf16> {
    %0 = "stablehlo.scatter"(%arg0, %arg1, %arg2) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, unique_indices = false}> ({
    ^bb0(%arg3: tensor<f16>, %arg4: tensor<f16>):
      stablehlo.return %arg4 : tensor<f16>
    }) : (tensor<9xf16>, tensor<5x1xi8>, tensor<4x5xf16>) -> tensor<9xf16>
    return %0 : tensor<9xf16>
  }
  func.func private @arguments() -> (tensor<9xf16>, tensor<5x1xi8>, tensor<4x5xf16>) {
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<9xf16>
    %c = stablehlo.constant dense<[[1], [1], [1], [1], [4]]> : tensor<5x1xi8>
    %cst_0 = stablehlo.constant dense<[[1.000000e+00, 1.000000e+00, 1.000000e+00, 1.000000e+00, 1.000000e+00], [1.000000e+00, 1.000000e+00, 1.000000e+00, 1.000000e+00, 1.000000e+00], [1.000000e+00, 1.000000e+00, 1.000000e+00, 1.000000e+00, 1.000000e+00], [1.000000e+00, 1.000000e+00, 1.000000e+00, 1.524410e+00, 1.000000e+00]]> : tensor<4x5xf16>
    return %cst, %c, %cst_0 : tensor<9xf16>, tensor<5x1xi8>, tensor<4x5xf16>
  }
}
