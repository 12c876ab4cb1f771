// Sums over a lane's elements along the last and the first dimension, and products with a matrix of all lanes.
func.func public @main(%x: tensor<NNx3xTT>, %m: tensor<3x3xTT>) -> (tensor<NNx3xTT>, tensor<NNxTT>) {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %none = stablehlo.convert %zero : (tensor<i32>) -> tensor<TT>
  %empty = stablehlo.broadcast_in_dim %none, dims = [] : (tensor<TT>) -> tensor<NNxTT>
  %r:3 = stablehlo.while(%i = %zero, %a = %x, %s = %empty) : tensor<i32>, tensor<NNx3xTT>, tensor<NNxTT>
  cond {
    %n = stablehlo.constant dense<2> : tensor<i32>
    %t = stablehlo.compare LT, %i, %n, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %t : tensor<i1>
  } do {
    %one = stablehlo.constant dense<1> : tensor<i32>
    %j = stablehlo.add %i, %one : tensor<i32>
    %b = stablehlo.dot_general %a, %m, contracting_dims = [1] x [0] : (tensor<NNx3xTT>, tensor<3x3xTT>) -> tensor<NNx3xTT>
    %p = stablehlo.reduce(%b init: %none) applies stablehlo.add across dimensions = [1] : (tensor<NNx3xTT>, tensor<TT>) -> tensor<NNxTT>
    %c = stablehlo.transpose %b, dims = [1, 0] : (tensor<NNx3xTT>) -> tensor<3xNNxTT>
    %q = stablehlo.reduce(%c init: %none) applies stablehlo.maximum across dimensions = [0] : (tensor<3xNNxTT>, tensor<TT>) -> tensor<NNxTT>
    %d = stablehlo.dot_general %a, %b, batching_dims = [0] x [0], contracting_dims = [1] x [1] : (tensor<NNx3xTT>, tensor<NNx3xTT>) -> tensor<NNxTT>
    %pq = stablehlo.add %p, %q : tensor<NNxTT>
    %pqd = stablehlo.add %pq, %d : tensor<NNxTT>
    %u = stablehlo.add %s, %pqd : tensor<NNxTT>
    stablehlo.return %j, %b, %u : tensor<i32>, tensor<NNx3xTT>, tensor<NNxTT>
  }
  return %r#1, %r#2 : tensor<NNx3xTT>, tensor<NNxTT>
}
