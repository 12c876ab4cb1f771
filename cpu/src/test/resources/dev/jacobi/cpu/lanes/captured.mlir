// The array that a state begins as is read by every step too: the state may not take its memory.
func.func public @main(%x: tensor<NNxTT>) -> tensor<NNxTT> {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %y = stablehlo.add %x, %x : tensor<NNxTT>
  %r:2 = stablehlo.while(%i = %zero, %b = %y) : tensor<i32>, tensor<NNxTT>
  cond {
    %n = stablehlo.constant dense<9> : tensor<i32>
    %t = stablehlo.compare LT, %i, %n, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %t : tensor<i1>
  } do {
    %one = stablehlo.constant dense<1> : tensor<i32>
    %j = stablehlo.add %i, %one : tensor<i32>
    %v = stablehlo.dynamic_slice %y, %i, sizes = [1] : (tensor<NNxTT>, tensor<i32>) -> tensor<1xTT>
    %w = stablehlo.add %v, %v : tensor<1xTT>
    %c = stablehlo.dynamic_update_slice %b, %w, %j : (tensor<NNxTT>, tensor<1xTT>, tensor<i32>) -> tensor<NNxTT>
    stablehlo.return %j, %c : tensor<i32>, tensor<NNxTT>
  }
  return %r#1 : tensor<NNxTT>
}
