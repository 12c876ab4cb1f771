module @others {
  func.func private @spectra(%arg0: tensor<2x3x4xf32>) -> (tensor<2x3x3xcomplex<f32>>, tensor<2x3x4xf32>) {
    %0 = stablehlo.fft %arg0, type = RFFT, length = [3, 4] : (tensor<2x3x4xf32>) -> tensor<2x3x3xcomplex<f32>>
    %1 = stablehlo.fft %0, type = FFT, length = [3] : (tensor<2x3x3xcomplex<f32>>) -> tensor<2x3x3xcomplex<f32>>
    %2 = stablehlo.fft %1, type = IRFFT, length = [3, 4] : (tensor<2x3x3xcomplex<f32>>) -> tensor<2x3x4xf32>
    return %1, %2 : tensor<2x3x3xcomplex<f32>>, tensor<2x3x4xf32>
  }
}
