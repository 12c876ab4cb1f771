"""Goldens of sorting: jnp/order.tsv, jaxpr/order.tsv, random/order.tsv (x64 off), values/order.tsv (x64 on)."""
import make_jnp  # sets the platform
import jax
import jax.numpy as jnp
import numpy as np
from jax import lax, random

import golden
import make_jaxprs
import make_random
import samples
from values import emit

V, M = "f32[7]", "f32[3,5]"
BOTH = [  # values and text; ! is not differentiable
    ("sort", [V], "jnp.sort"), ("sort_axis", [M], "lambda x: jnp.sort(x, axis=0)"), ("sort_descending", [M], "lambda x: jnp.sort(x, descending=True)"),
    ("sort_unstable", [M], "lambda x: jnp.sort(x, stable=False)"), ("sort_key_val", [V, V], "lambda x, y: lax.sort_key_val(x, y)"),
    ("sort_two_keys", [M, M], "lambda x, y: lax.sort((x, y), num_keys=2)"), ("top_k", [M], "lambda x: lax.top_k(x, 2)"),
    ("top_k_axis", [M], "lambda x: lax.top_k(x, 2, axis=0)[0]"), ("argsort!", [V], "jnp.argsort"), ("argsort_axis!", [M], "lambda x: jnp.argsort(x, axis=0)"),
    ("argsort_descending!", [M], "lambda x: jnp.argsort(x, descending=True)"), ("lexsort!", [V, V], "lambda x, y: jnp.lexsort((x, y))"),
    ("sort_i32!", ["i32[7]"], "jnp.sort"), ("sort_bool!", ["bool[7]"], "jnp.sort"), ("sort_complex!", ["c64[7]"], "lambda x: jnp.sort(x)")]
