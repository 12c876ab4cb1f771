// The sum took its elements one by one because another reduction in its loop must.
module @fuzz {
  func.func public @main(%arg0: tensor<1x9xcomplex<f64>>, %arg1: tensor<1x9xui32>, %arg2: tensor<5xf16>) -> (tensor<complex<f64>>, tensor<5xf16>) {
    %c = stablehlo.constant dense<1> : tensor<ui32>
    %c_0 = stablehlo.constant dense<0> : tensor<ui32>
    %0 = stablehlo.convert %arg0 : (tensor<1x9xcomplex<f64>>) -> tensor<1x9xui32>
    %1:2 = stablehlo.reduce(%arg1 init: %c), (%0 init: %c_0) across dimensions = [0, 1] : (tensor<1x9xui32>, tensor<1x9xui32>, tensor<ui32>, tensor<ui32>) -> (tensor<ui32>, tensor<ui32>)
     reducer(%arg3: tensor<ui32>, %arg5: tensor<ui32>) (%arg4: tensor<ui32>, %arg6: tensor<ui32>)  {
      %3 = stablehlo.multiply %arg4, %arg5 : tensor<ui32>
      %4 = stablehlo.add %3, %arg6 : tensor<ui32>
      %5 = stablehlo.multiply %arg3, %arg5 : tensor<ui32>
      stablehlo.return %5, %4 : tensor<ui32>, tensor<ui32>
    }
    %2 = stablehlo.unary_einsum %arg0, config = "ab->" : (tensor<1x9xcomplex<f64>>) -> tensor<complex<f64>>
    return %2, %arg2 : tensor<complex<f64>>, tensor<5xf16>
  }
  func.func private @arguments() -> (tensor<1x9xcomplex<f64>>, tensor<1x9xui32>, tensor<5xf16>) {
    %cst = stablehlo.constant dense<[[(1.000000e+00,0.000000e+00), (1.000000e+00,0.000000e+00), (1.000000e+00,0.000000e+00), (1.000000e+00,0.000000e+00), (1.000000e+00,0.000000e+00), (1.000000e+00,0.000000e+00), (-0.94277119329366865,-1.2112281518628725), (1.48016406019411,0.42531838606419103), (1.000000e+00,0.000000e+00)]]> : tensor<1x9xcomplex<f64>>
    %c = stablehlo.constant dense<1> : tensor<1x9xui32>
    %cst_0 = stablehlo.constant dense<1.000000e+00> : tensor<5xf16>
    return %cst, %c, %cst_0 : tensor<1x9xcomplex<f64>>, tensor<1x9xui32>, tensor<5xf16>
  }
}
