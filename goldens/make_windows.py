"""Goldens of cumulative functions, values/cumulative.tsv, and of reductions of windows and general reductions, values/windows.tsv;
with `functions`: their text, jaxpr/windows.tsv."""
import os
import sys

os.environ["JAX_PLATFORMS"] = "cpu"
import jax

FUNCTIONS = sys.argv[1:] == ["functions"]
jax.config.update("jax_enable_x64", True)
import numpy as np
from jax import lax
from jax._src.lax import windowed_reductions as wr

import golden
import make_jaxprs
import samples
from make_structural import order_for, rng_of
from values import emit

CUMULATIVE = {"cumsum": lax.cumsum, "cumprod": lax.cumprod, "cummax": lax.cummax, "cummin": lax.cummin, "cumlogsumexp": lax.cumlogsumexp}


def cumulative(out):
    for name, f in CUMULATIVE.items():
        floats = ["bf16", "f16", "f32", "f64"]
        complexes = ["c64"] if name in ("cumsum", "cumprod", "cumlogsumexp") else []
        types = floats + complexes + ([] if name == "cumlogsumexp" else ["i8", "i32", "u8", "i64"])
        for dt in types:
            for shape, axis in (((7,), 0), ((3, 4), 0), ((3, 4), 1), ((2, 5, 2), 1), ((1, 3), 0), ((0, 2), 0), ((40,), 0)):
                if dt != "f32" and (shape, axis) != ((3, 4), 0):
                    continue
                for reverse in (False, True):
                    x = samples.regular(rng_of(f"{name} {dt} {shape}"), dt, shape, -2, 2)
                    second = 2 if name in ("cumsum", "cumprod", "cumlogsumexp") and shape in ((7,), (3, 4)) else 1
                    order = order_for(dt, second) if dt == "f32" or not reverse else 0
                    g = lambda a: f(a, axis=axis, reverse=reverse)
                    emit(out, name, f"{dt} {shape} {axis} {reverse}", g, [x], order)
        for label, row in (("ties", [1.0, 3.0, 3.0, -2.0, 3.0]), ("nan", [1.0, np.nan, 3.0]), ("infinities", [1.0, -np.inf, 2.0, np.inf, 5.0]),
                           ("zeros", [0.0, -0.0, 0.0]), ("two zeros", [2.0, 0.0, 3.0, 0.0])):
            g = lambda a: f(a, axis=0)
            emit(out, name, f"f32 {label}", g, [np.array(row, np.float32)], 1 if label in ("ties", "two zeros") and name != "cumlogsumexp" else 0)


WINDOWS = [  # shape, dimensions, strides, padding, base dilation, window dilation
    ((7,), (3,), (2,), ((1, 2),), (1,), (1,)), ((4,), (3,), (2,), ((1, 0),), (3,), (1,)), ((5, 4), (2, 2), (2, 1), ((0, 1), (1, 0)), (1, 1), (1, 1)),
    ((3, 3), (2, 2), (1, 2), ((1, 1), (0, 1)), (2, 1), (1, 2)), ((2, 4, 4, 3), (1, 2, 2, 1), (1, 2, 2, 1), ((0, 0),) * 4, (1,) * 4, (1,) * 4),
    ((5, 4), (2, 2), (1, 2), ((-1, 1), (0, 0)), (1, 1), (1, 1)), ((6, 9), (5, 6), (1, 2), ((2, 2), (3, 3)), (1, 1), (1, 1))]
REDUCTIONS = {"reduce_window_sum": wr._reduce_window_sum, "reduce_window_max": wr._reduce_window_max, "reduce_window_min": wr._reduce_window_min}


def windows(out):
    for name, f in REDUCTIONS.items():
        for dt in ["f32", "f64", "i32"] + (["c64"] if name == "reduce_window_sum" else []):
            for shape, *window in WINDOWS if dt == "f32" else WINDOWS[2:3]:
                rng = rng_of(f"{name} {dt} {shape}")
                x = samples.distinct(rng, dt, shape) if dt in golden.FLOATS else samples.regular(rng, dt, shape, -2, 2)
                # of maxima, JAX transposes neither dilated windows nor trimmed arrays
                closed = any(d != 1 for d in window[4]) or any(p < 0 for pair in window[2] for p in pair)
                sums = name == "reduce_window_sum"
                order = order_for(dt, 2 if sums else 0 if closed else 1)
                emit(out, name, f"{dt} {shape} {window}", lambda a: f(a, *window), [x], order)
        if name != "reduce_window_sum":
            for label, row in (("ties", [1.0, 3.0, 3.0, -2.0, -2.0, 3.0]), ("infinities", [-np.inf, -np.inf, np.inf, np.inf])):
                g = lambda a: f(a, (2,), (1,), ((0, 0),))
                emit(out, name, f"f32 {label}", g, [np.array(row, np.float32)], 1)
            g = lambda a: f(a, (2,), (1,), ((0, 0),))
            emit(out, name, "f32 nan", g, [np.array([1.0, np.nan, 3.0, 4.0], np.float32)])


