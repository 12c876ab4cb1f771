module @operations attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<2x3xf32> {tf.aliasing_output = 0 : i32}, %arg1: tensor<3x4xf32>, %arg2: tensor<i32>) -> (tensor<2x4xf32> {jax.result_info = "result[0]"}, tensor<i32>) {
    %c = stablehlo.constant dense<1> : tensor<i32>
    %cst = stablehlo.constant dense<[-0.000000e+00, 0x7F800000, 0xFFC00001, 3.14159274]> : tensor<4xf32>
    %c_0 = stablehlo.constant dense<[[true], [false]]> : tensor<2x1xi1>
    %cst_1 = stablehlo.constant dense<(1.000000e+00,-2.500000e+00)> : tensor<2xcomplex<f32>>
    %cst_2 = stablehlo.constant dense<> : tensor<0x3xf64>
    %0 = stablehlo.iota dim = 1 : tensor<2x3xi32>
    %1 = stablehlo.add %0, %0 : tensor<2x3xi32>
    %2 = stablehlo.compare GT, %0, %1, SIGNED : (tensor<2x3xi32>, tensor<2x3xi32>) -> tensor<2x3xi1>
    %3 = stablehlo.select %2, %0, %1 : tensor<2x3xi1>, tensor<2x3xi32>
    %4 = stablehlo.convert %3 : (tensor<2x3xi32>) -> tensor<2x3xbf16>
    %5 = stablehlo.reduce_precision %arg0, format = e5m10 : tensor<2x3xf32>
    %6 = stablehlo.bitcast_convert %arg0 : (tensor<2x3xf32>) -> tensor<2x3x4xui8>
    %7 = stablehlo.broadcast_in_dim %cst, dims = [1] : (tensor<4xf32>) -> tensor<2x4xf32>
    %8 = stablehlo.reshape %7 : (tensor<2x4xf32>) -> tensor<8xf32>
    %9 = stablehlo.transpose %arg1, dims = [1, 0] : (tensor<3x4xf32>) -> tensor<4x3xf32>
    %10 = stablehlo.concatenate %arg0, %9, dim = 0 : (tensor<2x3xf32>, tensor<4x3xf32>) -> tensor<6x3xf32>
    %cst_3 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %11 = stablehlo.pad %8, %cst_3, low = [-1], high = [2], interior = [1] : (tensor<8xf32>, tensor<f32>) -> tensor<16xf32>
    %12 = stablehlo.slice %10 [0:6:2, 1:3] : (tensor<6x3xf32>) -> tensor<3x2xf32>
    %13 = stablehlo.dynamic_slice %10, %arg2, %c, sizes = [2, 2] : (tensor<6x3xf32>, tensor<i32>, tensor<i32>) -> tensor<2x2xf32>
    %14 = stablehlo.dynamic_update_slice %10, %13, %arg2, %c : (tensor<6x3xf32>, tensor<2x2xf32>, tensor<i32>, tensor<i32>) -> tensor<6x3xf32>
    %15 = stablehlo.reverse %14, dims = [0, 1] : tensor<6x3xf32>
    %16 = stablehlo.reduce(%15 init: %cst_3) applies stablehlo.add across dimensions = [0] : (tensor<6x3xf32>, tensor<f32>) -> tensor<3xf32>
    %17:2 = stablehlo.reduce(%16 init: %cst_3), (%16 init: %cst_3) across dimensions = [0] : (tensor<3xf32>, tensor<3xf32>, tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<f32>)
     reducer(%arg3: tensor<f32>, %arg5: tensor<f32>) (%arg4: tensor<f32>, %arg6: tensor<f32>)  {
      %36 = stablehlo.maximum %arg3, %arg5 : tensor<f32>
      %37 = stablehlo.minimum %arg4, %arg6 : tensor<f32>
      stablehlo.return %36, %37 : tensor<f32>, tensor<f32>
    }
    %18 = stablehlo.dot_general %arg0, %arg1, contracting_dims = [1] x [0], precision = [DEFAULT, HIGHEST] : (tensor<2x3xf32>, tensor<3x4xf32>) -> tensor<2x4xf32>
    %19 = stablehlo.dot_general %arg0, %arg0, batching_dims = [0] x [0], contracting_dims = [1] x [1], precision = [HIGH, HIGH] : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2xf32>
    %c_4 = stablehlo.constant dense<[[0], [2]]> : tensor<2x1xi32>
    %20 = "stablehlo.gather"(%arg1, %c_4) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = true, slice_sizes = array<i64: 1, 4>}> : (tensor<3x4xf32>, tensor<2x1xi32>) -> tensor<2x4xf32>
    %21 = "stablehlo.scatter"(%arg1, %c_4, %20) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, unique_indices = true}> ({
    ^bb0(%arg3: tensor<f32>, %arg4: tensor<f32>):
      %36 = stablehlo.add %arg3, %arg4 : tensor<f32>
      stablehlo.return %36 : tensor<f32>
    }) : (tensor<3x4xf32>, tensor<2x1xi32>, tensor<2x4xf32>) -> tensor<3x4xf32>
    %22:2 = stablehlo.while(%iterArg = %arg2, %iterArg_7 = %20) : tensor<i32>, tensor<2x4xf32>
    cond {
      %c_8 = stablehlo.constant dense<10> : tensor<i32>
      %36 = stablehlo.compare LT, %iterArg, %c_8, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      stablehlo.return %36 : tensor<i1>
    } do {
      %36 = stablehlo.add %iterArg, %c : tensor<i32>
      %37 = func.call @twice(%iterArg_7) : (tensor<2x4xf32>) -> tensor<2x4xf32>
      stablehlo.return %36, %37 : tensor<i32>, tensor<2x4xf32>
    }
    %23 = "stablehlo.case"(%22#0) ({
      stablehlo.return %22#1 : tensor<2x4xf32>
    }, {
      %36 = stablehlo.negate %22#1 : tensor<2x4xf32>
      stablehlo.return %36 : tensor<2x4xf32>
    }) : (tensor<i32>) -> tensor<2x4xf32>
    %24 = stablehlo.compare NE, %arg2, %c, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
    %25:2 = "stablehlo.if"(%24) ({
      stablehlo.return %23, %c : tensor<2x4xf32>, tensor<i32>
    }, {
      stablehlo.return %20, %arg2 : tensor<2x4xf32>, tensor<i32>
    }) : (tensor<i1>) -> (tensor<2x4xf32>, tensor<i32>)
    %26 = call @twice(%25#0) : (tensor<2x4xf32>) -> tensor<2x4xf32>
    %27 = stablehlo.custom_call @"a b"(%26) {api_version = 4 : i32, has_side_effect = true, mhlo.backend_config = {k = 1 : ui8}, operand_layouts = [dense<[0, 1]> : tensor<2xindex>], result_layouts = [dense<[1, 0]> : tensor<2xindex>]} : (tensor<2x4xf32>) -> tensor<2x4xf32>
    stablehlo.custom_call @check.expect_eq(%26, %27) {has_side_effect = true} : (tensor<2x4xf32>, tensor<2x4xf32>) -> ()
    %28 = stablehlo.composite "my.twice" %27 {composite_attributes = {factor = 2 : i32, name = "x, y}"}, decomposition = @twice, version = 3 : i32} : (tensor<2x4xf32>) -> tensor<2x4xf32>
    %29:2 = stablehlo.optimization_barrier %28, %arg2 : tensor<2x4xf32>, tensor<i32>
    %30 = chlo.erf %29#0 : tensor<2x4xf32> -> tensor<2x4xf32>
    %31 = stablehlo.clamp %cst_3, %30, %cst_3 : (tensor<f32>, tensor<2x4xf32>, tensor<f32>) -> tensor<2x4xf32>
    %32 = stablehlo.complex %31, %30 : tensor<2x4xcomplex<f32>>
    %33 = stablehlo.real %32 : (tensor<2x4xcomplex<f32>>) -> tensor<2x4xf32>
    %34 = chlo.next_after %33, %30 : tensor<2x4xf32>, tensor<2x4xf32> -> tensor<2x4xf32>
    %35:2 = "stablehlo.sort"(%34, %33) <{dimension = 1 : i64, is_stable = true}> ({
    ^bb0(%arg3: tensor<f32>, %arg4: tensor<f32>, %arg5: tensor<f32>, %arg6: tensor<f32>):
      %36 = stablehlo.compare LT, %arg3, %arg4, TOTALORDER : (tensor<f32>, tensor<f32>) -> tensor<i1>
      stablehlo.return %36 : tensor<i1>
    }) : (tensor<2x4xf32>, tensor<2x4xf32>) -> (tensor<2x4xf32>, tensor<2x4xf32>)
    %values, %indices = chlo.top_k(%35#0, k = 2) : tensor<2x4xf32> -> (tensor<2x2xf32>, tensor<2x2xi32>)
    %values_5, %indices_6 = chlo.top_k(%values, k = 0) : tensor<2x2xf32> -> (tensor<2x0xf32>, tensor<2x0xi32>)
    return %34, %29#1 : tensor<2x4xf32>, tensor<i32>
  }
  func.func private @twice(%arg0: tensor<2x4xf32>) -> tensor<2x4xf32> {
    %0 = stablehlo.add %arg0, %arg0 : tensor<2x4xf32>
    return %0 : tensor<2x4xf32>
  }
  func.func private @nothing() {
    return
  }
  func.func private @demands(%arg0: tensor<2x2xf32>) -> (tensor<2x2xf32>, tensor<2x2xf32>) attributes {no_inline, some.note = "kept"} {
    %0 = stablehlo.exponential %arg0 {result_accuracy = #stablehlo.result_accuracy<atol = 1.000000e-03, ulps = 2, mode = #stablehlo.result_accuracy_mode<TOLERANCE>>} : tensor<2x2xf32>
    %1 = stablehlo.log %0 {result_accuracy = #stablehlo.result_accuracy<rtol = 2.000000e-07, mode = #stablehlo.result_accuracy_mode<TOLERANCE>>} : tensor<2x2xf32>
    %2 = stablehlo.tanh %1 {result_accuracy = #stablehlo.result_accuracy<mode = #stablehlo.result_accuracy_mode<HIGHEST>>} : tensor<2x2xf32>
    %3 = stablehlo.dot_general %2, %2, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT], algorithm = <lhs_precision_type = bf16, rhs_precision_type = bf16, accumulation_type = f32, lhs_component_count = 1, rhs_component_count = 1, num_primitive_operations = 3, allow_imprecise_accumulation = false> : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
    return %2, %3 : tensor<2x2xf32>, tensor<2x2xf32>
  }
  func.func private @windows(%arg0: tensor<7x4xf32>, %arg1: tensor<f32>) -> (tensor<4x4xf32>, tensor<7x4xf32>) {
    %0:2 = "stablehlo.reduce_window"(%arg0, %arg0, %arg1, %arg1) <{base_dilations = array<i64: 2, 1>, padding = dense<[[0, 1], [2, -1]]> : tensor<2x2xi64>, window_dilations = array<i64: 3, 1>, window_dimensions = array<i64: 2, 2>, window_strides = array<i64: 3, 1>}> ({
    ^bb0(%arg2: tensor<f32>, %arg3: tensor<f32>, %arg4: tensor<f32>, %arg5: tensor<f32>):
      %2 = stablehlo.add %arg2, %arg4 : tensor<f32>
      %3 = stablehlo.multiply %arg3, %arg5 : tensor<f32>
      stablehlo.return %2, %3 : tensor<f32>, tensor<f32>
    }) : (tensor<7x4xf32>, tensor<7x4xf32>, tensor<f32>, tensor<f32>) -> (tensor<4x4xf32>, tensor<4x4xf32>)
    %1 = "stablehlo.select_and_scatter"(%arg0, %0#1, %arg1) <{padding = dense<[[0, 1], [0, 0]]> : tensor<2x2xi64>, window_dimensions = array<i64: 2, 1>, window_strides = array<i64: 2, 1>}> ({
    ^bb0(%arg2: tensor<f32>, %arg3: tensor<f32>):
      %2 = stablehlo.compare GE, %arg2, %arg3, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      stablehlo.return %2 : tensor<i1>
    }, {
    ^bb0(%arg2: tensor<f32>, %arg3: tensor<f32>):
      %2 = stablehlo.add %arg2, %arg3 : tensor<f32>
      stablehlo.return %2 : tensor<f32>
    }) : (tensor<7x4xf32>, tensor<4x4xf32>, tensor<f32>) -> tensor<7x4xf32>
    return %0#0, %1 : tensor<4x4xf32>, tensor<7x4xf32>
  }
  func.func private @convolutions(%arg0: tensor<2x8x9x6xf32>, %arg1: tensor<3x2x3x4xf32>, %arg2: tensor<4xf32>) -> (tensor<4xf32>, tensor<2x4xf32>) {
    %0 = stablehlo.convolution(%arg0, %arg1) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [2, 1], pad = [[1, 0], [0, -1]], lhs_dilate = [1, 2], rhs_dilate = [2, 1], reverse = [false, true]} {batch_group_count = 1 : i64, feature_group_count = 2 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision HIGHEST>]} : (tensor<2x8x9x6xf32>, tensor<3x2x3x4xf32>) -> tensor<2x3x15x4xf32>
    %output, %batch_mean, %batch_var = "stablehlo.batch_norm_training"(%0, %arg2, %arg2) <{epsilon = 1.000000e-03 : f32, feature_index = 3 : i64}> : (tensor<2x3x15x4xf32>, tensor<4xf32>, tensor<4xf32>) -> (tensor<2x3x15x4xf32>, tensor<4xf32>, tensor<4xf32>)
    %1 = "stablehlo.batch_norm_inference"(%output, %arg2, %arg2, %batch_mean, %batch_var) <{epsilon = 9.99999996E-13 : f32, feature_index = 3 : i64}> : (tensor<2x3x15x4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<2x3x15x4xf32>
    %grad_operand, %grad_scale, %grad_offset = "stablehlo.batch_norm_grad"(%1, %arg2, %batch_mean, %batch_var, %0) <{epsilon = 0.000000e+00 : f32, feature_index = 3 : i64}> : (tensor<2x3x15x4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<2x3x15x4xf32>) -> (tensor<2x3x15x4xf32>, tensor<4xf32>, tensor<4xf32>)
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<2x4xf32>
    %2 = stablehlo.convolution(%cst, %cst) dim_numbers = [b, f]x[o, i]->[f, b], window = {stride = [], pad = [], lhs_dilate = [], rhs_dilate = [], reverse = []} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x2xf32>
    %3 = stablehlo.convolution(%2, %cst) dim_numbers = [b, f]x[i, o]->[b, f], window = {stride = [], pad = [], lhs_dilate = [], rhs_dilate = [], reverse = []} {batch_group_count = 2 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<2x2xf32>, tensor<2x4xf32>) -> tensor<1x4xf32>
    return %grad_scale, %cst : tensor<4xf32>, tensor<2x4xf32>
  }
  func.func private @linalg(%arg0: tensor<2x3x3xf32>, %arg1: tensor<2x3x4xf32>) -> (tensor<2x3x4xf32>, tensor<2x3x3xf32>) {
    %0 = stablehlo.cholesky %arg0, lower = true : tensor<2x3x3xf32>
    %1 = stablehlo.cholesky %arg0 : tensor<2x3x3xf32>
    %2 = "stablehlo.triangular_solve"(%0, %arg1) <{left_side = true, lower = true, transpose_a = #stablehlo<transpose ADJOINT>, unit_diagonal = false}> : (tensor<2x3x3xf32>, tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
    return %2, %1 : tensor<2x3x4xf32>, tensor<2x3x3xf32>
  }
}
