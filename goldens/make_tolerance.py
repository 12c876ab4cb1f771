"""values/tolerance.tsv: how far JAX itself is from the true value, per operation and dtype, and what a comparison may allow."""
import os

os.environ["JAX_PLATFORMS"] = "cpu"
import jax

jax.config.update("jax_enable_x64", True)
import jax.numpy as jnp
import mpmath
import numpy as np

import golden
import samples
from make_elementwise import BINARY, UNARY

mpmath.mp.prec = 160
OURS = {"f16": 1.0, "bf16": 1.0, "f32": 1.5, "f64": 2.0}  # the bounds of our own functions, in ULP
POINTS = {"f16": 300, "bf16": 300, "f32": 2000, "f64": 2000}
WIDE = {"exp": (-80, 80), "exp2": (-120, 120), "log": (1e-30, 1e30), "sqrt": (1e-30, 1e30), "rsqrt": (1e-30, 1e30), "cbrt": (-1e30, 1e30),
        "sin": (-1000, 1000), "cos": (-1000, 1000), "tan": (-1000, 1000), "atan": (-1e4, 1e4), "sinh": (-80, 80), "cosh": (-80, 80),
        "tanh": (-10, 10), "asinh": (-1e6, 1e6), "acosh": (1, 1e6), "erf": (-4, 4), "erfc": (-4, 8), "logistic": (-80, 80), "log1p": (-0.99, 1e6)}
TRUE = {
    "exp": mpmath.exp, "exp2": lambda x: mpmath.power(2, x), "expm1": mpmath.expm1, "log": mpmath.log, "log1p": mpmath.log1p,
    "sqrt": mpmath.sqrt, "rsqrt": lambda x: 1 / mpmath.sqrt(x), "cbrt": lambda x: mpmath.sign(x) * mpmath.cbrt(abs(x)),
    "sin": mpmath.sin, "cos": mpmath.cos, "tan": mpmath.tan, "asin": mpmath.asin, "acos": mpmath.acos, "atan": mpmath.atan,
    "sinh": mpmath.sinh, "cosh": mpmath.cosh, "tanh": mpmath.tanh, "asinh": mpmath.asinh, "acosh": mpmath.acosh, "atanh": mpmath.atanh,
    "logistic": lambda x: 1 / (1 + mpmath.exp(-x)), "erf": mpmath.erf, "erfc": mpmath.erfc, "erf_inv": mpmath.erfinv,
    "atan2": mpmath.atan2, "pow": mpmath.power, "div": lambda a, b: a / b,
}
EXACT_TYPES = {"neg", "abs", "sign", "square", "floor", "ceil", "add", "sub", "mul", "rem", "max", "min", "nextafter"}


def ulps(x, true):
    """|x - true| in units of the spacing of x's dtype at the true value (at least the smallest normal's)."""
    name = golden.name_of(x.dtype)
    digits = -int(np.log2(samples.EPS[name])) + 1
    least = mpmath.mpf(samples.TINY[name]) * samples.EPS[name]
    worst = 0.0
    for value, t in zip(x.reshape(-1), true):
        spacing = max(mpmath.ldexp(1, int(mpmath.floor(mpmath.log(abs(t), 2))) - digits + 1) if t else least, least)
        worst = max(worst, float(abs(mpmath.mpf(float(value)) - t) / spacing))
    return worst


def points(rng, name, dt, domain, n):
    lo, hi = WIDE.get(name, domain)
    if dt == "f16":
        lo, hi = max(lo, -10), min(hi, 10)
        lo = 0.01 if 0 < lo < 0.01 else lo
    if lo > 0 and hi / lo > 1e3:
        x = np.exp(rng.uniform(np.log(lo), np.log(hi), n))
    else:
        x = np.concatenate([rng.uniform(lo, hi, n // 2), rng.uniform(*domain, n - n // 2)])
    return x.astype(golden.np_dtype(dt))


def measured(name, f, domain, arity, dt):
    rng = np.random.default_rng(golden.seed_of(name))
    args = [points(rng, name, dt, domain, POINTS[dt]) for _ in range(arity)]
    if name == "acosh":
        args = [np.maximum(a, a.dtype.type(1)) for a in args]
    result = np.asarray(f(*map(jnp.asarray, args)))
    true = [TRUE[name](*(mpmath.mpf(float(v)) for v in row)) for row in zip(*args)]
    return ulps(result, true)


def main():
    out = golden.GoldenFile("values/tolerance.tsv", True, "tolerance: operation, dtype, JAX's largest error in ULP on random points, ULP that a comparison with JAX may allow")
    for table, arity in ((UNARY, 1), (BINARY, 2)):
        for name, (f, domain, _) in table.items():
            for dt in golden.FLOATS:
                if name in EXACT_TYPES:
                    out.line("tolerance", name, dt, "0", "0")
                elif name in TRUE:
                    jax_error = measured(name, f, domain, arity, dt)
                    out.line("tolerance", name, dt, f"{jax_error:.2f}", f"{jax_error + OURS[dt] + 0.5:.1f}")
    for name in ("integer_pow", "reduce_sum", "reduce_prod", "dot_general"):
        out.line("tolerance", name, "any", "-", "n*eps of the sum of magnitudes (integer_pow: y roundings)")
    out.close()


if __name__ == "__main__":
    main()
