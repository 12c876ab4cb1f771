// others.mlir in generic form, printed by jaxlib 0.10.2
"builtin.module"() <{sym_name = "others"}> ({
  "func.func"() <{function_type = (tensor<2x3x4xf32>) -> (tensor<2x3x3xcomplex<f32>>, tensor<2x3x4xf32>), sym_name = "spectra", sym_visibility = "private"}> ({
  ^bb0(%arg29: tensor<2x3x4xf32>):
    %32 = "stablehlo.fft"(%arg29) <{fft_length = array<i64: 3, 4>, fft_type = #stablehlo<fft_type RFFT>}> : (tensor<2x3x4xf32>) -> tensor<2x3x3xcomplex<f32>>
    %33 = "stablehlo.fft"(%32) <{fft_length = array<i64: 3>, fft_type = #stablehlo<fft_type FFT>}> : (tensor<2x3x3xcomplex<f32>>) -> tensor<2x3x3xcomplex<f32>>
    %34 = "stablehlo.fft"(%33) <{fft_length = array<i64: 3, 4>, fft_type = #stablehlo<fft_type IRFFT>}> : (tensor<2x3x3xcomplex<f32>>) -> tensor<2x3x4xf32>
    "func.return"(%33, %34) : (tensor<2x3x3xcomplex<f32>>, tensor<2x3x4xf32>) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2xui64>, tensor<f32>, tensor<f32>, tensor<2xi64>) -> (), sym_name = "random", sym_visibility = "private"}> ({
  ^bb0(%arg25: tensor<2xui64>, %arg26: tensor<f32>, %arg27: tensor<f32>, %arg28: tensor<2xi64>):
    %30:2 = "stablehlo.rng_bit_generator"(%arg25) <{rng_algorithm = #stablehlo<rng_algorithm THREE_FRY>}> : (tensor<2xui64>) -> (tensor<2xui64>, tensor<2x3xui32>)
    %31 = "stablehlo.rng"(%arg26, %arg27, %arg28) <{rng_distribution = #stablehlo<rng_distribution NORMAL>}> : (tensor<f32>, tensor<f32>, tensor<2xi64>) -> tensor<2x3xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x3xf32>, tensor<3x4xf32>, tensor<2xi32>) -> (), sym_name = "legacy", sym_visibility = "private"}> ({
  ^bb0(%arg20: tensor<2x3xf32>, %arg21: tensor<3x4xf32>, %arg22: tensor<2xi32>):
    %21 = "stablehlo.dot"(%arg20, %arg21) <{precision_config = [#stablehlo<precision HIGH>, #stablehlo<precision DEFAULT>]}> : (tensor<2x3xf32>, tensor<3x4xf32>) -> tensor<2x4xf32>
    %22 = "stablehlo.dot"(%arg20, %arg21) : (tensor<2x3xf32>, tensor<3x4xf32>) -> tensor<2x4xf32>
    %23 = "stablehlo.einsum"(%arg20, %arg21) <{einsum_config = "ij,jk->ik"}> : (tensor<2x3xf32>, tensor<3x4xf32>) -> tensor<2x4xf32>
    %24 = "stablehlo.unary_einsum"(%arg20) <{einsum_config = "ij->j"}> : (tensor<2x3xf32>) -> tensor<3xf32>
    %25 = "stablehlo.torch_index_select"(%arg20, %arg22) <{batch_dims = 0 : i64, dim = 1 : i64}> : (tensor<2x3xf32>, tensor<2xi32>) -> tensor<2x2xf32>
    %26 = "stablehlo.broadcast"(%arg20) <{broadcast_sizes = array<i64: 5, 1>}> : (tensor<2x3xf32>) -> tensor<5x1x2x3xf32>
    %27 = "stablehlo.map"(%arg20, %arg20) <{dimensions = array<i64: 0, 1>}> ({
    ^bb0(%arg23: tensor<f32>, %arg24: tensor<f32>):
      %29 = "stablehlo.add"(%arg23, %arg24) : (tensor<f32>, tensor<f32>) -> tensor<f32>
      "stablehlo.return"(%29) : (tensor<f32>) -> ()
    }) : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
    %28 = "stablehlo.cross-replica-sum"(%arg20) <{replica_groups = dense<0> : tensor<1x1xi64>}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x3xf32>, tensor<2xi64>, tensor<f32>, tensor<2x1xi32>, tensor<?x3xf32>, tensor<i32>, tensor<1x8x8x2xf32>, tensor<3x3x2x4xf32>, tensor<2x2xi64>) -> (), sym_name = "dynamic", sym_visibility = "private"}> ({
  ^bb0(%arg11: tensor<2x3xf32>, %arg12: tensor<2xi64>, %arg13: tensor<f32>, %arg14: tensor<2x1xi32>, %arg15: tensor<?x3xf32>, %arg16: tensor<i32>, %arg17: tensor<1x8x8x2xf32>, %arg18: tensor<3x3x2x4xf32>, %arg19: tensor<2x2xi64>):
    %12 = "stablehlo.dynamic_reshape"(%arg11, %arg12) : (tensor<2x3xf32>, tensor<2xi64>) -> tensor<3x2xf32>
    %13 = "stablehlo.dynamic_broadcast_in_dim"(%arg11, %arg12) <{broadcast_dimensions = array<i64: 0, 1>, known_expanding_dimensions = array<i64: 0>, known_nonexpanding_dimensions = array<i64: 1>}> : (tensor<2x3xf32>, tensor<2xi64>) -> tensor<2x3xf32>
    %14 = "stablehlo.dynamic_iota"(%arg12) <{iota_dimension = 1 : i64}> : (tensor<2xi64>) -> tensor<2x3xi32>
    %15 = "stablehlo.dynamic_pad"(%arg11, %arg13, %arg12, %arg12, %arg12) : (tensor<2x3xf32>, tensor<f32>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>) -> tensor<4x6xf32>
    %16 = "stablehlo.real_dynamic_slice"(%arg11, %arg12, %arg12, %arg12) : (tensor<2x3xf32>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>) -> tensor<1x1xf32>
    %17 = "stablehlo.dynamic_gather"(%arg11, %arg14, %arg12) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = true}> : (tensor<2x3xf32>, tensor<2x1xi32>, tensor<2xi64>) -> tensor<2x3xf32>
    %18 = "stablehlo.get_dimension_size"(%arg15) <{dimension = 0 : i64}> : (tensor<?x3xf32>) -> tensor<i32>
    %19 = "stablehlo.set_dimension_size"(%arg11, %arg16) <{dimension = 0 : i64}> : (tensor<2x3xf32>, tensor<i32>) -> tensor<2x3xf32>
    %20 = "stablehlo.dynamic_conv"(%arg17, %arg18, %arg19) <{batch_group_count = 1 : i64, dimension_numbers = #stablehlo.conv<[b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]>, feature_group_count = 1 : i64, lhs_dilation = array<i64: 1, 1>, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision HIGH>], rhs_dilation = array<i64: 1, 1>, window_reversal = array<i1: false, true>, window_strides = array<i64: 1, 1>}> : (tensor<1x8x8x2xf32>, tensor<3x3x2x4xf32>, tensor<2x2xi64>) -> tensor<1x6x6x4xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x3xf32>, tensor<4xi32>) -> (), sym_name = "collective", sym_visibility = "private"}> ({
  ^bb0(%arg5: tensor<2x3xf32>, %arg6: tensor<4xi32>):
    %2 = "stablehlo.all_reduce"(%arg5) <{channel_handle = #stablehlo.channel_handle<handle = 1, type = 0>, replica_groups = dense<0> : tensor<1x1xi64>, use_global_device_ids}> ({
    ^bb0(%arg9: tensor<f32>, %arg10: tensor<f32>):
      %11 = "stablehlo.add"(%arg9, %arg10) : (tensor<f32>, tensor<f32>) -> tensor<f32>
      "stablehlo.return"(%11) : (tensor<f32>) -> ()
    }) : (tensor<2x3xf32>) -> tensor<2x3xf32>
    %3:2 = "stablehlo.all_gather"(%arg5, %arg6) <{all_gather_dim = 0 : i64, replica_groups = dense<0> : tensor<1x1xi64>}> : (tensor<2x3xf32>, tensor<4xi32>) -> (tensor<2x3xf32>, tensor<4xi32>)
    %4 = "stablehlo.all_to_all"(%arg5) <{concat_dimension = 1 : i64, replica_groups = dense<0> : tensor<1x1xi64>, split_count = 1 : i64, split_dimension = 0 : i64}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
    %5 = "stablehlo.reduce_scatter"(%arg5) <{replica_groups = dense<0> : tensor<1x1xi64>, scatter_dimension = 0 : i64}> ({
    ^bb0(%arg7: tensor<f32>, %arg8: tensor<f32>):
      %10 = "stablehlo.add"(%arg7, %arg8) : (tensor<f32>, tensor<f32>) -> tensor<f32>
      "stablehlo.return"(%10) : (tensor<f32>) -> ()
    }) : (tensor<2x3xf32>) -> tensor<2x3xf32>
    %6 = "stablehlo.collective_permute"(%arg5) <{source_target_pairs = dense<0> : tensor<1x2xi64>}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
    %7 = "stablehlo.collective_broadcast"(%arg5) <{replica_groups = dense<0> : tensor<1x1xi64>}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
    %8 = "stablehlo.partition_id"() : () -> tensor<ui32>
    %9 = "stablehlo.replica_id"() : () -> tensor<ui32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<4x3xf32>, tensor<2x3x5xf32>, tensor<2xi64>, tensor<3x4xf32>, tensor<4x2xi64>) -> (), sym_name = "ragged", sym_visibility = "private"}> ({
  ^bb0(%arg0: tensor<4x3xf32>, %arg1: tensor<2x3x5xf32>, %arg2: tensor<2xi64>, %arg3: tensor<3x4xf32>, %arg4: tensor<4x2xi64>):
    %0 = "chlo.ragged_dot"(%arg0, %arg1, %arg2) <{precision_config = [#chlo<precision DEFAULT>, #chlo<precision HIGH>], ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [1], lhs_ragged_dimensions = [0], rhs_group_dimensions = [0]>}> : (tensor<4x3xf32>, tensor<2x3x5xf32>, tensor<2xi64>) -> tensor<4x5xf32>
    %1 = "chlo.ragged_dot"(%arg0, %arg3, %arg4) <{precision_config = [#chlo<precision DEFAULT>, #chlo<precision DEFAULT>], ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_batching_dimensions = [0], rhs_batching_dimensions = [1], lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [0], lhs_ragged_dimensions = [1]>}> : (tensor<4x3xf32>, tensor<3x4xf32>, tensor<4x2xi64>) -> tensor<2x4xf64>
    "func.return"() : () -> ()
  }) : () -> ()
}) : () -> ()
