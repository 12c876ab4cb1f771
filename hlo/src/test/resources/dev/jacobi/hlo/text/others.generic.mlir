// others.mlir in generic form, printed by jaxlib 0.10.2
"builtin.module"() <{sym_name = "others"}> ({
  "func.func"() <{function_type = (tensor<2x3x4xf32>) -> (tensor<2x3x3xcomplex<f32>>, tensor<2x3x4xf32>), sym_name = "spectra", sym_visibility = "private"}> ({
  ^bb0(%arg0: tensor<2x3x4xf32>):
    %0 = "stablehlo.fft"(%arg0) <{fft_length = array<i64: 3, 4>, fft_type = #stablehlo<fft_type RFFT>}> : (tensor<2x3x4xf32>) -> tensor<2x3x3xcomplex<f32>>
    %1 = "stablehlo.fft"(%0) <{fft_length = array<i64: 3>, fft_type = #stablehlo<fft_type FFT>}> : (tensor<2x3x3xcomplex<f32>>) -> tensor<2x3x3xcomplex<f32>>
    %2 = "stablehlo.fft"(%1) <{fft_length = array<i64: 3, 4>, fft_type = #stablehlo<fft_type IRFFT>}> : (tensor<2x3x3xcomplex<f32>>) -> tensor<2x3x4xf32>
    "func.return"(%1, %2) : (tensor<2x3x3xcomplex<f32>>, tensor<2x3x4xf32>) -> ()
  }) : () -> ()
}) : () -> ()
