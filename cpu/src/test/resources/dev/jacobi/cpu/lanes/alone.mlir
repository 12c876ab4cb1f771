// No lanes: small arrays are scalars, and a large one is updated in place; an update overlaps what was read.
func.func public @main(%x: tensor<4xTT>, %y: tensor<NNxTT>) -> (tensor<4xTT>, tensor<NNxTT>, tensor<NNxTT>) {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %r:3 = stablehlo.while(%i = %zero, %a = %x, %b = %y) : tensor<i32>, tensor<4xTT>, tensor<NNxTT>
  cond {
    %n = stablehlo.constant dense<11> : tensor<i32>
    %t = stablehlo.compare LT, %i, %n, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %t : tensor<i1>
  } do {
    %one = stablehlo.constant dense<1> : tensor<i32>
    %j = stablehlo.add %i, %one : tensor<i32>
    %v = stablehlo.dynamic_slice %b, %i, sizes = [2] : (tensor<NNxTT>, tensor<i32>) -> tensor<2xTT>
    %c = stablehlo.dynamic_update_slice %b, %v, %j : (tensor<NNxTT>, tensor<2xTT>, tensor<i32>) -> tensor<NNxTT>
    %w = stablehlo.dynamic_slice %c, %j, sizes = [2] : (tensor<NNxTT>, tensor<i32>) -> tensor<2xTT>
    %p = stablehlo.slice %a [2:4] : (tensor<4xTT>) -> tensor<2xTT>
    %q = stablehlo.add %p, %w : tensor<2xTT>
    %d = stablehlo.concatenate %q, %v, dim = 0 : (tensor<2xTT>, tensor<2xTT>) -> tensor<4xTT>
    stablehlo.return %j, %d, %c : tensor<i32>, tensor<4xTT>, tensor<NNxTT>
  }
  return %r#1, %r#2, %y : tensor<4xTT>, tensor<NNxTT>, tensor<NNxTT>
}
