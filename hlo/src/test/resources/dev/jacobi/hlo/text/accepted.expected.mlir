module {
  func.func public @main(%arg0: tensor<4xf32>, %arg1: tensor<i32>) -> tensor<f32> attributes {no_inline} {
    %0 = stablehlo.tanh %arg0 {result_accuracy = #stablehlo.result_accuracy<mode = #stablehlo.result_accuracy_mode<HIGHEST>>} : tensor<4xf32>
    %1:2 = call @two(%0) : (tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
    %2 = stablehlo.compare LT, %1#0, %1#1, FLOAT : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xi1>
    %3 = stablehlo.compare EQ, %1#0, %1#1, TOTALORDER : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xi1>
    %4 = stablehlo.tan %1#0 : tensor<4xf32>
    %5 = stablehlo.dot_general %4, %1#1, contracting_dims = [0] x [0], precision = [DEFAULT, DEFAULT], algorithm = <lhs_precision_type = tf32, rhs_precision_type = tf32, accumulation_type = f32, lhs_component_count = 1, rhs_component_count = 1, num_primitive_operations = 1, allow_imprecise_accumulation = false> : (tensor<4xf32>, tensor<4xf32>) -> tensor<f32>
    %6 = stablehlo.slice %1#1 [0:4] : (tensor<4xf32>) -> tensor<4xf32>
    %7 = stablehlo.add %6, %1#1 : tensor<4xf32>
    %8 = stablehlo.add %6, %1#1 : tensor<4xf32>
    stablehlo.optimization_barrier()
    return %5 : tensor<f32>
  }
  func.func private @two(%arg0: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
    %0:2 = stablehlo.optimization_barrier %arg0, %arg0 : tensor<4xf32>, tensor<4xf32>
    return %0#1, %0#0 : tensor<4xf32>, tensor<4xf32>
  }
}
