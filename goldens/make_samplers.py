"""Goldens of jax.random's distributions with parameters: random/continuous.tsv, gammas.tsv, made_of_gammas.tsv, counts.tsv, and of jax.nn: initializers.tsv. f64 and i64 with 64-bit types on, the others without."""
import os
import sys

os.environ["JAX_PLATFORMS"] = "cpu"
import jax
import jax.numpy as jnp
import numpy as np
from jax import random

import golden

NARROW = ["f32", "f64"]


def wide(dtype):
    return dtype in ("f64", "i64", "u64", "c128")


def case(out, fn, seed, dtype, shape, params, call, grads=()):
    """`call(key, params, shape, dtype)`; `grads` are the parameters that a tangent of ones goes in at."""
    with jax.enable_x64(wide(dtype)):
        key = random.wrap_key_data(jnp.asarray([0, seed], jnp.uint32))
        params = [jnp.asarray(p) for p in params]
        run = lambda *ps: call(key, ps, shape, golden.np_dtype(dtype))

        def all_of(*ps):
            tangents = [jax.jvp(run, ps, tuple(jnp.ones_like(p) if i == j else jnp.zeros_like(p) for j, p in enumerate(ps)))[1] for i in grads]
            return run(*ps), tangents

        x, tangents = jax.jit(all_of)(*params)
        text = ",".join(map(str, shape))
        out.case(f"{fn}/{dtype} {seed} ({text}) {' '.join(golden.type_text(np.asarray(p)) for p in params)}").line("fn", fn)
        out.line("seed", seed)
        out.line("dtype", dtype)
        out.line("shape", f"({text})")
        for p in params:
            out.array("in", p)
        out.array("out", x)
        for i, t in zip(grads, tangents):
            out.line("grad", i, golden.type_text(np.asarray(t)), golden.elements(t))


def plain(fn):
    return lambda k, p, s, t: getattr(random, fn)(k, *p, shape=s, dtype=t)


def table(out, fn, params, dtypes=("f32", "f64"), grads=("f32",), call=None):
    """Every set of parameters as arrays, the first one along rows, the others along columns; in f16 and bf16 the first set."""
    call = call or plain(fn)
    for dtype in dtypes:
        real = golden.np_dtype(dtype if dtype in golden.FLOATS else "f64" if wide(dtype) else "f32")
        if dtype in ("f16", "bf16"):
            case(out, fn, 0, dtype, (7,), [np.asarray(p, real) for p in params[0]], call)
            continue
        n = len(params)
        arrays = [np.asarray(c, real) for c in zip(*params)]
        if arrays:
            arrays[0] = arrays[0][:, None]
        shape = (max(n, 2), max(n, 3)) if n == 1 else (n, n)
        case(out, fn, 42, dtype, shape, arrays, call, range(len(arrays)) if dtype in grads else ())


def continuous(out):
    for fn in ("cauchy", "laplace", "logistic", "maxwell"):
        table(out, fn, [()], golden.FLOATS)
    table(out, "lognormal", [(0.5,), (2.0,)])
    table(out, "pareto", [(0.7,), (3.0,)])
    table(out, "rayleigh", [(0.5,), (4.0,)])
    table(out, "wald", [(0.3,), (2.5,), (9.0,)])
    table(out, "triangular", [(-1.0, 0.0, 2.0), (-0.5, 0.5, 3.5)])
    table(out, "weibull_min", [(1.0, 2.0), (0.5, 0.7)])
    table(out, "double_sided_maxwell", [(0.5, 2.0), (-3.0, 1.0)])
    table(out, "truncated_normal", [(-1.0, 2.0), (0.5, 0.75)])
    for t, n, m, shape in (("f32", 3, 3, ()), ("f64", 4, 2, (2,)), ("f32", 2, 4, ()), ("c64", 2, 2, ())):
        case(out, "orthogonal", 1, t, shape, [np.int32(n), np.int32(m)], lambda k, p, s, d, n=n, m=m: random.orthogonal(k, n, s, d, m))
    mean = np.array([1.0, -2.0, 0.5], np.float32)
    cov = np.array([[2.0, 0.3, 0.1], [0.3, 1.0, -0.2], [0.1, -0.2, 0.5]], np.float32)
    case(out, "multivariate_normal", 3, "f32", (4,), [mean, cov], plain("multivariate_normal"), (0, 1))
    many = np.stack([mean, 2 * mean])[:, None].astype(np.float64), np.stack([cov, 2 * cov, 3 * cov]).astype(np.float64)
    case(out, "multivariate_normal", 4, "f64", (2, 3), many, plain("multivariate_normal"))


def gammas(out):
    a = [(0.05,), (0.9,), (1.0,), (20.0,)]
    table(out, "gamma", a)
    table(out, "loggamma", a, ["f32"])
    table(out, "beta", [(0.02, 0.03), (2.0, 0.7), (30.0, 5.0)], ["f32"])


