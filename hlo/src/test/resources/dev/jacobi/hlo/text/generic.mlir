// operations.mlir in generic form, printed by jaxlib 0.10.2
"builtin.module"() <{sym_name = "operations"}> ({
  "func.func"() <{arg_attrs = [{tf.aliasing_output = 0 : i32}, {}, {}], function_type = (tensor<2x3xf32>, tensor<3x4xf32>, tensor<i32>) -> (tensor<2x4xf32>, tensor<i32>), res_attrs = [{jax.result_info = "result[0]"}, {}], sym_name = "main", sym_visibility = "public"}> ({
  ^bb0(%arg1: tensor<2x3xf32>, %arg2: tensor<3x4xf32>, %arg3: tensor<i32>):
    %1 = "stablehlo.constant"() <{value = dense<1> : tensor<i32>}> : () -> tensor<i32>
    %2 = "stablehlo.constant"() <{value = dense<[-0.000000e+00, 0x7F800000, 0xFFC00001, 3.14159274]> : tensor<4xf32>}> : () -> tensor<4xf32>
    %3 = "stablehlo.constant"() <{value = dense<[[true], [false]]> : tensor<2x1xi1>}> : () -> tensor<2x1xi1>
    %4 = "stablehlo.constant"() <{value = dense<(1.000000e+00,-2.500000e+00)> : tensor<2xcomplex<f32>>}> : () -> tensor<2xcomplex<f32>>
    %5 = "stablehlo.constant"() <{value = dense<> : tensor<0x3xf64>}> : () -> tensor<0x3xf64>
    %6 = "stablehlo.iota"() <{iota_dimension = 1 : i64}> : () -> tensor<2x3xi32>
    %7 = "stablehlo.add"(%6, %6) : (tensor<2x3xi32>, tensor<2x3xi32>) -> tensor<2x3xi32>
    %8 = "stablehlo.compare"(%6, %7) <{compare_type = #stablehlo<comparison_type SIGNED>, comparison_direction = #stablehlo<comparison_direction GT>}> : (tensor<2x3xi32>, tensor<2x3xi32>) -> tensor<2x3xi1>
    %9 = "stablehlo.select"(%8, %6, %7) : (tensor<2x3xi1>, tensor<2x3xi32>, tensor<2x3xi32>) -> tensor<2x3xi32>
    %10 = "stablehlo.convert"(%9) : (tensor<2x3xi32>) -> tensor<2x3xbf16>
    %11 = "stablehlo.reduce_precision"(%arg1) <{exponent_bits = 5 : i32, mantissa_bits = 10 : i32}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
    %12 = "stablehlo.bitcast_convert"(%arg1) : (tensor<2x3xf32>) -> tensor<2x3x4xui8>
    %13 = "stablehlo.broadcast_in_dim"(%2) <{broadcast_dimensions = array<i64: 1>}> : (tensor<4xf32>) -> tensor<2x4xf32>
    %14 = "stablehlo.reshape"(%13) : (tensor<2x4xf32>) -> tensor<8xf32>
    %15 = "stablehlo.transpose"(%arg2) <{permutation = array<i64: 1, 0>}> : (tensor<3x4xf32>) -> tensor<4x3xf32>
    %16 = "stablehlo.concatenate"(%arg1, %15) <{dimension = 0 : i64}> : (tensor<2x3xf32>, tensor<4x3xf32>) -> tensor<6x3xf32>
    %17 = "stablehlo.constant"() <{value = dense<0.000000e+00> : tensor<f32>}> : () -> tensor<f32>
    %18 = "stablehlo.pad"(%14, %17) <{edge_padding_high = array<i64: 2>, edge_padding_low = array<i64: -1>, interior_padding = array<i64: 1>}> : (tensor<8xf32>, tensor<f32>) -> tensor<16xf32>
    %19 = "stablehlo.slice"(%16) <{limit_indices = array<i64: 6, 3>, start_indices = array<i64: 0, 1>, strides = array<i64: 2, 1>}> : (tensor<6x3xf32>) -> tensor<3x2xf32>
    %20 = "stablehlo.dynamic_slice"(%16, %arg3, %1) <{slice_sizes = array<i64: 2, 2>}> : (tensor<6x3xf32>, tensor<i32>, tensor<i32>) -> tensor<2x2xf32>
    %21 = "stablehlo.dynamic_update_slice"(%16, %20, %arg3, %1) : (tensor<6x3xf32>, tensor<2x2xf32>, tensor<i32>, tensor<i32>) -> tensor<6x3xf32>
    %22 = "stablehlo.reverse"(%21) <{dimensions = array<i64: 0, 1>}> : (tensor<6x3xf32>) -> tensor<6x3xf32>
    %23 = "stablehlo.reduce"(%22, %17) <{dimensions = array<i64: 0>}> ({
    ^bb0(%arg14: tensor<f32>, %arg15: tensor<f32>):
      %51 = "stablehlo.add"(%arg14, %arg15) : (tensor<f32>, tensor<f32>) -> tensor<f32>
      "stablehlo.return"(%51) : (tensor<f32>) -> ()
    }) : (tensor<6x3xf32>, tensor<f32>) -> tensor<3xf32>
    %24:2 = "stablehlo.reduce"(%23, %23, %17, %17) <{dimensions = array<i64: 0>}> ({
    ^bb0(%arg10: tensor<f32>, %arg11: tensor<f32>, %arg12: tensor<f32>, %arg13: tensor<f32>):
      %49 = "stablehlo.maximum"(%arg10, %arg12) : (tensor<f32>, tensor<f32>) -> tensor<f32>
      %50 = "stablehlo.minimum"(%arg11, %arg13) : (tensor<f32>, tensor<f32>) -> tensor<f32>
      "stablehlo.return"(%49, %50) : (tensor<f32>, tensor<f32>) -> ()
    }) : (tensor<3xf32>, tensor<3xf32>, tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<f32>)
    %25 = "stablehlo.dot_general"(%arg1, %arg2) <{dot_dimension_numbers = #stablehlo.dot<lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [0]>, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision HIGHEST>]}> : (tensor<2x3xf32>, tensor<3x4xf32>) -> tensor<2x4xf32>
    %26 = "stablehlo.dot_general"(%arg1, %arg1) <{dot_dimension_numbers = #stablehlo.dot<lhs_batching_dimensions = [0], rhs_batching_dimensions = [0], lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [1]>, precision_config = [#stablehlo<precision HIGH>, #stablehlo<precision HIGH>]}> : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2xf32>
    %27 = "stablehlo.constant"() <{value = dense<[[0], [2]]> : tensor<2x1xi32>}> : () -> tensor<2x1xi32>
    %28 = "stablehlo.gather"(%arg2, %27) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = true, slice_sizes = array<i64: 1, 4>}> : (tensor<3x4xf32>, tensor<2x1xi32>) -> tensor<2x4xf32>
    %29 = "stablehlo.scatter"(%arg2, %27, %28) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, unique_indices = true}> ({
    ^bb0(%arg8: tensor<f32>, %arg9: tensor<f32>):
      %48 = "stablehlo.add"(%arg8, %arg9) : (tensor<f32>, tensor<f32>) -> tensor<f32>
      "stablehlo.return"(%48) : (tensor<f32>) -> ()
    }) : (tensor<3x4xf32>, tensor<2x1xi32>, tensor<2x4xf32>) -> tensor<3x4xf32>
    %30:2 = "stablehlo.while"(%arg3, %28) ({
    ^bb0(%arg6: tensor<i32>, %arg7: tensor<2x4xf32>):
      %46 = "stablehlo.constant"() <{value = dense<10> : tensor<i32>}> : () -> tensor<i32>
      %47 = "stablehlo.compare"(%arg6, %46) <{compare_type = #stablehlo<comparison_type SIGNED>, comparison_direction = #stablehlo<comparison_direction LT>}> : (tensor<i32>, tensor<i32>) -> tensor<i1>
      "stablehlo.return"(%47) : (tensor<i1>) -> ()
    }, {
    ^bb0(%arg4: tensor<i32>, %arg5: tensor<2x4xf32>):
      %44 = "stablehlo.add"(%arg4, %1) : (tensor<i32>, tensor<i32>) -> tensor<i32>
      %45 = "func.call"(%arg5) <{callee = @twice}> : (tensor<2x4xf32>) -> tensor<2x4xf32>
      "stablehlo.return"(%44, %45) : (tensor<i32>, tensor<2x4xf32>) -> ()
    }) : (tensor<i32>, tensor<2x4xf32>) -> (tensor<i32>, tensor<2x4xf32>)
    %31 = "stablehlo.case"(%30#0) ({
      "stablehlo.return"(%30#1) : (tensor<2x4xf32>) -> ()
    }, {
      %43 = "stablehlo.negate"(%30#1) : (tensor<2x4xf32>) -> tensor<2x4xf32>
      "stablehlo.return"(%43) : (tensor<2x4xf32>) -> ()
    }) : (tensor<i32>) -> tensor<2x4xf32>
    %32 = "stablehlo.compare"(%arg3, %1) <{compare_type = #stablehlo<comparison_type SIGNED>, comparison_direction = #stablehlo<comparison_direction NE>}> : (tensor<i32>, tensor<i32>) -> tensor<i1>
    %33:2 = "stablehlo.if"(%32) ({
      "stablehlo.return"(%31, %1) : (tensor<2x4xf32>, tensor<i32>) -> ()
    }, {
      "stablehlo.return"(%28, %arg3) : (tensor<2x4xf32>, tensor<i32>) -> ()
    }) : (tensor<i1>) -> (tensor<2x4xf32>, tensor<i32>)
    %34 = "func.call"(%33#0) <{callee = @twice}> : (tensor<2x4xf32>) -> tensor<2x4xf32>
    %35 = "stablehlo.custom_call"(%34) <{api_version = 4 : i32, call_target_name = "a b", has_side_effect = true, operand_layouts = [dense<[0, 1]> : tensor<2xindex>], result_layouts = [dense<[1, 0]> : tensor<2xindex>]}> {mhlo.backend_config = {k = 1 : ui8}} : (tensor<2x4xf32>) -> tensor<2x4xf32>
    "stablehlo.custom_call"(%34, %35) <{call_target_name = "check.expect_eq", has_side_effect = true}> : (tensor<2x4xf32>, tensor<2x4xf32>) -> ()
    %36 = "stablehlo.composite"(%35) <{composite_attributes = {factor = 2 : i32, name = "x, y}"}, decomposition = @twice, name = "my.twice", version = 3 : i32}> : (tensor<2x4xf32>) -> tensor<2x4xf32>
    %37:2 = "stablehlo.optimization_barrier"(%36, %arg3) : (tensor<2x4xf32>, tensor<i32>) -> (tensor<2x4xf32>, tensor<i32>)
    %38 = "chlo.erf"(%37#0) : (tensor<2x4xf32>) -> tensor<2x4xf32>
    %39 = "stablehlo.clamp"(%17, %38, %17) : (tensor<f32>, tensor<2x4xf32>, tensor<f32>) -> tensor<2x4xf32>
    %40 = "stablehlo.complex"(%39, %38) : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xcomplex<f32>>
    %41 = "stablehlo.real"(%40) : (tensor<2x4xcomplex<f32>>) -> tensor<2x4xf32>
    %42 = "chlo.next_after"(%41, %38) : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
    "func.return"(%42, %37#1) : (tensor<2x4xf32>, tensor<i32>) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x4xf32>) -> tensor<2x4xf32>, sym_name = "twice", sym_visibility = "private"}> ({
  ^bb0(%arg0: tensor<2x4xf32>):
    %0 = "stablehlo.add"(%arg0, %arg0) : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
    "func.return"(%0) : (tensor<2x4xf32>) -> ()
  }) : () -> ()
  "func.func"() <{function_type = () -> (), sym_name = "nothing", sym_visibility = "private"}> ({
    "func.return"() : () -> ()
  }) : () -> ()
}) {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} : () -> ()
