// An infinite real part decides even beside a NaN, a large finite one does not; twice an imaginary part is not finite.
module @fuzz {
  func.func public @main(%arg0: tensor<12xcomplex<f64>>, %arg1: tensor<12xcomplex<f32>>) -> (tensor<12xcomplex<f64>>, tensor<12xcomplex<f32>>, tensor<12xcomplex<f64>>) {
    %0 = stablehlo.tanh %arg0 : tensor<12xcomplex<f64>>
    %1 = stablehlo.tanh %arg1 : tensor<12xcomplex<f32>>
    %2 = stablehlo.tan %arg0 : tensor<12xcomplex<f64>>
    return %0, %1, %2 : tensor<12xcomplex<f64>>, tensor<12xcomplex<f32>>, tensor<12xcomplex<f64>>
  }
  func.func private @arguments() -> (tensor<12xcomplex<f64>>, tensor<12xcomplex<f32>>) {
    %cst = stablehlo.constant dense<[
      (0x7FF0000000000000, 0x7FF8000000000000), (0xFFF0000000000000, 0x7FF0000000000000), (0xFFF0000000000000, 0xFFF0000000000000),
      (3.000000e+01, 0x7FF0000000000000), (-3.000000e+01, 0x7FF8000000000000), (1.7976931348623157e+308, 1.7976931348623157e+308),
      (-1.7976931348623157e+308, 1.000000e+00), (0x7FF0000000000000, 2.000000e+00), (3.000000e+01, -1.7976931348623157e+308),
      (0x7FF8000000000000, 1.000000e+00), (0.000000e+00, 0x7FF0000000000000), (1.000000e+00, 2.000000e+00)]> : tensor<12xcomplex<f64>>
    %cst_0 = stablehlo.constant dense<[
      (0x7F800000, 0x7FC00000), (0xFF800000, 0x7F800000), (0xFF800000, 0xFF800000),
      (3.000000e+01, 0x7F800000), (-3.000000e+01, 0x7FC00000), (3.40282347E+38, 3.40282347E+38),
      (-3.40282347E+38, 1.000000e+00), (0x7F800000, 2.000000e+00), (3.000000e+01, -3.40282347E+38),
      (0x7FC00000, 1.000000e+00), (0.000000e+00, 0x7F800000), (1.000000e+00, 2.000000e+00)]> : tensor<12xcomplex<f32>>
    return %cst, %cst_0 : tensor<12xcomplex<f64>>, tensor<12xcomplex<f32>>
  }
}