VALUES = [
    ("partition", [V], "lambda x: jnp.partition(x, 2)"), ("partition_axis", [M], "lambda x: jnp.partition(x, -1, axis=0)"), ("partition_u8", ["u8[9]"], "lambda x: jnp.partition(x, 3)"),
    ("argpartition", [V], "lambda x: jnp.argpartition(x, 2)"), ("argpartition_axis", ["i32[4,3]<3"], "lambda x: jnp.argpartition(x, 1, axis=0)"),
    ("median", [V], "jnp.median"), ("median_even", ["f32[6]"], "jnp.median"), ("median_axis", [M], "lambda x: jnp.median(x, axis=0)"),
    ("median_keepdims", ["f32[2,3,4]"], "lambda x: jnp.median(x, axis=(0, 2), keepdims=True)"), ("median_i32", ["i32[6]"], "jnp.median"), ("median_bf16", ["bf16[6]"], "jnp.median"),
    ("quantile", [V], "lambda x: jnp.quantile(x, 0.3)"), ("quantile_axis", [M], "lambda x: jnp.quantile(x, 0.3, axis=1)"),
    ("quantile_vector", [M], "lambda x: jnp.quantile(x, jnp.array([0.0, 0.4, 1.0]), axis=0)"), ("quantile_lower", [V], "lambda x: jnp.quantile(x, 0.4, method='lower')"),
    ("quantile_higher", [V], "lambda x: jnp.quantile(x, 0.4, method='higher')"), ("quantile_nearest", [V], "lambda x: jnp.quantile(x, 0.4, method='nearest')"),
    ("quantile_nan", [], "jnp.quantile(jnp.array([[1.0, jnp.nan], [2.0, 3.0]]), 0.5, axis=1)"), ("percentile", [M], "lambda x: jnp.percentile(x, 65.0, axis=1)"),
    ("searchsorted", ["f32[9]", "f32[4]"], "lambda x, y: jnp.searchsorted(jnp.sort(x), y)"), ("searchsorted_right", ["i32[9]<4", "i32[2,3]<5"], "lambda x, y: jnp.searchsorted(jnp.sort(x), y, side='right')"),
    ("searchsorted_left", ["i32[9]<4", "i32[2,3]<5"], "lambda x, y: jnp.searchsorted(jnp.sort(x), y)"),
    ("searchsorted_nan", [], "jnp.searchsorted(jnp.array([-jnp.inf, 0.0, 1.0, jnp.nan]), jnp.array([jnp.nan, jnp.inf, 0.0, -0.0, -jnp.inf]))"),
    ("searchsorted_nan_right", [], "jnp.searchsorted(jnp.array([-jnp.inf, 0.0, 1.0, jnp.nan]), jnp.array([jnp.nan, jnp.inf, 0.0, -0.0, -jnp.inf]), side='right')"),
    ("searchsorted_empty", ["f32[3]"], "lambda x: jnp.searchsorted(jnp.zeros(0), x)"), ("digitize", ["f32[5]"], "lambda x: jnp.digitize(x, jnp.array([-1.0, 0.0, 0.5]))"),
    ("digitize_falling", ["f32[5]"], "lambda x: jnp.digitize(x, jnp.array([0.5, 0.0, -1.0]), right=True)"),
    ("sort_special", [], "jnp.sort(jnp.array([jnp.nan, 1.0, -0.0, 0.0, -jnp.inf, jnp.inf, -jnp.nan, -1.0]))"),
    ("argsort_special", [], "jnp.argsort(jnp.array([jnp.nan, 1.0, 0.0, -0.0, -jnp.inf, jnp.inf, -jnp.nan, -1.0]))"),
    ("argsort_special_descending", [], "jnp.argsort(jnp.array([jnp.nan, 1.0, 0.0, -0.0, -jnp.inf, 1.0, -jnp.nan, -1.0]), descending=True)"),
    ("argsort_complex", ["c64[6]"], "lambda x: jnp.argsort(jnp.concatenate([x, x]))"), ("lexsort_ties", ["i32[9]<3", "i32[9]<2"], "lambda x, y: jnp.lexsort((x, y))"),
    ("sort_long", ["f32[700]"], "jnp.sort"), ("argsort_long", ["i32[700]<50"], "jnp.argsort"), ("top_k_long", ["f32[2,900]"], "lambda x: lax.top_k(x, 5)[0]"),
    ("top_k_ties", ["i32[900]<20"], "lambda x: lax.top_k(x, 70)")]


def plain():
    out = golden.GoldenFile("jnp/order.tsv", False, "see FORMAT.md")
    for name, types, source in BOTH + VALUES:
        make_jnp.write(out, name.rstrip("!"), types, source)
    out.close()
    out = golden.GoldenFile("jaxpr/order.tsv", False, "see FORMAT.md and NOTES.md for the normaliser")
    for name, types, source in BOTH:
        make_jaxprs.forward(out, name.rstrip("!"), types, source)
        if not name.endswith("!"):
            make_jaxprs.pushed(out, name, types, source)
        make_jaxprs.batched(out, name.rstrip("!"), types, source)
    out.close()


def case(out, name, key, fn, result, **params):
    out.case(name).line("fn", fn)
    out.array("key", make_random.data(key))
    for k, v in params.items():
        if isinstance(v, np.ndarray):
            out.line("param", k, golden.type_text(v), golden.elements(v))
        else:
            out.line("param", k, v)
    make_random.result(out, result, True)


