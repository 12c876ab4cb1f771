// others.mlir in generic form, printed by jaxlib 0.10.2
"builtin.module"() <{sym_name = "others"}> ({
  "func.func"() <{function_type = (tensor<2x3x4xf32>) -> (tensor<2x3x3xcomplex<f32>>, tensor<2x3x4xf32>), sym_name = "spectra", sym_visibility = "private"}> ({
  ^bb0(%arg21: tensor<2x3x4xf32>):
    %29 = "stablehlo.fft"(%arg21) <{fft_length = array<i64: 3, 4>, fft_type = #stablehlo<fft_type RFFT>}> : (tensor<2x3x4xf32>) -> tensor<2x3x3xcomplex<f32>>
    %30 = "stablehlo.fft"(%29) <{fft_length = array<i64: 3>, fft_type = #stablehlo<fft_type FFT>}> : (tensor<2x3x3xcomplex<f32>>) -> tensor<2x3x3xcomplex<f32>>
    %31 = "stablehlo.fft"(%30) <{fft_length = array<i64: 3, 4>, fft_type = #stablehlo<fft_type IRFFT>}> : (tensor<2x3x3xcomplex<f32>>) -> tensor<2x3x4xf32>
    "func.return"(%30, %31) : (tensor<2x3x3xcomplex<f32>>, tensor<2x3x4xf32>) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2xui64>, tensor<f32>, tensor<f32>, tensor<2xi64>) -> (), sym_name = "random", sym_visibility = "private"}> ({
  ^bb0(%arg17: tensor<2xui64>, %arg18: tensor<f32>, %arg19: tensor<f32>, %arg20: tensor<2xi64>):
    %27:2 = "stablehlo.rng_bit_generator"(%arg17) <{rng_algorithm = #stablehlo<rng_algorithm THREE_FRY>}> : (tensor<2xui64>) -> (tensor<2xui64>, tensor<2x3xui32>)
    %28 = "stablehlo.rng"(%arg18, %arg19, %arg20) <{rng_distribution = #stablehlo<rng_distribution NORMAL>}> : (tensor<f32>, tensor<f32>, tensor<2xi64>) -> tensor<2x3xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x3xf32>, tensor<3x4xf32>, tensor<2xi32>) -> (), sym_name = "legacy", sym_visibility = "private"}> ({
  ^bb0(%arg12: tensor<2x3xf32>, %arg13: tensor<3x4xf32>, %arg14: tensor<2xi32>):
    %18 = "stablehlo.dot"(%arg12, %arg13) <{precision_config = [#stablehlo<precision HIGH>, #stablehlo<precision DEFAULT>]}> : (tensor<2x3xf32>, tensor<3x4xf32>) -> tensor<2x4xf32>
    %19 = "stablehlo.dot"(%arg12, %arg13) : (tensor<2x3xf32>, tensor<3x4xf32>) -> tensor<2x4xf32>
    %20 = "stablehlo.einsum"(%arg12, %arg13) <{einsum_config = "ij,jk->ik"}> : (tensor<2x3xf32>, tensor<3x4xf32>) -> tensor<2x4xf32>
    %21 = "stablehlo.unary_einsum"(%arg12) <{einsum_config = "ij->j"}> : (tensor<2x3xf32>) -> tensor<3xf32>
    %22 = "stablehlo.torch_index_select"(%arg12, %arg14) <{batch_dims = 0 : i64, dim = 1 : i64}> : (tensor<2x3xf32>, tensor<2xi32>) -> tensor<2x2xf32>
    %23 = "stablehlo.broadcast"(%arg12) <{broadcast_sizes = array<i64: 5, 1>}> : (tensor<2x3xf32>) -> tensor<5x1x2x3xf32>
    %24 = "stablehlo.map"(%arg12, %arg12) <{dimensions = array<i64: 0, 1>}> ({
    ^bb0(%arg15: tensor<f32>, %arg16: tensor<f32>):
      %26 = "stablehlo.add"(%arg15, %arg16) : (tensor<f32>, tensor<f32>) -> tensor<f32>
      "stablehlo.return"(%26) : (tensor<f32>) -> ()
    }) : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
    %25 = "stablehlo.cross-replica-sum"(%arg12) <{replica_groups = dense<0> : tensor<1x1xi64>}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x3xf32>, tensor<2xi64>, tensor<f32>, tensor<2x1xi32>, tensor<?x3xf32>, tensor<i32>) -> (), sym_name = "dynamic", sym_visibility = "private"}> ({
  ^bb0(%arg6: tensor<2x3xf32>, %arg7: tensor<2xi64>, %arg8: tensor<f32>, %arg9: tensor<2x1xi32>, %arg10: tensor<?x3xf32>, %arg11: tensor<i32>):
    %10 = "stablehlo.dynamic_reshape"(%arg6, %arg7) : (tensor<2x3xf32>, tensor<2xi64>) -> tensor<3x2xf32>
    %11 = "stablehlo.dynamic_broadcast_in_dim"(%arg6, %arg7) <{broadcast_dimensions = array<i64: 0, 1>, known_expanding_dimensions = array<i64: 0>, known_nonexpanding_dimensions = array<i64: 1>}> : (tensor<2x3xf32>, tensor<2xi64>) -> tensor<2x3xf32>
    %12 = "stablehlo.dynamic_iota"(%arg7) <{iota_dimension = 1 : i64}> : (tensor<2xi64>) -> tensor<2x3xi32>
    %13 = "stablehlo.dynamic_pad"(%arg6, %arg8, %arg7, %arg7, %arg7) : (tensor<2x3xf32>, tensor<f32>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>) -> tensor<4x6xf32>
    %14 = "stablehlo.real_dynamic_slice"(%arg6, %arg7, %arg7, %arg7) : (tensor<2x3xf32>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>) -> tensor<1x1xf32>
    %15 = "stablehlo.dynamic_gather"(%arg6, %arg9, %arg7) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = true}> : (tensor<2x3xf32>, tensor<2x1xi32>, tensor<2xi64>) -> tensor<2x3xf32>
    %16 = "stablehlo.get_dimension_size"(%arg10) <{dimension = 0 : i64}> : (tensor<?x3xf32>) -> tensor<i32>
    %17 = "stablehlo.set_dimension_size"(%arg6, %arg11) <{dimension = 0 : i64}> : (tensor<2x3xf32>, tensor<i32>) -> tensor<2x3xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x3xf32>, tensor<4xi32>) -> (), sym_name = "collective", sym_visibility = "private"}> ({
  ^bb0(%arg0: tensor<2x3xf32>, %arg1: tensor<4xi32>):
    %0 = "stablehlo.all_reduce"(%arg0) <{channel_handle = #stablehlo.channel_handle<handle = 1, type = 0>, replica_groups = dense<0> : tensor<1x1xi64>, use_global_device_ids}> ({
    ^bb0(%arg4: tensor<f32>, %arg5: tensor<f32>):
      %9 = "stablehlo.add"(%arg4, %arg5) : (tensor<f32>, tensor<f32>) -> tensor<f32>
      "stablehlo.return"(%9) : (tensor<f32>) -> ()
    }) : (tensor<2x3xf32>) -> tensor<2x3xf32>
    %1:2 = "stablehlo.all_gather"(%arg0, %arg1) <{all_gather_dim = 0 : i64, replica_groups = dense<0> : tensor<1x1xi64>}> : (tensor<2x3xf32>, tensor<4xi32>) -> (tensor<2x3xf32>, tensor<4xi32>)
    %2 = "stablehlo.all_to_all"(%arg0) <{concat_dimension = 1 : i64, replica_groups = dense<0> : tensor<1x1xi64>, split_count = 1 : i64, split_dimension = 0 : i64}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
    %3 = "stablehlo.reduce_scatter"(%arg0) <{replica_groups = dense<0> : tensor<1x1xi64>, scatter_dimension = 0 : i64}> ({
    ^bb0(%arg2: tensor<f32>, %arg3: tensor<f32>):
      %8 = "stablehlo.add"(%arg2, %arg3) : (tensor<f32>, tensor<f32>) -> tensor<f32>
      "stablehlo.return"(%8) : (tensor<f32>) -> ()
    }) : (tensor<2x3xf32>) -> tensor<2x3xf32>
    %4 = "stablehlo.collective_permute"(%arg0) <{source_target_pairs = dense<0> : tensor<1x2xi64>}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
    %5 = "stablehlo.collective_broadcast"(%arg0) <{replica_groups = dense<0> : tensor<1x1xi64>}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
    %6 = "stablehlo.partition_id"() : () -> tensor<ui32>
    %7 = "stablehlo.replica_id"() : () -> tensor<ui32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<4x3xf32>, tensor<2x3x5xf32>, tensor<2xi64>, tensor<3x4xf32>, tensor<4x2xi64>) -> (), sym_name = "ragged", sym_visibility = "private"}> ({
  ^bb0(%arg0: tensor<4x3xf32>, %arg1: tensor<2x3x5xf32>, %arg2: tensor<2xi64>, %arg3: tensor<3x4xf32>, %arg4: tensor<4x2xi64>):
    %0 = "chlo.ragged_dot"(%arg0, %arg1, %arg2) <{precision_config = [#chlo<precision DEFAULT>, #chlo<precision HIGH>], ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [1], lhs_ragged_dimensions = [0], rhs_group_dimensions = [0]>}> : (tensor<4x3xf32>, tensor<2x3x5xf32>, tensor<2xi64>) -> tensor<4x5xf32>
    %1 = "chlo.ragged_dot"(%arg0, %arg3, %arg4) <{precision_config = [#chlo<precision DEFAULT>, #chlo<precision DEFAULT>], ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_batching_dimensions = [0], rhs_batching_dimensions = [1], lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [0], lhs_ragged_dimensions = [1]>}> : (tensor<4x3xf32>, tensor<3x4xf32>, tensor<4x2xi64>) -> tensor<2x4xf64>
    "func.return"() : () -> ()
  }) : () -> ()
}) : () -> ()
