// operations.mlir in generic form, printed by jaxlib 0.10.2
"builtin.module"() <{sym_name = "operations"}> ({
  "func.func"() <{arg_attrs = [{tf.aliasing_output = 0 : i32}, {}, {}], function_type = (tensor<2x3xf32>, tensor<3x4xf32>, tensor<i32>) -> (tensor<2x4xf32>, tensor<i32>), res_attrs = [{jax.result_info = "result[0]"}, {}], sym_name = "main", sym_visibility = "public"}> ({
  ^bb0(%arg15: tensor<2x3xf32>, %arg16: tensor<3x4xf32>, %arg17: tensor<i32>):
    %18 = "stablehlo.constant"() <{value = dense<1> : tensor<i32>}> : () -> tensor<i32>
    %19 = "stablehlo.constant"() <{value = dense<[-0.000000e+00, 0x7F800000, 0xFFC00001, 3.14159274]> : tensor<4xf32>}> : () -> tensor<4xf32>
    %20 = "stablehlo.constant"() <{value = dense<[[true], [false]]> : tensor<2x1xi1>}> : () -> tensor<2x1xi1>
    %21 = "stablehlo.constant"() <{value = dense<(1.000000e+00,-2.500000e+00)> : tensor<2xcomplex<f32>>}> : () -> tensor<2xcomplex<f32>>
    %22 = "stablehlo.constant"() <{value = dense<> : tensor<0x3xf64>}> : () -> tensor<0x3xf64>
    %23 = "stablehlo.iota"() <{iota_dimension = 1 : i64}> : () -> tensor<2x3xi32>
    %24 = "stablehlo.add"(%23, %23) : (tensor<2x3xi32>, tensor<2x3xi32>) -> tensor<2x3xi32>
    %25 = "stablehlo.compare"(%23, %24) <{compare_type = #stablehlo<comparison_type SIGNED>, comparison_direction = #stablehlo<comparison_direction GT>}> : (tensor<2x3xi32>, tensor<2x3xi32>) -> tensor<2x3xi1>
    %26 = "stablehlo.select"(%25, %23, %24) : (tensor<2x3xi1>, tensor<2x3xi32>, tensor<2x3xi32>) -> tensor<2x3xi32>
    %27 = "stablehlo.convert"(%26) : (tensor<2x3xi32>) -> tensor<2x3xbf16>
    %28 = "stablehlo.reduce_precision"(%arg15) <{exponent_bits = 5 : i32, mantissa_bits = 10 : i32}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
    %29 = "stablehlo.bitcast_convert"(%arg15) : (tensor<2x3xf32>) -> tensor<2x3x4xui8>
    %30 = "stablehlo.broadcast_in_dim"(%19) <{broadcast_dimensions = array<i64: 1>}> : (tensor<4xf32>) -> tensor<2x4xf32>
    %31 = "stablehlo.reshape"(%30) : (tensor<2x4xf32>) -> tensor<8xf32>
    %32 = "stablehlo.transpose"(%arg16) <{permutation = array<i64: 1, 0>}> : (tensor<3x4xf32>) -> tensor<4x3xf32>
    %33 = "stablehlo.concatenate"(%arg15, %32) <{dimension = 0 : i64}> : (tensor<2x3xf32>, tensor<4x3xf32>) -> tensor<6x3xf32>
    %34 = "stablehlo.constant"() <{value = dense<0.000000e+00> : tensor<f32>}> : () -> tensor<f32>
    %35 = "stablehlo.pad"(%31, %34) <{edge_padding_high = array<i64: 2>, edge_padding_low = array<i64: -1>, interior_padding = array<i64: 1>}> : (tensor<8xf32>, tensor<f32>) -> tensor<16xf32>
    %36 = "stablehlo.slice"(%33) <{limit_indices = array<i64: 6, 3>, start_indices = array<i64: 0, 1>, strides = array<i64: 2, 1>}> : (tensor<6x3xf32>) -> tensor<3x2xf32>
    %37 = "stablehlo.dynamic_slice"(%33, %arg17, %18) <{slice_sizes = array<i64: 2, 2>}> : (tensor<6x3xf32>, tensor<i32>, tensor<i32>) -> tensor<2x2xf32>
    %38 = "stablehlo.dynamic_update_slice"(%33, %37, %arg17, %18) : (tensor<6x3xf32>, tensor<2x2xf32>, tensor<i32>, tensor<i32>) -> tensor<6x3xf32>
    %39 = "stablehlo.reverse"(%38) <{dimensions = array<i64: 0, 1>}> : (tensor<6x3xf32>) -> tensor<6x3xf32>
    %40 = "stablehlo.reduce"(%39, %34) <{dimensions = array<i64: 0>}> ({
    ^bb0(%arg32: tensor<f32>, %arg33: tensor<f32>):
      %72 = "stablehlo.add"(%arg32, %arg33) : (tensor<f32>, tensor<f32>) -> tensor<f32>
      "stablehlo.return"(%72) : (tensor<f32>) -> ()
    }) : (tensor<6x3xf32>, tensor<f32>) -> tensor<3xf32>
    %41:2 = "stablehlo.reduce"(%40, %40, %34, %34) <{dimensions = array<i64: 0>}> ({
    ^bb0(%arg28: tensor<f32>, %arg29: tensor<f32>, %arg30: tensor<f32>, %arg31: tensor<f32>):
      %70 = "stablehlo.maximum"(%arg28, %arg30) : (tensor<f32>, tensor<f32>) -> tensor<f32>
      %71 = "stablehlo.minimum"(%arg29, %arg31) : (tensor<f32>, tensor<f32>) -> tensor<f32>
      "stablehlo.return"(%70, %71) : (tensor<f32>, tensor<f32>) -> ()
    }) : (tensor<3xf32>, tensor<3xf32>, tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<f32>)
    %42 = "stablehlo.dot_general"(%arg15, %arg16) <{dot_dimension_numbers = #stablehlo.dot<lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [0]>, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision HIGHEST>]}> : (tensor<2x3xf32>, tensor<3x4xf32>) -> tensor<2x4xf32>
    %43 = "stablehlo.dot_general"(%arg15, %arg15) <{dot_dimension_numbers = #stablehlo.dot<lhs_batching_dimensions = [0], rhs_batching_dimensions = [0], lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [1]>, precision_config = [#stablehlo<precision HIGH>, #stablehlo<precision HIGH>]}> : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2xf32>
    %44 = "stablehlo.constant"() <{value = dense<[[0], [2]]> : tensor<2x1xi32>}> : () -> tensor<2x1xi32>
    %45 = "stablehlo.gather"(%arg16, %44) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = true, slice_sizes = array<i64: 1, 4>}> : (tensor<3x4xf32>, tensor<2x1xi32>) -> tensor<2x4xf32>
    %46 = "stablehlo.scatter"(%arg16, %44, %45) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, unique_indices = true}> ({
    ^bb0(%arg26: tensor<f32>, %arg27: tensor<f32>):
      %69 = "stablehlo.add"(%arg26, %arg27) : (tensor<f32>, tensor<f32>) -> tensor<f32>
      "stablehlo.return"(%69) : (tensor<f32>) -> ()
    }) : (tensor<3x4xf32>, tensor<2x1xi32>, tensor<2x4xf32>) -> tensor<3x4xf32>
    %47:2 = "stablehlo.while"(%arg17, %45) ({
    ^bb0(%arg24: tensor<i32>, %arg25: tensor<2x4xf32>):
      %67 = "stablehlo.constant"() <{value = dense<10> : tensor<i32>}> : () -> tensor<i32>
      %68 = "stablehlo.compare"(%arg24, %67) <{compare_type = #stablehlo<comparison_type SIGNED>, comparison_direction = #stablehlo<comparison_direction LT>}> : (tensor<i32>, tensor<i32>) -> tensor<i1>
      "stablehlo.return"(%68) : (tensor<i1>) -> ()
    }, {
    ^bb0(%arg22: tensor<i32>, %arg23: tensor<2x4xf32>):
      %65 = "stablehlo.add"(%arg22, %18) : (tensor<i32>, tensor<i32>) -> tensor<i32>
      %66 = "func.call"(%arg23) <{callee = @twice}> : (tensor<2x4xf32>) -> tensor<2x4xf32>
      "stablehlo.return"(%65, %66) : (tensor<i32>, tensor<2x4xf32>) -> ()
    }) : (tensor<i32>, tensor<2x4xf32>) -> (tensor<i32>, tensor<2x4xf32>)
    %48 = "stablehlo.case"(%47#0) ({
      "stablehlo.return"(%47#1) : (tensor<2x4xf32>) -> ()
    }, {
      %64 = "stablehlo.negate"(%47#1) : (tensor<2x4xf32>) -> tensor<2x4xf32>
      "stablehlo.return"(%64) : (tensor<2x4xf32>) -> ()
    }) : (tensor<i32>) -> tensor<2x4xf32>
    %49 = "stablehlo.compare"(%arg17, %18) <{compare_type = #stablehlo<comparison_type SIGNED>, comparison_direction = #stablehlo<comparison_direction NE>}> : (tensor<i32>, tensor<i32>) -> tensor<i1>
    %50:2 = "stablehlo.if"(%49) ({
      "stablehlo.return"(%48, %18) : (tensor<2x4xf32>, tensor<i32>) -> ()
    }, {
      "stablehlo.return"(%45, %arg17) : (tensor<2x4xf32>, tensor<i32>) -> ()
    }) : (tensor<i1>) -> (tensor<2x4xf32>, tensor<i32>)
    %51 = "func.call"(%50#0) <{callee = @twice}> : (tensor<2x4xf32>) -> tensor<2x4xf32>
    %52 = "stablehlo.custom_call"(%51) <{api_version = 4 : i32, call_target_name = "a b", has_side_effect = true, operand_layouts = [dense<[0, 1]> : tensor<2xindex>], result_layouts = [dense<[1, 0]> : tensor<2xindex>]}> {mhlo.backend_config = {k = 1 : ui8}} : (tensor<2x4xf32>) -> tensor<2x4xf32>
    "stablehlo.custom_call"(%51, %52) <{call_target_name = "check.expect_eq", has_side_effect = true}> : (tensor<2x4xf32>, tensor<2x4xf32>) -> ()
    %53 = "stablehlo.composite"(%52) <{composite_attributes = {factor = 2 : i32, name = "x, y}"}, decomposition = @twice, name = "my.twice", version = 3 : i32}> : (tensor<2x4xf32>) -> tensor<2x4xf32>
    %54:2 = "stablehlo.optimization_barrier"(%53, %arg17) : (tensor<2x4xf32>, tensor<i32>) -> (tensor<2x4xf32>, tensor<i32>)
    %55 = "chlo.erf"(%54#0) : (tensor<2x4xf32>) -> tensor<2x4xf32>
    %56 = "stablehlo.clamp"(%34, %55, %34) : (tensor<f32>, tensor<2x4xf32>, tensor<f32>) -> tensor<2x4xf32>
    %57 = "stablehlo.complex"(%56, %55) : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xcomplex<f32>>
    %58 = "stablehlo.real"(%57) : (tensor<2x4xcomplex<f32>>) -> tensor<2x4xf32>
    %59 = "chlo.next_after"(%58, %55) : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
    %60:2 = "stablehlo.sort"(%59, %58) <{dimension = 1 : i64, is_stable = true}> ({
    ^bb0(%arg18: tensor<f32>, %arg19: tensor<f32>, %arg20: tensor<f32>, %arg21: tensor<f32>):
      %63 = "stablehlo.compare"(%arg18, %arg19) <{compare_type = #stablehlo<comparison_type TOTALORDER>, comparison_direction = #stablehlo<comparison_direction LT>}> : (tensor<f32>, tensor<f32>) -> tensor<i1>
      "stablehlo.return"(%63) : (tensor<i1>) -> ()
    }) : (tensor<2x4xf32>, tensor<2x4xf32>) -> (tensor<2x4xf32>, tensor<2x4xf32>)
    %61:2 = "chlo.top_k"(%60#0) <{k = 2 : i64}> : (tensor<2x4xf32>) -> (tensor<2x2xf32>, tensor<2x2xi32>)
    %62:2 = "chlo.top_k"(%61#0) <{k = 0 : i64}> : (tensor<2x2xf32>) -> (tensor<2x0xf32>, tensor<2x0xi32>)
    "func.return"(%59, %54#1) : (tensor<2x4xf32>, tensor<i32>) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x4xf32>) -> tensor<2x4xf32>, sym_name = "twice", sym_visibility = "private"}> ({
  ^bb0(%arg14: tensor<2x4xf32>):
    %17 = "stablehlo.add"(%arg14, %arg14) : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
    "func.return"(%17) : (tensor<2x4xf32>) -> ()
  }) : () -> ()
  "func.func"() <{function_type = () -> (), sym_name = "nothing", sym_visibility = "private"}> ({
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x2xf32>) -> (tensor<2x2xf32>, tensor<2x2xf32>), no_inline, sym_name = "demands", sym_visibility = "private"}> ({
  ^bb0(%arg13: tensor<2x2xf32>):
    %13 = "stablehlo.exponential"(%arg13) <{result_accuracy = #stablehlo.result_accuracy<atol = 1.000000e-03, ulps = 2, mode = #stablehlo.result_accuracy_mode<TOLERANCE>>}> : (tensor<2x2xf32>) -> tensor<2x2xf32>
    %14 = "stablehlo.log"(%13) <{result_accuracy = #stablehlo.result_accuracy<rtol = 2.000000e-07, mode = #stablehlo.result_accuracy_mode<TOLERANCE>>}> : (tensor<2x2xf32>) -> tensor<2x2xf32>
    %15 = "stablehlo.tanh"(%14) <{result_accuracy = #stablehlo.result_accuracy<mode = #stablehlo.result_accuracy_mode<HIGHEST>>}> : (tensor<2x2xf32>) -> tensor<2x2xf32>
    %16 = "stablehlo.dot_general"(%15, %15) <{algorithm = #stablehlo.dot_algorithm<lhs_precision_type = bf16, rhs_precision_type = bf16, accumulation_type = f32, lhs_component_count = 1, rhs_component_count = 1, num_primitive_operations = 3, allow_imprecise_accumulation = false>, dot_dimension_numbers = #stablehlo.dot<lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [0]>, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]}> : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
    "func.return"(%15, %16) : (tensor<2x2xf32>, tensor<2x2xf32>) -> ()
  }) {some.note = "kept"} : () -> ()
  "func.func"() <{function_type = (tensor<7x4xf32>, tensor<f32>) -> (tensor<4x4xf32>, tensor<7x4xf32>), sym_name = "windows", sym_visibility = "private"}> ({
  ^bb0(%arg3: tensor<7x4xf32>, %arg4: tensor<f32>):
    %7:2 = "stablehlo.reduce_window"(%arg3, %arg3, %arg4, %arg4) <{base_dilations = array<i64: 2, 1>, padding = dense<[[0, 1], [2, -1]]> : tensor<2x2xi64>, window_dilations = array<i64: 3, 1>, window_dimensions = array<i64: 2, 2>, window_strides = array<i64: 3, 1>}> ({
    ^bb0(%arg9: tensor<f32>, %arg10: tensor<f32>, %arg11: tensor<f32>, %arg12: tensor<f32>):
      %11 = "stablehlo.add"(%arg9, %arg11) : (tensor<f32>, tensor<f32>) -> tensor<f32>
      %12 = "stablehlo.multiply"(%arg10, %arg12) : (tensor<f32>, tensor<f32>) -> tensor<f32>
      "stablehlo.return"(%11, %12) : (tensor<f32>, tensor<f32>) -> ()
    }) : (tensor<7x4xf32>, tensor<7x4xf32>, tensor<f32>, tensor<f32>) -> (tensor<4x4xf32>, tensor<4x4xf32>)
    %8 = "stablehlo.select_and_scatter"(%arg3, %7#1, %arg4) <{padding = dense<[[0, 1], [0, 0]]> : tensor<2x2xi64>, window_dimensions = array<i64: 2, 1>, window_strides = array<i64: 2, 1>}> ({
    ^bb0(%arg7: tensor<f32>, %arg8: tensor<f32>):
      %10 = "stablehlo.compare"(%arg7, %arg8) <{compare_type = #stablehlo<comparison_type FLOAT>, comparison_direction = #stablehlo<comparison_direction GE>}> : (tensor<f32>, tensor<f32>) -> tensor<i1>
      "stablehlo.return"(%10) : (tensor<i1>) -> ()
    }, {
    ^bb0(%arg5: tensor<f32>, %arg6: tensor<f32>):
      %9 = "stablehlo.add"(%arg5, %arg6) : (tensor<f32>, tensor<f32>) -> tensor<f32>
      "stablehlo.return"(%9) : (tensor<f32>) -> ()
    }) : (tensor<7x4xf32>, tensor<4x4xf32>, tensor<f32>) -> tensor<7x4xf32>
    "func.return"(%7#0, %8) : (tensor<4x4xf32>, tensor<7x4xf32>) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x8x9x6xf32>, tensor<3x2x3x4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<2x4xf32>), sym_name = "convolutions", sym_visibility = "private"}> ({
  ^bb0(%arg0: tensor<2x8x9x6xf32>, %arg1: tensor<3x2x3x4xf32>, %arg2: tensor<4xf32>):
    %0 = "stablehlo.convolution"(%arg0, %arg1) <{batch_group_count = 1 : i64, dimension_numbers = #stablehlo.conv<[b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]>, feature_group_count = 2 : i64, lhs_dilation = array<i64: 1, 2>, padding = dense<[[1, 0], [0, -1]]> : tensor<2x2xi64>, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision HIGHEST>], rhs_dilation = array<i64: 2, 1>, window_reversal = array<i1: false, true>, window_strides = array<i64: 2, 1>}> : (tensor<2x8x9x6xf32>, tensor<3x2x3x4xf32>) -> tensor<2x3x15x4xf32>
    %1:3 = "stablehlo.batch_norm_training"(%0, %arg2, %arg2) <{epsilon = 1.000000e-03 : f32, feature_index = 3 : i64}> : (tensor<2x3x15x4xf32>, tensor<4xf32>, tensor<4xf32>) -> (tensor<2x3x15x4xf32>, tensor<4xf32>, tensor<4xf32>)
    %2 = "stablehlo.batch_norm_inference"(%1#0, %arg2, %arg2, %1#1, %1#2) <{epsilon = 9.99999996E-13 : f32, feature_index = 3 : i64}> : (tensor<2x3x15x4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<2x3x15x4xf32>
    %3:3 = "stablehlo.batch_norm_grad"(%2, %arg2, %1#1, %1#2, %0) <{epsilon = 0.000000e+00 : f32, feature_index = 3 : i64}> : (tensor<2x3x15x4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<2x3x15x4xf32>) -> (tensor<2x3x15x4xf32>, tensor<4xf32>, tensor<4xf32>)
    %4 = "stablehlo.constant"() <{value = dense<1.000000e+00> : tensor<2x4xf32>}> : () -> tensor<2x4xf32>
    %5 = "stablehlo.convolution"(%4, %4) <{batch_group_count = 1 : i64, dimension_numbers = #stablehlo.conv<[b, f]x[o, i]->[f, b]>, feature_group_count = 1 : i64, lhs_dilation = array<i64>, padding = dense<> : tensor<0x2xi64>, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>], rhs_dilation = array<i64>, window_reversal = array<i1>, window_strides = array<i64>}> : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x2xf32>
    %6 = "stablehlo.convolution"(%5, %4) <{batch_group_count = 2 : i64, dimension_numbers = #stablehlo.conv<[b, f]x[i, o]->[b, f]>, feature_group_count = 1 : i64, lhs_dilation = array<i64>, padding = dense<> : tensor<0x2xi64>, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>], rhs_dilation = array<i64>, window_reversal = array<i1>, window_strides = array<i64>}> : (tensor<2x2xf32>, tensor<2x4xf32>) -> tensor<1x4xf32>
    "func.return"(%3#1, %4) : (tensor<4xf32>, tensor<2x4xf32>) -> ()
  }) : () -> ()
  "func.func"() <{arg_attrs = [{}, {}], function_type = (tensor<2x3x3xf32>, tensor<2x3x4xf32>) -> (tensor<2x3x4xf32>, tensor<2x3x3xf32>), res_attrs = [{}, {}], sym_name = "linalg", sym_visibility = "private"}> ({
  ^bb0(%arg0: tensor<2x3x3xf32>, %arg1: tensor<2x3x4xf32>):
    %0 = "stablehlo.cholesky"(%arg0) <{lower = true}> : (tensor<2x3x3xf32>) -> tensor<2x3x3xf32>
    %1 = "stablehlo.cholesky"(%arg0) <{lower = false}> : (tensor<2x3x3xf32>) -> tensor<2x3x3xf32>
    %2 = "stablehlo.triangular_solve"(%0, %arg1) <{left_side = true, lower = true, transpose_a = #stablehlo<transpose ADJOINT>, unit_diagonal = false}> : (tensor<2x3x3xf32>, tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
    "func.return"(%2, %1) : (tensor<2x3x4xf32>, tensor<2x3x3xf32>) -> ()
  }) : () -> ()
}) {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} : () -> ()