def selections(out):
    for prim in (lax.ge_p, lax.le_p):
        for dt in ("f32",):
            for shape, dims, strides, padding, base, dilation in WINDOWS[:6]:
                rng = rng_of(f"selection {dt} {shape} {dims}")
                x, t = samples.distinct(rng, dt, shape), samples.regular(rng, dt, shape, -2, 2)
                g = lambda a, b: wr._select_and_gather_add(a, b, prim, dims, strides, padding, base, dilation)
                plain = all(d == 1 for d in dilation) and all(p >= 0 for pair in padding for p in pair)
                emit(out, "select_and_gather_add", f"{dt} {prim} {shape} {dims} {strides} {base} {dilation}", g, [t, x], 1 if plain else 0, active=[0])
                if not plain or any(d != 1 for d in base):
                    continue
                stops = jax.eval_shape(g, t, x).shape
                s = samples.regular(rng, dt, stops, -2, 2)
                h = lambda a, b: wr._select_and_scatter_add(a, b, prim, dims, strides, padding)
                emit(out, "select_and_scatter_add", f"{dt} {prim} {shape} {dims} {strides}", h, [s, x], 1, active=[0])
    ties = np.array([3.0, 3.0, 1.0, 1.0, 3.0], np.float32)
    for prim in (lax.ge_p, lax.le_p):
        h = lambda a, b: wr._select_and_scatter_add(a, b, prim, (3,), (2,), ((0, 0),))
        emit(out, "select_and_scatter_add", f"f32 {prim} ties", h, [np.array([10.0, 20.0], np.float32), ties])


BODIES = {"add": lax.add, "mul": lax.mul, "max": lax.max, "affine": lambda a, b: a + b + a * b, "logaddexp": lambda a, b: lax.log(lax.exp(a) + lax.exp(b))}
INITS = {"add": 1.0, "mul": 2.0, "max": 0.5, "affine": 0.0, "logaddexp": -50.0}


def general(out):
    """The functions are known to the test by their names in the cases' labels."""
    for name, body in BODIES.items():
        for dt in ("f32",):
            init = np.array(INITS[name], golden.np_dtype(dt))
            # a sum from 1 shows how often the initial value counts, which is open for many dimensions
            for shape, axes in (((4, 3), (0,)), ((2, 3, 2), (0, 2))):
                x = samples.regular(rng_of(f"reduce {name} {dt} {shape}"), dt, shape, 0.2, 1)
                g = lambda a, i: lax.reduce(a, i, lambda p, q: body(p, q), axes)
                emit(out, "reduce", f"{name} {dt} {shape} {axes}", g, [x, init], 2 if name in ("affine", "logaddexp") else 0, active=[0])
            for shape, *window in WINDOWS[:2]:
                x = samples.regular(rng_of(f"reduce_window {name} {dt} {shape}"), dt, shape, 0.2, 1)
                g = lambda a, i: lax.reduce_window(a, i, lambda p, q: body(p, q), *window)
                emit(out, "reduce_window", f"{name} {dt} {shape} {window}", g, [x, init])


def precision(out):
    for dt in ("f32", "f64"):
        for exponent, mantissa in ((5, 10), (8, 7), (4, 3)):
            x = samples.regular(rng_of(f"reduce_precision {dt}"), dt, (12,), -9, 9)
            g = lambda a: lax.reduce_precision(a, exponent, mantissa)
            emit(out, "reduce_precision", f"{dt} e{exponent}m{mantissa}", g, [x], order_for(dt))


