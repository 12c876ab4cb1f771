// operations.mlir in generic form, printed by jaxlib 0.10.2
"builtin.module"() <{sym_name = "operations"}> ({
  "func.func"() <{arg_attrs = [{tf.aliasing_output = 0 : i32}, {}, {}], function_type = (tensor<2x3xf32>, tensor<3x4xf32>, tensor<i32>) -> (tensor<2x4xf32>, tensor<i32>), res_attrs = [{jax.result_info = "result[0]"}, {}], sym_name = "main", sym_visibility = "public"}> ({
  ^bb0(%arg12: tensor<2x3xf32>, %arg13: tensor<3x4xf32>, %arg14: tensor<i32>):
    %11 = "stablehlo.constant"() <{value = dense<1> : tensor<i32>}> : () -> tensor<i32>
    %12 = "stablehlo.constant"() <{value = dense<[-0.000000e+00, 0x7F800000, 0xFFC00001, 3.14159274]> : tensor<4xf32>}> : () -> tensor<4xf32>
    %13 = "stablehlo.constant"() <{value = dense<[[true], [false]]> : tensor<2x1xi1>}> : () -> tensor<2x1xi1>
    %14 = "stablehlo.constant"() <{value = dense<(1.000000e+00,-2.500000e+00)> : tensor<2xcomplex<f32>>}> : () -> tensor<2xcomplex<f32>>
    %15 = "stablehlo.constant"() <{value = dense<> : tensor<0x3xf64>}> : () -> tensor<0x3xf64>
    %16 = "stablehlo.iota"() <{iota_dimension = 1 : i64}> : () -> tensor<2x3xi32>
    %17 = "stablehlo.add"(%16, %16) : (tensor<2x3xi32>, tensor<2x3xi32>) -> tensor<2x3xi32>
    %18 = "stablehlo.compare"(%16, %17) <{compare_type = #stablehlo<comparison_type SIGNED>, comparison_direction = #stablehlo<comparison_direction GT>}> : (tensor<2x3xi32>, tensor<2x3xi32>) -> tensor<2x3xi1>
    %19 = "stablehlo.select"(%18, %16, %17) : (tensor<2x3xi1>, tensor<2x3xi32>, tensor<2x3xi32>) -> tensor<2x3xi32>
    %20 = "stablehlo.convert"(%19) : (tensor<2x3xi32>) -> tensor<2x3xbf16>
    %21 = "stablehlo.reduce_precision"(%arg12) <{exponent_bits = 5 : i32, mantissa_bits = 10 : i32}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
    %22 = "stablehlo.bitcast_convert"(%arg12) : (tensor<2x3xf32>) -> tensor<2x3x4xui8>
    %23 = "stablehlo.broadcast_in_dim"(%12) <{broadcast_dimensions = array<i64: 1>}> : (tensor<4xf32>) -> tensor<2x4xf32>
    %24 = "stablehlo.reshape"(%23) : (tensor<2x4xf32>) -> tensor<8xf32>
    %25 = "stablehlo.transpose"(%arg13) <{permutation = array<i64: 1, 0>}> : (tensor<3x4xf32>) -> tensor<4x3xf32>
    %26 = "stablehlo.concatenate"(%arg12, %25) <{dimension = 0 : i64}> : (tensor<2x3xf32>, tensor<4x3xf32>) -> tensor<6x3xf32>
    %27 = "stablehlo.constant"() <{value = dense<0.000000e+00> : tensor<f32>}> : () -> tensor<f32>
    %28 = "stablehlo.pad"(%24, %27) <{edge_padding_high = array<i64: 2>, edge_padding_low = array<i64: -1>, interior_padding = array<i64: 1>}> : (tensor<8xf32>, tensor<f32>) -> tensor<16xf32>
    %29 = "stablehlo.slice"(%26) <{limit_indices = array<i64: 6, 3>, start_indices = array<i64: 0, 1>, strides = array<i64: 2, 1>}> : (tensor<6x3xf32>) -> tensor<3x2xf32>
    %30 = "stablehlo.dynamic_slice"(%26, %arg14, %11) <{slice_sizes = array<i64: 2, 2>}> : (tensor<6x3xf32>, tensor<i32>, tensor<i32>) -> tensor<2x2xf32>
    %31 = "stablehlo.dynamic_update_slice"(%26, %30, %arg14, %11) : (tensor<6x3xf32>, tensor<2x2xf32>, tensor<i32>, tensor<i32>) -> tensor<6x3xf32>
    %32 = "stablehlo.reverse"(%31) <{dimensions = array<i64: 0, 1>}> : (tensor<6x3xf32>) -> tensor<6x3xf32>
    %33 = "stablehlo.reduce"(%32, %27) <{dimensions = array<i64: 0>}> ({
    ^bb0(%arg25: tensor<f32>, %arg26: tensor<f32>):
      %61 = "stablehlo.add"(%arg25, %arg26) : (tensor<f32>, tensor<f32>) -> tensor<f32>
      "stablehlo.return"(%61) : (tensor<f32>) -> ()
    }) : (tensor<6x3xf32>, tensor<f32>) -> tensor<3xf32>
    %34:2 = "stablehlo.reduce"(%33, %33, %27, %27) <{dimensions = array<i64: 0>}> ({
    ^bb0(%arg21: tensor<f32>, %arg22: tensor<f32>, %arg23: tensor<f32>, %arg24: tensor<f32>):
      %59 = "stablehlo.maximum"(%arg21, %arg23) : (tensor<f32>, tensor<f32>) -> tensor<f32>
      %60 = "stablehlo.minimum"(%arg22, %arg24) : (tensor<f32>, tensor<f32>) -> tensor<f32>
      "stablehlo.return"(%59, %60) : (tensor<f32>, tensor<f32>) -> ()
    }) : (tensor<3xf32>, tensor<3xf32>, tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<f32>)
    %35 = "stablehlo.dot_general"(%arg12, %arg13) <{dot_dimension_numbers = #stablehlo.dot<lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [0]>, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision HIGHEST>]}> : (tensor<2x3xf32>, tensor<3x4xf32>) -> tensor<2x4xf32>
    %36 = "stablehlo.dot_general"(%arg12, %arg12) <{dot_dimension_numbers = #stablehlo.dot<lhs_batching_dimensions = [0], rhs_batching_dimensions = [0], lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [1]>, precision_config = [#stablehlo<precision HIGH>, #stablehlo<precision HIGH>]}> : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2xf32>
    %37 = "stablehlo.constant"() <{value = dense<[[0], [2]]> : tensor<2x1xi32>}> : () -> tensor<2x1xi32>
    %38 = "stablehlo.gather"(%arg13, %37) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = true, slice_sizes = array<i64: 1, 4>}> : (tensor<3x4xf32>, tensor<2x1xi32>) -> tensor<2x4xf32>
    %39 = "stablehlo.scatter"(%arg13, %37, %38) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, unique_indices = true}> ({
    ^bb0(%arg19: tensor<f32>, %arg20: tensor<f32>):
      %58 = "stablehlo.add"(%arg19, %arg20) : (tensor<f32>, tensor<f32>) -> tensor<f32>
      "stablehlo.return"(%58) : (tensor<f32>) -> ()
    }) : (tensor<3x4xf32>, tensor<2x1xi32>, tensor<2x4xf32>) -> tensor<3x4xf32>
    %40:2 = "stablehlo.while"(%arg14, %38) ({
    ^bb0(%arg17: tensor<i32>, %arg18: tensor<2x4xf32>):
      %56 = "stablehlo.constant"() <{value = dense<10> : tensor<i32>}> : () -> tensor<i32>
      %57 = "stablehlo.compare"(%arg17, %56) <{compare_type = #stablehlo<comparison_type SIGNED>, comparison_direction = #stablehlo<comparison_direction LT>}> : (tensor<i32>, tensor<i32>) -> tensor<i1>
      "stablehlo.return"(%57) : (tensor<i1>) -> ()
    }, {
    ^bb0(%arg15: tensor<i32>, %arg16: tensor<2x4xf32>):
      %54 = "stablehlo.add"(%arg15, %11) : (tensor<i32>, tensor<i32>) -> tensor<i32>
      %55 = "func.call"(%arg16) <{callee = @twice}> : (tensor<2x4xf32>) -> tensor<2x4xf32>
      "stablehlo.return"(%54, %55) : (tensor<i32>, tensor<2x4xf32>) -> ()
    }) : (tensor<i32>, tensor<2x4xf32>) -> (tensor<i32>, tensor<2x4xf32>)
    %41 = "stablehlo.case"(%40#0) ({
      "stablehlo.return"(%40#1) : (tensor<2x4xf32>) -> ()
    }, {
      %53 = "stablehlo.negate"(%40#1) : (tensor<2x4xf32>) -> tensor<2x4xf32>
      "stablehlo.return"(%53) : (tensor<2x4xf32>) -> ()
    }) : (tensor<i32>) -> tensor<2x4xf32>
    %42 = "stablehlo.compare"(%arg14, %11) <{compare_type = #stablehlo<comparison_type SIGNED>, comparison_direction = #stablehlo<comparison_direction NE>}> : (tensor<i32>, tensor<i32>) -> tensor<i1>
    %43:2 = "stablehlo.if"(%42) ({
      "stablehlo.return"(%41, %11) : (tensor<2x4xf32>, tensor<i32>) -> ()
    }, {
      "stablehlo.return"(%38, %arg14) : (tensor<2x4xf32>, tensor<i32>) -> ()
    }) : (tensor<i1>) -> (tensor<2x4xf32>, tensor<i32>)
    %44 = "func.call"(%43#0) <{callee = @twice}> : (tensor<2x4xf32>) -> tensor<2x4xf32>
    %45 = "stablehlo.custom_call"(%44) <{api_version = 4 : i32, call_target_name = "a b", has_side_effect = true, operand_layouts = [dense<[0, 1]> : tensor<2xindex>], result_layouts = [dense<[1, 0]> : tensor<2xindex>]}> {mhlo.backend_config = {k = 1 : ui8}} : (tensor<2x4xf32>) -> tensor<2x4xf32>
    "stablehlo.custom_call"(%44, %45) <{call_target_name = "check.expect_eq", has_side_effect = true}> : (tensor<2x4xf32>, tensor<2x4xf32>) -> ()
    %46 = "stablehlo.composite"(%45) <{composite_attributes = {factor = 2 : i32, name = "x, y}"}, decomposition = @twice, name = "my.twice", version = 3 : i32}> : (tensor<2x4xf32>) -> tensor<2x4xf32>
    %47:2 = "stablehlo.optimization_barrier"(%46, %arg14) : (tensor<2x4xf32>, tensor<i32>) -> (tensor<2x4xf32>, tensor<i32>)
    %48 = "chlo.erf"(%47#0) : (tensor<2x4xf32>) -> tensor<2x4xf32>
    %49 = "stablehlo.clamp"(%27, %48, %27) : (tensor<f32>, tensor<2x4xf32>, tensor<f32>) -> tensor<2x4xf32>
    %50 = "stablehlo.complex"(%49, %48) : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xcomplex<f32>>
    %51 = "stablehlo.real"(%50) : (tensor<2x4xcomplex<f32>>) -> tensor<2x4xf32>
    %52 = "chlo.next_after"(%51, %48) : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
    "func.return"(%52, %47#1) : (tensor<2x4xf32>, tensor<i32>) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x4xf32>) -> tensor<2x4xf32>, sym_name = "twice", sym_visibility = "private"}> ({
  ^bb0(%arg11: tensor<2x4xf32>):
    %10 = "stablehlo.add"(%arg11, %arg11) : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
    "func.return"(%10) : (tensor<2x4xf32>) -> ()
  }) : () -> ()
  "func.func"() <{function_type = () -> (), sym_name = "nothing", sym_visibility = "private"}> ({
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x2xf32>) -> (tensor<2x2xf32>, tensor<2x2xf32>), no_inline, sym_name = "demands", sym_visibility = "private"}> ({
  ^bb0(%arg10: tensor<2x2xf32>):
    %6 = "stablehlo.exponential"(%arg10) <{result_accuracy = #stablehlo.result_accuracy<atol = 1.000000e-03, ulps = 2, mode = #stablehlo.result_accuracy_mode<TOLERANCE>>}> : (tensor<2x2xf32>) -> tensor<2x2xf32>
    %7 = "stablehlo.log"(%6) <{result_accuracy = #stablehlo.result_accuracy<rtol = 2.000000e-07, mode = #stablehlo.result_accuracy_mode<TOLERANCE>>}> : (tensor<2x2xf32>) -> tensor<2x2xf32>
    %8 = "stablehlo.tanh"(%7) <{result_accuracy = #stablehlo.result_accuracy<mode = #stablehlo.result_accuracy_mode<HIGHEST>>}> : (tensor<2x2xf32>) -> tensor<2x2xf32>
    %9 = "stablehlo.dot_general"(%8, %8) <{algorithm = #stablehlo.dot_algorithm<lhs_precision_type = bf16, rhs_precision_type = bf16, accumulation_type = f32, lhs_component_count = 1, rhs_component_count = 1, num_primitive_operations = 3, allow_imprecise_accumulation = false>, dot_dimension_numbers = #stablehlo.dot<lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [0]>, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]}> : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
    "func.return"(%8, %9) : (tensor<2x2xf32>, tensor<2x2xf32>) -> ()
  }) {some.note = "kept"} : () -> ()
  "func.func"() <{function_type = (tensor<7x4xf32>, tensor<f32>) -> (tensor<4x4xf32>, tensor<7x4xf32>), sym_name = "windows", sym_visibility = "private"}> ({
  ^bb0(%arg0: tensor<7x4xf32>, %arg1: tensor<f32>):
    %0:2 = "stablehlo.reduce_window"(%arg0, %arg0, %arg1, %arg1) <{base_dilations = array<i64: 2, 1>, padding = dense<[[0, 1], [2, -1]]> : tensor<2x2xi64>, window_dilations = array<i64: 3, 1>, window_dimensions = array<i64: 2, 2>, window_strides = array<i64: 3, 1>}> ({
    ^bb0(%arg6: tensor<f32>, %arg7: tensor<f32>, %arg8: tensor<f32>, %arg9: tensor<f32>):
      %4 = "stablehlo.add"(%arg6, %arg8) : (tensor<f32>, tensor<f32>) -> tensor<f32>
      %5 = "stablehlo.multiply"(%arg7, %arg9) : (tensor<f32>, tensor<f32>) -> tensor<f32>
      "stablehlo.return"(%4, %5) : (tensor<f32>, tensor<f32>) -> ()
    }) : (tensor<7x4xf32>, tensor<7x4xf32>, tensor<f32>, tensor<f32>) -> (tensor<4x4xf32>, tensor<4x4xf32>)
    %1 = "stablehlo.select_and_scatter"(%arg0, %0#1, %arg1) <{padding = dense<[[0, 1], [0, 0]]> : tensor<2x2xi64>, window_dimensions = array<i64: 2, 1>, window_strides = array<i64: 2, 1>}> ({
    ^bb0(%arg4: tensor<f32>, %arg5: tensor<f32>):
      %3 = "stablehlo.compare"(%arg4, %arg5) <{compare_type = #stablehlo<comparison_type FLOAT>, comparison_direction = #stablehlo<comparison_direction GE>}> : (tensor<f32>, tensor<f32>) -> tensor<i1>
      "stablehlo.return"(%3) : (tensor<i1>) -> ()
    }, {
    ^bb0(%arg2: tensor<f32>, %arg3: tensor<f32>):
      %2 = "stablehlo.add"(%arg2, %arg3) : (tensor<f32>, tensor<f32>) -> tensor<f32>
      "stablehlo.return"(%2) : (tensor<f32>) -> ()
    }) : (tensor<7x4xf32>, tensor<4x4xf32>, tensor<f32>) -> tensor<7x4xf32>
    "func.return"(%0#0, %1) : (tensor<4x4xf32>, tensor<7x4xf32>) -> ()
  }) : () -> ()
}) {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} : () -> ()
