"""Calls of jax.scipy.signal for make_signal.py, as in numpy_cases.py."""

MODES = ("full", "same", "valid")
V, M = "f32[7]", "f32[4,5]"

SIGNAL = [
    *[(f"convolve_{m}", [V, "f32[3]"], f"lambda x, y: jsp.signal.convolve(x, y, '{m}')") for m in MODES], *[(f"convolve_swap_{m}!", ["f32[2]", "f32[5]"], f"lambda x, y: jsp.signal.convolve(x, y, '{m}')") for m in MODES],
    ("convolve_2d", [M, "f32[2,3]"], "lambda x, y: jsp.signal.convolve(x, y, 'same')"), ("convolve_3d!", ["f32[3,4,2]", "f32[2,2,2]"], "jsp.signal.convolve"), ("convolve_int!", ["i32[6]", "i32[3]"], "jsp.signal.convolve"), ("convolve_f64!", ["f64[6]", "f32[3]"], "jsp.signal.convolve"), ("convolve_c64!", ["c64[6]", "f32[3]"], "jsp.signal.convolve"), ("convolve_f16!", ["f16[6]", "f16[3]"], "jsp.signal.convolve"), ("convolve_scalar!", ["f32[]", "f32[]"], "jsp.signal.convolve"),
    ("convolve_fft!", [V, "f32[3]"], "lambda x, y: jsp.signal.convolve(x, y, 'same', method='fft')"),
    *[(f"convolve2d_{m}", [M, "f32[2,3]"], f"lambda x, y: jsp.signal.convolve2d(x, y, '{m}')") for m in MODES], *[(f"convolve2d_swap_{m}!", ["f32[2,2]", "f32[3,4]"], f"lambda x, y: jsp.signal.convolve2d(x, y, '{m}')") for m in MODES],
    *[(f"correlate_{m}", [V, "f32[3]"], f"lambda x, y: jsp.signal.correlate(x, y, '{m}')") for m in MODES], ("correlate_c64!", ["c64[6]", "c64[3]"], "jsp.signal.correlate"), ("correlate_fft!", ["f32[4]", "f32[4]"], "lambda x, y: jsp.signal.correlate(x, y, method='fft')"),
    *[(f"correlate2d_{m}", [M, "f32[2,3]"], f"lambda x, y: jsp.signal.correlate2d(x, y, '{m}')") for m in MODES], *[(f"correlate2d_swap_{m}!", ["f32[2,2]", "f32[3,4]"], f"lambda x, y: jsp.signal.correlate2d(x, y, '{m}')") for m in MODES], *[(f"correlate2d_c64_{m}!", ["c64[2,2]", "c64[2,2]"], f"lambda x, y: jsp.signal.correlate2d(x, y, '{m}')") for m in MODES],
    *[(f"fftconvolve_{m}", [V, "f32[3]"], f"lambda x, y: jsp.signal.fftconvolve(x, y, '{m}')") for m in MODES], ("fftconvolve_2d", [M, "f32[2,3]"], "lambda x, y: jsp.signal.fftconvolve(x, y, 'same')"), ("fftconvolve_axes", [M, "f32[4,2]"], "lambda x, y: jsp.signal.fftconvolve(x, y, 'full', axes=1)"), ("fftconvolve_swap!", ["f32[2,3]", M], "lambda x, y: jsp.signal.fftconvolve(x, y, 'valid')"), ("fftconvolve_one!", [V, "f32[1]"], "jsp.signal.fftconvolve"),
    ("fftconvolve_c64!", ["c64[5]", "f32[4]"], "jsp.signal.fftconvolve"), ("fftconvolve_int!", ["i32[5]", "i32[4]"], "jsp.signal.fftconvolve"), ("fftconvolve_f64!", ["f64[4,3]", "f64[2,2]"], "jsp.signal.fftconvolve"),
    ("detrend", ["f32[3,8]"], "jsp.signal.detrend"), ("detrend_constant", ["f32[3,8]"], "lambda x: jsp.signal.detrend(x, type='constant')"), ("detrend_pieces", ["f32[9,2]"], "lambda x: jsp.signal.detrend(x, axis=0, bp=[3, 5])"), ("detrend_int!", ["i32[6]"], "jsp.signal.detrend"), ("detrend_f64!", ["f64[6]"], "jsp.signal.detrend"), ("detrend_c64!", ["c64[6]"], "lambda x: jsp.signal.detrend(x, type='constant')"),
]

FAMILIES = {"signal": SIGNAL}