def draws():
    out = golden.GoldenFile("random/order.tsv", False, "see FORMAT.md")
    key = random.key(42)
    put = lambda label, fn, result, **params: case(out, f"{fn}/{label}", key, fn, result, **params)
    for n in (0, 1, 2, 7, 100, 5000):
        put(n, "permutation", random.permutation(key, n), n=n)
    for shape, axis in (((5,), 0), ((4, 3), 0), ((4, 3), 1), ((2, 3, 4), -2)):
        x = np.arange(np.prod(shape), dtype=np.float32).reshape(shape)
        for independent in (False, True):
            put(f"{shape} {axis} {independent}", "permutation", random.permutation(key, x, axis, independent), x=x, axis=axis, independent=independent)
    p = np.array([0.1, 0.0, 0.4, 0.2, 0.05, 0.25], np.float32)
    for shape in ((), (5,), (2, 3)):
        for replace in (True, False):
            for weights in (None, p):
                extra = {} if weights is None else {"p": weights}
                label = f"{shape} {replace} {weights is not None}"
                size = "(" + ",".join(map(str, shape)) + ")"
                if replace or weights is None or np.prod(shape) <= 5:
                    put(f"6 {label}", "choice", random.choice(key, 6, shape, replace, weights), n=6, shape=size, replace=replace, **extra)
                for dims, axis in (((6,), 0), ((2, 6), 1)):
                    x = np.arange(np.prod(dims), dtype=np.float32).reshape(dims)
                    if replace or weights is None or np.prod(shape) <= 5:
                        put(f"{dims} {label}", "choice", random.choice(key, x, shape, replace, weights, axis), x=x, axis=axis, shape=size, replace=replace, **extra)
    many = np.linspace(0.1, 1, 1001).astype(np.float32)
    put("1001 weights", "choice", random.choice(key, 1001, (50,), True, many), n=1001, shape="(50)", replace=True, p=many)
    out.close()


def primitives():
    jax.config.update("jax_enable_x64", True)
    out = golden.GoldenFile("values/order.tsv", True, "see FORMAT.md")
    for dt in golden.ALL:
        order = 2 if dt in ("f32", "f64", "c64") else 0
        for shape, dim in (((9,), 0), ((3, 4), 0), ((2, 3, 4), 1), ((2, 5), 1)) if order else (((9,), 0), ((3, 4), 1)):
            rng = np.random.default_rng(golden.seed_of(f"sort {dt} {shape} {dim}"))
            x = samples.distinct(rng, dt, shape) if dt in golden.FLOATS else samples.regular(rng, dt, shape, -2, 2)
            emit(out, "sort", f"{dt} {shape} {dim}", lambda a: lax.sort(a, dim), [x], order)
            y = samples.regular(rng, "f32", shape)
            emit(out, "sort", f"{dt} {shape} {dim} and f32", lambda a, b: lax.sort((a, b), dim), [x, y], order)
            if dt not in golden.COMPLEX:
                emit(out, "top_k", f"{dt} {shape} {dim}", lambda a: lax.top_k(a, 2, axis=dim), [x])
    row = np.array([np.nan, 1.0, -0.0, 0.0, -np.inf, np.inf, 1.0, -1.0, 0.0, -0.0])
    for dt in golden.FLOATS:
        x = row.astype(golden.np_dtype(dt))
        i = np.arange(10, dtype=np.int32)
        emit(out, "sort", f"{dt} special", lambda a, b: lax.sort((a, b), 0), [x, i])
        emit(out, "sort", f"{dt} special, two keys", lambda a, b: lax.sort((a, b), 0, num_keys=2), [x, i[::-1].copy()])
        emit(out, "top_k", f"{dt} special", lambda a: lax.top_k(a, 10), [x])
    emit(out, "sort", "i32 f64 bool, two keys", lambda a, b, c: lax.sort((a, b, c), 0, num_keys=2),
         [np.array([3, 1, 3, 1], np.int32), np.array([2.0, 1.0, 1.0, 0.5]), np.array([True, False, True, False])])
    emit(out, "sort", "f32 empty", lambda a: lax.sort(a, 1), [np.zeros((2, 0), np.float32)])
    emit(out, "top_k", "f32 none", lambda a: lax.top_k(a, 0), [np.ones((2, 3), np.float32)])
    out.close()


if __name__ == "__main__":
    jax.config.update("jax_enable_x64", False)  # make_random turns it on
    plain()
    draws()
    primitives()
