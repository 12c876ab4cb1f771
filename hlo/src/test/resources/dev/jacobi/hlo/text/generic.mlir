// operations.mlir in generic form, printed by jaxlib 0.10.2
"builtin.module"() <{sym_name = "operations"}> ({
  "func.func"() <{arg_attrs = [{tf.aliasing_output = 0 : i32}, {}, {}], function_type = (tensor<2x3xf32>, tensor<3x4xf32>, tensor<i32>) -> (tensor<2x4xf32>, tensor<i32>), res_attrs = [{jax.result_info = "result[0]"}, {}], sym_name = "main", sym_visibility = "public"}> ({
  ^bb0(%arg2: tensor<2x3xf32>, %arg3: tensor<3x4xf32>, %arg4: tensor<i32>):
    %5 = "stablehlo.constant"() <{value = dense<1> : tensor<i32>}> : () -> tensor<i32>
    %6 = "stablehlo.constant"() <{value = dense<[-0.000000e+00, 0x7F800000, 0xFFC00001, 3.14159274]> : tensor<4xf32>}> : () -> tensor<4xf32>
    %7 = "stablehlo.constant"() <{value = dense<[[true], [false]]> : tensor<2x1xi1>}> : () -> tensor<2x1xi1>
    %8 = "stablehlo.constant"() <{value = dense<(1.000000e+00,-2.500000e+00)> : tensor<2xcomplex<f32>>}> : () -> tensor<2xcomplex<f32>>
    %9 = "stablehlo.constant"() <{value = dense<> : tensor<0x3xf64>}> : () -> tensor<0x3xf64>
    %10 = "stablehlo.iota"() <{iota_dimension = 1 : i64}> : () -> tensor<2x3xi32>
    %11 = "stablehlo.add"(%10, %10) : (tensor<2x3xi32>, tensor<2x3xi32>) -> tensor<2x3xi32>
    %12 = "stablehlo.compare"(%10, %11) <{compare_type = #stablehlo<comparison_type SIGNED>, comparison_direction = #stablehlo<comparison_direction GT>}> : (tensor<2x3xi32>, tensor<2x3xi32>) -> tensor<2x3xi1>
    %13 = "stablehlo.select"(%12, %10, %11) : (tensor<2x3xi1>, tensor<2x3xi32>, tensor<2x3xi32>) -> tensor<2x3xi32>
    %14 = "stablehlo.convert"(%13) : (tensor<2x3xi32>) -> tensor<2x3xbf16>
    %15 = "stablehlo.reduce_precision"(%arg2) <{exponent_bits = 5 : i32, mantissa_bits = 10 : i32}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
    %16 = "stablehlo.bitcast_convert"(%arg2) : (tensor<2x3xf32>) -> tensor<2x3x4xui8>
    %17 = "stablehlo.broadcast_in_dim"(%6) <{broadcast_dimensions = array<i64: 1>}> : (tensor<4xf32>) -> tensor<2x4xf32>
    %18 = "stablehlo.reshape"(%17) : (tensor<2x4xf32>) -> tensor<8xf32>
    %19 = "stablehlo.transpose"(%arg3) <{permutation = array<i64: 1, 0>}> : (tensor<3x4xf32>) -> tensor<4x3xf32>
    %20 = "stablehlo.concatenate"(%arg2, %19) <{dimension = 0 : i64}> : (tensor<2x3xf32>, tensor<4x3xf32>) -> tensor<6x3xf32>
    %21 = "stablehlo.constant"() <{value = dense<0.000000e+00> : tensor<f32>}> : () -> tensor<f32>
    %22 = "stablehlo.pad"(%18, %21) <{edge_padding_high = array<i64: 2>, edge_padding_low = array<i64: -1>, interior_padding = array<i64: 1>}> : (tensor<8xf32>, tensor<f32>) -> tensor<16xf32>
    %23 = "stablehlo.slice"(%20) <{limit_indices = array<i64: 6, 3>, start_indices = array<i64: 0, 1>, strides = array<i64: 2, 1>}> : (tensor<6x3xf32>) -> tensor<3x2xf32>
    %24 = "stablehlo.dynamic_slice"(%20, %arg4, %5) <{slice_sizes = array<i64: 2, 2>}> : (tensor<6x3xf32>, tensor<i32>, tensor<i32>) -> tensor<2x2xf32>
    %25 = "stablehlo.dynamic_update_slice"(%20, %24, %arg4, %5) : (tensor<6x3xf32>, tensor<2x2xf32>, tensor<i32>, tensor<i32>) -> tensor<6x3xf32>
    %26 = "stablehlo.reverse"(%25) <{dimensions = array<i64: 0, 1>}> : (tensor<6x3xf32>) -> tensor<6x3xf32>
    %27 = "stablehlo.reduce"(%26, %21) <{dimensions = array<i64: 0>}> ({
    ^bb0(%arg15: tensor<f32>, %arg16: tensor<f32>):
      %55 = "stablehlo.add"(%arg15, %arg16) : (tensor<f32>, tensor<f32>) -> tensor<f32>
      "stablehlo.return"(%55) : (tensor<f32>) -> ()
    }) : (tensor<6x3xf32>, tensor<f32>) -> tensor<3xf32>
    %28:2 = "stablehlo.reduce"(%27, %27, %21, %21) <{dimensions = array<i64: 0>}> ({
    ^bb0(%arg11: tensor<f32>, %arg12: tensor<f32>, %arg13: tensor<f32>, %arg14: tensor<f32>):
      %53 = "stablehlo.maximum"(%arg11, %arg13) : (tensor<f32>, tensor<f32>) -> tensor<f32>
      %54 = "stablehlo.minimum"(%arg12, %arg14) : (tensor<f32>, tensor<f32>) -> tensor<f32>
      "stablehlo.return"(%53, %54) : (tensor<f32>, tensor<f32>) -> ()
    }) : (tensor<3xf32>, tensor<3xf32>, tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<f32>)
    %29 = "stablehlo.dot_general"(%arg2, %arg3) <{dot_dimension_numbers = #stablehlo.dot<lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [0]>, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision HIGHEST>]}> : (tensor<2x3xf32>, tensor<3x4xf32>) -> tensor<2x4xf32>
    %30 = "stablehlo.dot_general"(%arg2, %arg2) <{dot_dimension_numbers = #stablehlo.dot<lhs_batching_dimensions = [0], rhs_batching_dimensions = [0], lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [1]>, precision_config = [#stablehlo<precision HIGH>, #stablehlo<precision HIGH>]}> : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2xf32>
    %31 = "stablehlo.constant"() <{value = dense<[[0], [2]]> : tensor<2x1xi32>}> : () -> tensor<2x1xi32>
    %32 = "stablehlo.gather"(%arg3, %31) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = true, slice_sizes = array<i64: 1, 4>}> : (tensor<3x4xf32>, tensor<2x1xi32>) -> tensor<2x4xf32>
    %33 = "stablehlo.scatter"(%arg3, %31, %32) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, unique_indices = true}> ({
    ^bb0(%arg9: tensor<f32>, %arg10: tensor<f32>):
      %52 = "stablehlo.add"(%arg9, %arg10) : (tensor<f32>, tensor<f32>) -> tensor<f32>
      "stablehlo.return"(%52) : (tensor<f32>) -> ()
    }) : (tensor<3x4xf32>, tensor<2x1xi32>, tensor<2x4xf32>) -> tensor<3x4xf32>
    %34:2 = "stablehlo.while"(%arg4, %32) ({
    ^bb0(%arg7: tensor<i32>, %arg8: tensor<2x4xf32>):
      %50 = "stablehlo.constant"() <{value = dense<10> : tensor<i32>}> : () -> tensor<i32>
      %51 = "stablehlo.compare"(%arg7, %50) <{compare_type = #stablehlo<comparison_type SIGNED>, comparison_direction = #stablehlo<comparison_direction LT>}> : (tensor<i32>, tensor<i32>) -> tensor<i1>
      "stablehlo.return"(%51) : (tensor<i1>) -> ()
    }, {
    ^bb0(%arg5: tensor<i32>, %arg6: tensor<2x4xf32>):
      %48 = "stablehlo.add"(%arg5, %5) : (tensor<i32>, tensor<i32>) -> tensor<i32>
      %49 = "func.call"(%arg6) <{callee = @twice}> : (tensor<2x4xf32>) -> tensor<2x4xf32>
      "stablehlo.return"(%48, %49) : (tensor<i32>, tensor<2x4xf32>) -> ()
    }) : (tensor<i32>, tensor<2x4xf32>) -> (tensor<i32>, tensor<2x4xf32>)
    %35 = "stablehlo.case"(%34#0) ({
      "stablehlo.return"(%34#1) : (tensor<2x4xf32>) -> ()
    }, {
      %47 = "stablehlo.negate"(%34#1) : (tensor<2x4xf32>) -> tensor<2x4xf32>
      "stablehlo.return"(%47) : (tensor<2x4xf32>) -> ()
    }) : (tensor<i32>) -> tensor<2x4xf32>
    %36 = "stablehlo.compare"(%arg4, %5) <{compare_type = #stablehlo<comparison_type SIGNED>, comparison_direction = #stablehlo<comparison_direction NE>}> : (tensor<i32>, tensor<i32>) -> tensor<i1>
    %37:2 = "stablehlo.if"(%36) ({
      "stablehlo.return"(%35, %5) : (tensor<2x4xf32>, tensor<i32>) -> ()
    }, {
      "stablehlo.return"(%32, %arg4) : (tensor<2x4xf32>, tensor<i32>) -> ()
    }) : (tensor<i1>) -> (tensor<2x4xf32>, tensor<i32>)
    %38 = "func.call"(%37#0) <{callee = @twice}> : (tensor<2x4xf32>) -> tensor<2x4xf32>
    %39 = "stablehlo.custom_call"(%38) <{api_version = 4 : i32, call_target_name = "a b", has_side_effect = true, operand_layouts = [dense<[0, 1]> : tensor<2xindex>], result_layouts = [dense<[1, 0]> : tensor<2xindex>]}> {mhlo.backend_config = {k = 1 : ui8}} : (tensor<2x4xf32>) -> tensor<2x4xf32>
    "stablehlo.custom_call"(%38, %39) <{call_target_name = "check.expect_eq", has_side_effect = true}> : (tensor<2x4xf32>, tensor<2x4xf32>) -> ()
    %40 = "stablehlo.composite"(%39) <{composite_attributes = {factor = 2 : i32, name = "x, y}"}, decomposition = @twice, name = "my.twice", version = 3 : i32}> : (tensor<2x4xf32>) -> tensor<2x4xf32>
    %41:2 = "stablehlo.optimization_barrier"(%40, %arg4) : (tensor<2x4xf32>, tensor<i32>) -> (tensor<2x4xf32>, tensor<i32>)
    %42 = "chlo.erf"(%41#0) : (tensor<2x4xf32>) -> tensor<2x4xf32>
    %43 = "stablehlo.clamp"(%21, %42, %21) : (tensor<f32>, tensor<2x4xf32>, tensor<f32>) -> tensor<2x4xf32>
    %44 = "stablehlo.complex"(%43, %42) : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xcomplex<f32>>
    %45 = "stablehlo.real"(%44) : (tensor<2x4xcomplex<f32>>) -> tensor<2x4xf32>
    %46 = "chlo.next_after"(%45, %42) : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
    "func.return"(%46, %41#1) : (tensor<2x4xf32>, tensor<i32>) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x4xf32>) -> tensor<2x4xf32>, sym_name = "twice", sym_visibility = "private"}> ({
  ^bb0(%arg1: tensor<2x4xf32>):
    %4 = "stablehlo.add"(%arg1, %arg1) : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
    "func.return"(%4) : (tensor<2x4xf32>) -> ()
  }) : () -> ()
  "func.func"() <{function_type = () -> (), sym_name = "nothing", sym_visibility = "private"}> ({
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x2xf32>) -> (tensor<2x2xf32>, tensor<2x2xf32>), no_inline, sym_name = "demands", sym_visibility = "private"}> ({
  ^bb0(%arg0: tensor<2x2xf32>):
    %0 = "stablehlo.exponential"(%arg0) <{result_accuracy = #stablehlo.result_accuracy<atol = 1.000000e-03, ulps = 2, mode = #stablehlo.result_accuracy_mode<TOLERANCE>>}> : (tensor<2x2xf32>) -> tensor<2x2xf32>
    %1 = "stablehlo.log"(%0) <{result_accuracy = #stablehlo.result_accuracy<rtol = 2.000000e-07, mode = #stablehlo.result_accuracy_mode<TOLERANCE>>}> : (tensor<2x2xf32>) -> tensor<2x2xf32>
    %2 = "stablehlo.tanh"(%1) <{result_accuracy = #stablehlo.result_accuracy<mode = #stablehlo.result_accuracy_mode<HIGHEST>>}> : (tensor<2x2xf32>) -> tensor<2x2xf32>
    %3 = "stablehlo.dot_general"(%2, %2) <{algorithm = #stablehlo.dot_algorithm<lhs_precision_type = bf16, rhs_precision_type = bf16, accumulation_type = f32, lhs_component_count = 1, rhs_component_count = 1, num_primitive_operations = 3, allow_imprecise_accumulation = false>, dot_dimension_numbers = #stablehlo.dot<lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [0]>, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]}> : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
    "func.return"(%2, %3) : (tensor<2x2xf32>, tensor<2x2xf32>) -> ()
  }) {some.note = "kept"} : () -> ()
}) {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} : () -> ()
