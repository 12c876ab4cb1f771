module @chlo {
  func.func public @main(%arg0: tensor<3x1xf32>, %arg1: tensor<1x2xf32>, %arg2: tensor<3xf32>, %arg3: tensor<i1>, %arg4: tensor<3x2xi32>) -> tensor<3x2xf32> {
    %0 = stablehlo.broadcast_in_dim %arg0, dims = [0, 1] : (tensor<3x1xf32>) -> tensor<3x2xf32>
    %1 = stablehlo.broadcast_in_dim %arg1, dims = [0, 1] : (tensor<1x2xf32>) -> tensor<3x2xf32>
    %2 = stablehlo.add %0, %1 : tensor<3x2xf32>
    %3 = stablehlo.broadcast_in_dim %arg2, dims = [0] : (tensor<3xf32>) -> tensor<3x2xf32>
    %4 = stablehlo.multiply %2, %3 : tensor<3x2xf32>
    %5 = stablehlo.broadcast_in_dim %arg1, dims = [0, 1] : (tensor<1x2xf32>) -> tensor<3x2xf32>
    %6 = stablehlo.compare LT, %5, %4, FLOAT : (tensor<3x2xf32>, tensor<3x2xf32>) -> tensor<3x2xi1>
    %7 = stablehlo.broadcast_in_dim %arg3, dims = [] : (tensor<i1>) -> tensor<3x2xi1>
    %8 = stablehlo.select %7, %4, %2 : tensor<3x2xi1>, tensor<3x2xf32>
    %9 = stablehlo.broadcast_in_dim %arg0, dims = [0, 1] : (tensor<3x1xf32>) -> tensor<3x2xf32>
    %10 = stablehlo.broadcast_in_dim %arg1, dims = [0, 1] : (tensor<1x2xf32>) -> tensor<3x2xf32>
    %11 = stablehlo.complex %9, %10 : tensor<3x2xcomplex<f32>>
    %12 = stablehlo.broadcast_in_dim %arg1, dims = [0, 1] : (tensor<1x2xf32>) -> tensor<3x2xf32>
    %13 = stablehlo.broadcast_in_dim %arg0, dims = [0, 1] : (tensor<3x1xf32>) -> tensor<3x2xf32>
    %14 = chlo.zeta %12, %13 : tensor<3x2xf32>, tensor<3x2xf32> -> tensor<3x2xf32>
    %cst = stablehlo.constant dense<0x7F800000> : tensor<f32>
    %15 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<1x2xf32>
    %c = stablehlo.constant dense<3> : tensor<i32>
    %cst_0 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %16 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i32>) -> tensor<3x2xi32>
    %17 = stablehlo.shift_left %arg4, %16 : tensor<3x2xi32>
    return %8 : tensor<3x2xf32>
  }
}
