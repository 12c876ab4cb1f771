"""Goldens of Fourier transforms: values/fft.tsv, the primitive (x64 on), and jnp/fft.tsv, jnp.fft's functions (x64 off)."""
import os
import sys

os.environ["JAX_PLATFORMS"] = "cpu"
import jax

FUNCTIONS = "functions" in sys.argv[1:]
jax.config.update("jax_enable_x64", not FUNCTIONS)
import jax.numpy as jnp
import numpy as np
from jax._src.lax import fft as lf

import golden
import samples
from make_jnp import operand
from values import emit

CASES = [
    ("fft", ["c64[6]"], "jnp.fft.fft"), ("fft_real", ["f32[2,5]"], "jnp.fft.fft"), ("fft_i32", ["i32[4]"], "jnp.fft.fft"), ("fft_cut", ["c64[7]"], "lambda x: jnp.fft.fft(x, 4)"),
    ("fft_padded", ["c64[3,2]"], "lambda x: jnp.fft.fft(x, 5, axis=0)"), ("ifft", ["c64[3,7]"], "jnp.fft.ifft"), ("ifft_axis", ["c64[4,3]"], "lambda x: jnp.fft.ifft(x, 4, axis=0)"),
    ("rfft", ["f32[9]"], "jnp.fft.rfft"), ("rfft_padded", ["f32[2,5]"], "lambda x: jnp.fft.rfft(x, 8)"), ("irfft", ["c64[5]"], "jnp.fft.irfft"), ("irfft_odd", ["c64[2,4]"], "lambda x: jnp.fft.irfft(x, 7)"),
    ("hfft", ["c64[4]"], "jnp.fft.hfft"), ("ihfft", ["f32[6]"], "jnp.fft.ihfft"), ("fft2", ["c64[2,3,4]"], "jnp.fft.fft2"), ("ifft2", ["c64[3,4]"], "jnp.fft.ifft2"),
    ("rfft2", ["f32[3,4]"], "jnp.fft.rfft2"), ("irfft2", ["c64[3,4]"], "jnp.fft.irfft2"), ("fftn", ["c64[2,3,2]"], "jnp.fft.fftn"), ("fftn_axes", ["c64[2,3,2]"], "lambda x: jnp.fft.fftn(x, axes=(2, 0))"),
    ("fftn_four", ["c64[2,3,2,2]"], "jnp.fft.fftn"), ("ifftn_five", ["c64[2,1,2,3,2]"], "jnp.fft.ifftn"), ("rfftn", ["f32[2,3,5]"], "jnp.fft.rfftn"), ("rfftn_four", ["f32[2,3,2,4]"], "jnp.fft.rfftn"),
    ("irfftn", ["c64[2,3,3]"], "jnp.fft.irfftn"), ("irfftn_four", ["c64[2,2,3,3]"], "jnp.fft.irfftn"),
    ("fftfreq", [], "jnp.fft.fftfreq(7, 0.5)"), ("fftfreq_even", [], "jnp.fft.fftfreq(8)"), ("rfftfreq", [], "jnp.fft.rfftfreq(7, 0.5)"), ("rfftfreq_even", [], "jnp.fft.rfftfreq(8)"),
    ("fftshift", ["f32[5]"], "jnp.fft.fftshift"), ("fftshift_2d", ["f32[3,4]"], "jnp.fft.fftshift"), ("fftshift_axis", ["f32[3,4]"], "lambda x: jnp.fft.fftshift(x, 1)"),
    ("ifftshift", ["f32[5]"], "jnp.fft.ifftshift"), ("ifftshift_2d", ["f32[3,4]"], "jnp.fft.ifftshift"),
]


def primitive(out):
    for part, whole in (("f32", "c64"), ("f64", "c128")):
        for kind in lf.FftType:
            for shape in ((1,), (2,), (3,), (4,), (2, 6), (3, 7), (16,), (30,), (11,), (13,), (17,), (23,), (2, 49), (64,), (100,), (2, 3, 4), (3, 4, 5)):
                for dims in (1, len(shape)) if len(shape) > 1 else (1,):
                    if len(shape) == 3 and dims == 1:
                        continue
                    real = shape[:-1] + (shape[-1] // 2 + 1,)
                    x = samples.regular(np.random.default_rng(golden.seed_of(f"fft {kind} {shape} {part}")), part if kind == lf.FftType.RFFT else whole,
                                        real if kind == lf.FftType.IRFFT else shape)
                    f = lambda a: lf.fft_p.bind(a, fft_type=kind, fft_lengths=shape[-dims:])
                    emit(out, "fft", f"{part} {kind.name} {shape} {dims}", f, [x], 1)


def functions(out):
    for name, types, source in CASES:
        rng = np.random.default_rng(golden.seed_of("jnp.fft " + name))
        f = eval(source)
        out.case(name).line("source", source)
        args = [jnp.asarray(operand(rng, t, name)) for t in types]
        for a in args:
            out.array("in", a)
        out.array("out", f(*args) if callable(f) else f)


if __name__ == "__main__":
    out = golden.GoldenFile("jnp/fft.tsv" if FUNCTIONS else "values/fft.tsv", not FUNCTIONS, "see FORMAT.md")
    (functions if FUNCTIONS else primitive)(out)
    out.close()