W = "lax.reduce_window(x, "
CASES = [  # ! has no derivatives
    *[(f"lax_{f}", ["f32[3,4]"], f"lambda x: lax.{f}(x, axis=1)") for f in CUMULATIVE], *[(f"lax_{f}_reverse", ["f32[7]"], f"lambda x: lax.{f}(x, reverse=True)") for f in CUMULATIVE],
    ("lax_cumsum_i32!", ["i32[4]"], "lambda x: lax.cumsum(x)"), ("lax_cumsum_one", ["f32[1,3]"], "lambda x: lax.cumsum(x)"),
    ("window_sum", ["f32[7]"], f"lambda x: {W}0.0, lax.add, (3,), (2,), [(1, 2)])"), ("window_sum_two", ["f32[5,4]"], f"lambda x: {W}0.0, lax.add, (2, 2), (2, 1), [(0, 1), (1, 0)])"),
    ("window_sum_dilated", ["f32[3,3]"], f"lambda x: {W}0.0, lax.add, (2, 2), (1, 2), [(1, 1), (0, 1)], (2, 1), (1, 2))"), ("window_sum_trimmed", ["f32[6]"], f"lambda x: {W}0.0, lax.add, (2,), (1,), [(-1, 1)])"),
    ("window_max", ["f32[7]"], f"lambda x: {W}-jnp.inf, lax.max, (3,), (2,), [(1, 2)])"), ("window_max_two", ["f32[2,4,4,3]"], f"lambda x: {W}-jnp.inf, lax.max, (1, 2, 2, 1), (1, 2, 2, 1), 'VALID')"),
    ("window_max_same", ["f32[5,4]"], f"lambda x: {W}-jnp.inf, lax.max, (2, 3), (2, 1), 'SAME')"), ("window_min", ["f32[7]"], f"lambda x: {W}jnp.inf, lax.min, (3,), (2,), [(1, 2)])"),
    ("window_min_dilated", ["f32[3,3]"], f"lambda x: {W}jnp.inf, lax.min, (2, 2), (1, 2), [(1, 1), (0, 1)], (2, 1), (1, 2))"), ("window_max_i32!", ["i32[5]"], f"lambda x: {W}np.int32(-2**31), lax.max, (2,), (1,), 'VALID')"),
    ("window_mul!", ["f32[5]"], f"lambda x: {W}1.0, lax.mul, (2,), (1,), [(0, 1)])"), ("window_own!", ["f32[5,3]"], f"lambda x: {W}0.0, lambda a, b: a + b + a * b, (2, 1), (1, 2), 'VALID')"),
    ("reduce_own!", ["f32[5,3]"], "lambda x: lax.reduce(x, np.float32(0), lambda a, b: a + b + a * b, (0,))"), ("reduce_two!", ["f32[5,3]", "f32[5,3]"], "lambda x, y: lax.reduce((x, y), (np.float32(0), np.float32(1)), lambda a, b: (a[0] + b[0], a[1] * b[1]), (1,))"),
    ("grad_window_max", ["f32[6]"], f"jax.grad(lambda x: ({W}-jnp.inf, lax.max, (2,), (2,), 'VALID')).sum())"), ("grad_window_sum", ["f32[6]"], f"jax.grad(lambda x: (x * {W}0.0, lax.add, (2,), (1,), [(0, 1)])).sum())"),
    ("reduce_precision", ["f32[3]"], "lambda x: lax.reduce_precision(x, 5, 10)"), ("clamp_arrays", ["f32[3]", "f32[3]", "f32[3]"], "lax.clamp"), ("select_n_three", ["i32[3]", "f32[3]", "f32[3]"], "lambda i, x, y: lax.select_n(i, x, y, x)")]


def jaxprs():
    jax.config.update("jax_enable_x64", False)
    out = golden.GoldenFile("jaxpr/windows.tsv", False, "see FORMAT.md and NOTES.md for the normaliser")
    for name, types, source in CASES:
        make_jaxprs.forward(out, name.rstrip("!"), types, source)
        if not name.endswith("!"):
            make_jaxprs.pushed(out, name, types, source)
        make_jaxprs.batched(out, name.rstrip("!"), types, source)
    out.close()


def main():
    os.makedirs("values", exist_ok=True)
    for path, parts in (("cumulative", [cumulative]), ("windows", [windows, selections, general, precision])):
        out = golden.GoldenFile(f"values/{path}.tsv", True, "see FORMAT.md")
        for write in parts:
            write(out)
        out.close()


if __name__ == "__main__":
    jaxprs() if FUNCTIONS else main()
