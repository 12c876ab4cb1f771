module @fuzz {
  func.func public @main(%arg0: tensor<33xf16> {jax.buffer_donor = true}) -> (tensor<1x33x1xi16>, tensor<1x33x1xi16>) {
    %0 = stablehlo.reshape %arg0 : (tensor<33xf16>) -> tensor<1x33x1xf16>
    %1 = stablehlo.convert %0 : (tensor<1x33x1xf16>) -> tensor<1x33x1xi16>
    %2 = stablehlo.reverse %1, dims = [0, 2] : tensor<1x33x1xi16>
    return %2, %1 : tensor<1x33x1xi16>, tensor<1x33x1xi16>
  }
  func.func private @arguments() -> tensor<33xf16> {
    %cst = stablehlo.constant dense<[-2.978520e-01, 1.381840e-01, -1.437500e+00, 1.557620e+00, -1.863280e+00, -8.093260e-02, 8.886710e-01, 5.366210e-01, -1.156250e+00, 4.760740e-02, 3.146970e-01, -2.351560e+00, -2.910160e-01, -1.264650e+00, -2.131650e-02, -9.808340e-02, -4.501950e-01, 1.260990e-01, -1.316410e+00, 1.349610e+00, 4.833980e-01, -7.416990e-01, 8.575440e-02, -1.128910e+00, 1.686520e+00, -1.701170e+00, -5.625000e-01, 7.207030e-01, 2.215580e-01, 8.618160e-01, -6.684570e-01, -1.936040e-01, 3.549800e-01]> : tensor<33xf16>
    return %cst : tensor<33xf16>
  }
}