def made_of_gammas(out):
    table(out, "chisquare", [(0.5,), (7.0,)], ["f32"], ())
    table(out, "t", [(0.8,), (7.0,)], ["f64"], ())
    freedom = [np.array([[2.0], [20.0]], np.float32), np.array([[9.0, 5.0]], np.float32)]
    case(out, "f", 42, "f32", (2, 2), freedom, plain("f"))
    alpha = np.array([[0.1, 2.0, 5.0], [1.0, 1.0, 0.01]], np.float32)
    case(out, "dirichlet", 0, "f32", (2,), [alpha], plain("dirichlet"))
    for t, p in (("f32", 3.5), ("f64", 0.5)):
        power = [np.asarray(p, golden.np_dtype(t))]
        for fn, call in (("generalized_normal", lambda k, q, s, d: random.generalized_normal(k, p, s, d)), ("ball", lambda k, q, s, d: random.ball(k, 3, p, s, d))):
            case(out, fn, 2, t, (4,), power, call)


def counts(out):
    for dtype in ("i8", "i64", "f32"):
        case(out, "rademacher", 4, dtype, (9,), [], plain("rademacher"))
    table(out, "geometric", [(0.1,), (0.5,), (0.99,)], ["i8", "i32", "i64"])
    table(out, "poisson", [(0.0,), (0.3,), (4.0,), (10.0,), (90.0,), (np.nan,)], ["i8", "i32", "u32", "i64"])
    case(out, "poisson", 5, "i32", (2, 4), [np.array([[1234.5], [2e4]], np.float32)], plain("poisson"))
    table(out, "binomial", [(10.0, 0.3), (5.0, 0.9), (100.0, 0.4), (1000.0, 0.7), (0.0, 0.5), (40.5, 1.0), (8.0, 0.0)], NARROW, ())
    odd = [(-1.0, np.nan), (np.inf, -0.5), (np.inf, 0.25), (np.nan, 0.5), (7.0, np.nan), (50.0, 1.5), (300.0, 0.5)]  # JAX never returns from (inf, 0)
    for t in NARROW:
        case(out, "binomial", 8, t, (7,), [np.array(c, golden.np_dtype(t)) for c in zip(*odd)], plain("binomial"))
    for t, n, shape in (("f32", np.array([100, 5], np.float32), (2, 3)), ("f64", np.float64(50), (4, 2, 3))):
        p = np.array([[0.2, 0.3, 0.5], [0.0, 1.0, 0.0]], golden.np_dtype(t))
        case(out, "multinomial", 6, t, shape, [n, p], lambda k, q, s, d: random.multinomial(k, q[0], q[1], shape=s, dtype=d))


def initializers(out):
    I = jax.nn.initializers
    call = lambda init: lambda k, p, s, d: init(k, s, d)
    fans = dict(in_axis=0, out_axis=(1, 3), batch_axis=2)
    table = {
        "uniform": I.uniform(0.5), "normal": I.normal(), "truncated_normal": I.truncated_normal(2.0, lower=-1.0, upper=3.0),
        "glorot_uniform": I.glorot_uniform(), "glorot_normal": I.glorot_normal(), "lecun_uniform": I.lecun_uniform(), "lecun_normal": I.lecun_normal(),
        "he_uniform": I.he_uniform(), "he_normal": I.he_normal(), "orthogonal": I.orthogonal(2.0, 0), "fan_out": I.variance_scaling(3.0, "fan_out", "normal"),
    }
    for fn, init in table.items():
        case(out, fn, 1, "f32", (4, 3), [], call(init))
    case(out, "lecun_normal", 1, "bf16", (4, 3), [], call(I.lecun_normal()))
    case(out, "lecun_uniform", 1, "f64", (4, 3), [], call(I.lecun_uniform()))
    for fn in ("he_uniform", "he_normal"):
        case(out, fn, 2, "c64", (3, 2), [], call(getattr(I, fn)()))
    case(out, "fans", 2, "f32", (2, 3, 2, 2), [], call(I.variance_scaling(2.0, "fan_geo_avg", "uniform", **fans)))
    case(out, "delta_orthogonal", 3, "f32", (3, 2, 2, 3), [], call(I.delta_orthogonal()))
    x = np.array([-np.inf, -3.0, -1.0, -0.4, 0.0, 0.2, 0.69, 1.0, 2.5, 7.0, 90.0, np.inf, np.nan], np.float32)
    for fn in ("sparse_plus", "sparse_sigmoid", "hard_silu", "log1mexp"):
        case(out, fn, 0, "f32", (), [np.abs(x) if fn == "log1mexp" else x], lambda k, p, s, d: getattr(jax.nn, fn)(p[0]), (0,))
    case(out, "logmeanexp", 0, "f32", (), [np.array([[1.0, 800.0, 3.0], [-np.inf, -5.0, -900.0]], np.float32)], lambda k, p, s, d: jax.nn.logmeanexp(p[0], 1), (0,))


def main():
    assert jax.config.jax_threefry_partitionable and jax.config.jax_default_prng_impl == "threefry2x32"
    note = "64-bit types are on where a type has 64 bits, else off; see FORMAT.md"
    for write in (continuous, gammas, made_of_gammas, counts, initializers):
        if not sys.argv[1:] or write.__name__ in sys.argv[1:]:
            out = golden.GoldenFile(f"random/{write.__name__}.tsv", True, note)
            write(out)
            out.close()


if __name__ == "__main__":
    main()
