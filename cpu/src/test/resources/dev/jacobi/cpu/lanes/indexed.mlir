// Each lane reads a table and its own row, and writes its own row, at indices of its own; some lie outside.
func.func public @main(%table: tensor<7xTT>, %x: tensor<NNx5xTT>, %k: tensor<NNxi32>) -> (tensor<NNx5xTT>, tensor<NNxi32>) {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %r:3 = stablehlo.while(%i = %zero, %a = %x, %at = %k) : tensor<i32>, tensor<NNx5xTT>, tensor<NNxi32>
  cond {
    %n = stablehlo.constant dense<9> : tensor<i32>
    %t = stablehlo.compare LT, %i, %n, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %t : tensor<i1>
  } do {
    %one = stablehlo.constant dense<1> : tensor<i32>
    %j = stablehlo.add %i, %one : tensor<i32>
    %index = stablehlo.reshape %at : (tensor<NNxi32>) -> tensor<NNx1xi32>
    %v = "stablehlo.gather"(%table, %index) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, slice_sizes = array<i64: 1>}> : (tensor<7xTT>, tensor<NNx1xi32>) -> tensor<NNxTT>
    %w = "stablehlo.gather"(%a, %index) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [1], operand_batching_dims = [0], start_indices_batching_dims = [0], start_index_map = [1], index_vector_dim = 1>, slice_sizes = array<i64: 1, 1>}> : (tensor<NNx5xTT>, tensor<NNx1xi32>) -> tensor<NNxTT>
    %s = stablehlo.add %v, %w : tensor<NNxTT>
    %b = "stablehlo.scatter"(%a, %index, %s) <{scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [1], input_batching_dims = [0], scatter_indices_batching_dims = [0], scatter_dims_to_operand_dims = [1], index_vector_dim = 1>}> ({
    ^bb0(%old: tensor<TT>, %new: tensor<TT>):
      %sum = stablehlo.add %old, %new : tensor<TT>
      stablehlo.return %sum : tensor<TT>
    }) : (tensor<NNx5xTT>, tensor<NNx1xi32>, tensor<NNxTT>) -> tensor<NNx5xTT>
    %ones = stablehlo.broadcast_in_dim %one, dims = [] : (tensor<i32>) -> tensor<NNxi32>
    %next = stablehlo.add %at, %ones : tensor<NNxi32>
    stablehlo.return %j, %b, %next : tensor<i32>, tensor<NNx5xTT>, tensor<NNxi32>
  }
  return %r#1, %r#2 : tensor<NNx5xTT>, tensor<NNxi32>
}
