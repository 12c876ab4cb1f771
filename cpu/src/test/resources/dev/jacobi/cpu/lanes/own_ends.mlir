// Each lane ends by itself, as JAX writes vmapped while loops; inside, a loop that is the same for all.
func.func public @main(%n: tensor<NNxi32>, %x: tensor<NNxTT>) -> (tensor<NNxi32>, tensor<NNxTT>) {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %zeros = stablehlo.broadcast_in_dim %zero, dims = [] : (tensor<i32>) -> tensor<NNxi32>
  %r:2 = stablehlo.while(%i = %zeros, %a = %x) : tensor<NNxi32>, tensor<NNxTT>
  cond {
    %t = stablehlo.compare LT, %i, %n, SIGNED : (tensor<NNxi32>, tensor<NNxi32>) -> tensor<NNxi1>
    %false = stablehlo.constant dense<false> : tensor<i1>
    %any = stablehlo.reduce(%t init: %false) applies stablehlo.or across dimensions = [0] : (tensor<NNxi1>, tensor<i1>) -> tensor<i1>
    stablehlo.return %any : tensor<i1>
  } do {
    %t = stablehlo.compare LT, %i, %n, SIGNED : (tensor<NNxi32>, tensor<NNxi32>) -> tensor<NNxi1>
    %one = stablehlo.constant dense<1> : tensor<i32>
    %ones = stablehlo.broadcast_in_dim %one, dims = [] : (tensor<i32>) -> tensor<NNxi32>
    %j = stablehlo.add %i, %ones : tensor<NNxi32>
    %in:2 = stablehlo.while(%k = %zero, %b = %a) : tensor<i32>, tensor<NNxTT>
    cond {
      %three = stablehlo.constant dense<3> : tensor<i32>
      %go = stablehlo.compare LT, %k, %three, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      stablehlo.return %go : tensor<i1>
    } do {
      %l = stablehlo.add %k, %one : tensor<i32>
      %d = stablehlo.add %b, %x : tensor<NNxTT>
      stablehlo.return %l, %d : tensor<i32>, tensor<NNxTT>
    }
    %jj = stablehlo.select %t, %j, %i : tensor<NNxi1>, tensor<NNxi32>
    %aa = stablehlo.select %t, %in#1, %a : tensor<NNxi1>, tensor<NNxTT>
    stablehlo.return %jj, %aa : tensor<NNxi32>, tensor<NNxTT>
  }
  return %r#0, %r#1 : tensor<NNxi32>, tensor<NNxTT>
}
