// Every lane takes the same steps; three elements of a lane are stacked anew in each.
func.func public @main(%x: tensor<NNx3xTT>, %c: tensor<NNxTT>) -> (tensor<NNx3xTT>, tensor<i32>) {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %r:2 = stablehlo.while(%i = %zero, %a = %x) : tensor<i32>, tensor<NNx3xTT>
  cond {
    %n = stablehlo.constant dense<5> : tensor<i32>
    %t = stablehlo.compare LT, %i, %n, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %t : tensor<i1>
  } do {
    %one = stablehlo.constant dense<1> : tensor<i32>
    %j = stablehlo.add %i, %one : tensor<i32>
    %p = stablehlo.slice %a [0:NN, 0:1] : (tensor<NNx3xTT>) -> tensor<NNx1xTT>
    %q = stablehlo.slice %a [0:NN, 1:3] : (tensor<NNx3xTT>) -> tensor<NNx2xTT>
    %b = stablehlo.concatenate %q, %p, dim = 1 : (tensor<NNx2xTT>, tensor<NNx1xTT>) -> tensor<NNx3xTT>
    %s = stablehlo.broadcast_in_dim %c, dims = [0] : (tensor<NNxTT>) -> tensor<NNx3xTT>
    %d = stablehlo.add %b, %s : tensor<NNx3xTT>
    %e = stablehlo.transpose %d, dims = [1, 0] : (tensor<NNx3xTT>) -> tensor<3xNNxTT>
    %f = stablehlo.reverse %e, dims = [0] : tensor<3xNNxTT>
    %g = stablehlo.transpose %f, dims = [1, 0] : (tensor<3xNNxTT>) -> tensor<NNx3xTT>
    stablehlo.return %j, %g : tensor<i32>, tensor<NNx3xTT>
  }
  return %r#1, %r#0 : tensor<NNx3xTT>, tensor<i32>
}
