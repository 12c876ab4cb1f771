// Forms that other tools write and we do not.
#loc = loc(unknown)
#map = affine_map<(d0) -> (d0)>
module {
  sdy.mesh @mesh = <["x"=2]> {stablehlo.mesh = {axes = []}}
  func.func @main(%x: tensor<4xf32> {sdy.sharding = #sdy.sharding<@mesh, [{"x"}]>} loc("x"),
                  %i: tensor<i32>) -> (tensor<f32>) attributes {no_inline} {
    %0 = sdy.sharding_constraint %x <@mesh, [{"x", ?}]> : tensor<4xf32>
    %1 = stablehlo.tanh %0 {result_accuracy = #stablehlo.result_accuracy<mode = #stablehlo.result_accuracy_mode<HIGHEST>>} : tensor<4xf32>
    %a, %b = func.call @two(%1) : (tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
    %2 = stablehlo.compare  LT, %a, %b : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xi1> loc(#loc)
    %3 = stablehlo.compare  EQ, %a, %b,  TOTALORDER : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xi1>
    %4 = chlo.tan %a : tensor<4xf32> -> tensor<4xf32>
    %5 = stablehlo.dot_general %4, %b, contracting_dims = [0] x [0], algorithm = <lhs_precision_type = tf32, rhs_precision_type = tf32, accumulation_type = f32, lhs_component_count = 1, rhs_component_count = 1, num_primitive_operations = 1, allow_imprecise_accumulation = false> : (tensor<4xf32>, tensor<4xf32>) -> tensor<f32>
    %6 = "stablehlo.slice"(%b) {limit_indices = dense<4> : tensor<1xi64>, start_indices = dense<[0]> : tensor<1xi64>} : (tensor<4xf32>) -> tensor<4xf32>
    %7 = "stablehlo.add"(%6, %b) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    %8 = stablehlo.add %6, %b : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    stablehlo.optimization_barrier ()
    return %5 : tensor<f32>
  } loc(#loc)
  func.func nested @two(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
    %y:2 = stablehlo.optimization_barrier %x, %x : tensor<4xf32>, tensor<4xf32>
    func.return %y#1, %y#0 : tensor<4xf32>, tensor<4xf32>
  }
}
