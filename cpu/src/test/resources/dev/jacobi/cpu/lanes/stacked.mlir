// A scan: rows are read and written at the counter, and the state is a lane's own.
func.func public @main(%x: tensor<6xNNxTT>, %h: tensor<NNxTT>) -> (tensor<NNxTT>, tensor<6x2xNNxTT>) {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %none = stablehlo.convert %zero : (tensor<i32>) -> tensor<TT>
  %ys = stablehlo.broadcast_in_dim %none, dims = [] : (tensor<TT>) -> tensor<6x2xNNxTT>
  %r:3 = stablehlo.while(%i = %zero, %a = %h, %y = %ys) : tensor<i32>, tensor<NNxTT>, tensor<6x2xNNxTT>
  cond {
    %n = stablehlo.constant dense<6> : tensor<i32>
    %t = stablehlo.compare LT, %i, %n, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %t : tensor<i1>
  } do {
    %one = stablehlo.constant dense<1> : tensor<i32>
    %j = stablehlo.add %i, %one : tensor<i32>
    %row = stablehlo.dynamic_slice %x, %i, %zero, sizes = [1, NN] : (tensor<6xNNxTT>, tensor<i32>, tensor<i32>) -> tensor<1xNNxTT>
    %v = stablehlo.reshape %row : (tensor<1xNNxTT>) -> tensor<NNxTT>
    %b = stablehlo.add %a, %v : tensor<NNxTT>
    %p = stablehlo.reshape %b : (tensor<NNxTT>) -> tensor<1x1xNNxTT>
    %q = stablehlo.reshape %v : (tensor<NNxTT>) -> tensor<1x1xNNxTT>
    %two = stablehlo.concatenate %p, %q, dim = 1 : (tensor<1x1xNNxTT>, tensor<1x1xNNxTT>) -> tensor<1x2xNNxTT>
    %z = stablehlo.dynamic_update_slice %y, %two, %i, %zero, %zero : (tensor<6x2xNNxTT>, tensor<1x2xNNxTT>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<6x2xNNxTT>
    stablehlo.return %j, %b, %z : tensor<i32>, tensor<NNxTT>, tensor<6x2xNNxTT>
  }
  return %r#1, %r#2 : tensor<NNxTT>, tensor<6x2xNNxTT>
}
