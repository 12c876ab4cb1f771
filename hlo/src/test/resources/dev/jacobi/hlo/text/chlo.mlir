module @chlo {
  func.func public @main(%arg0: tensor<3x1xf32>, %arg1: tensor<1x2xf32>, %arg2: tensor<3xf32>, %arg3: tensor<i1>, %arg4: tensor<3x2xi32>) -> tensor<3x2xf32> {
    %0 = chlo.broadcast_add %arg0, %arg1 : (tensor<3x1xf32>, tensor<1x2xf32>) -> tensor<3x2xf32>
    %1 = chlo.broadcast_multiply %0, %arg2 {broadcast_dimensions = array<i64: 0>} : (tensor<3x2xf32>, tensor<3xf32>) -> tensor<3x2xf32>
    %2 = "chlo.broadcast_compare"(%arg1, %1) <{comparison_direction = #chlo<comparison_direction LT>}> : (tensor<1x2xf32>, tensor<3x2xf32>) -> tensor<3x2xi1>
    %3 = chlo.broadcast_select %arg3, %1, %0 : (tensor<i1>, tensor<3x2xf32>, tensor<3x2xf32>) -> tensor<3x2xf32>
    %4 = chlo.broadcast_complex %arg0, %arg1 : (tensor<3x1xf32>, tensor<1x2xf32>) -> tensor<3x2xcomplex<f32>>
    %5 = chlo.broadcast_zeta %arg1, %arg0 : (tensor<1x2xf32>, tensor<3x1xf32>) -> tensor<3x2xf32>
    %6 = "chlo.constant_like"(%arg1) <{value = 0x7F800000 : f32}> : (tensor<1x2xf32>) -> tensor<1x2xf32>
    %7 = "chlo.constant_like"(%arg3) <{value = 3 : i32}> : (tensor<i1>) -> tensor<i32>
    %8 = chlo.constant dense<1.000000e+00> : tensor<f32>
    %9 = chlo.broadcast_shift_left %arg4, %7 : (tensor<3x2xi32>, tensor<i32>) -> tensor<3x2xi32>
    return %3 : tensor<3x2xf32>
  }
}
