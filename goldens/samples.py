"""Sample operands for the value goldens: every number is made from the seed that the case's name gives."""
import numpy as np

import golden

TINY = {"f16": 6.104e-05, "bf16": 1.1754943508222875e-38, "f32": 1.1754943508222875e-38, "f64": 2.2250738585072014e-308}
MAX = {"f16": 65504.0, "bf16": 3.3895313892515355e38, "f32": 3.4028234663852886e38, "f64": 1.7976931348623157e308}
EPS = {"f16": 2.0**-10, "bf16": 2.0**-7, "f32": 2.0**-23, "f64": 2.0**-52}
PART = {"c64": "f32", "c128": "f64"}

# On and beside the branch cuts; infinities are left out: XLA's complex functions disagree there among themselves.
COMPLEX_POINTS = [0j, 1, -1, 1j, -1j, 1 + 1j, 1 - 2j, -1.5 + 0.5j, complex(-2, 0.0), complex(-2, -0.0), complex(2, 0.0),
                  complex(2, -0.0), complex(0.0, 2), complex(-0.0, 2), complex(0.0, -2), complex(-0.5, -0.0), 3 - 4j, 1e-3 + 1e-3j]


def specials(dt):
    """Zeros, ones, halves, limits, infinities and NaN; no subnormals: XLA's CPU backend flushes them."""
    t = golden.np_dtype(dt)
    if dt == "bool":
        return np.array([False, True])
    if dt in golden.COMPLEX:
        return np.array(COMPLEX_POINTS, t)
    if dt in golden.INTS:
        lo, hi = np.iinfo(t).min, np.iinfo(t).max
        small = [0, 1, 2, 7, 100] + ([-1, -2, -7] if lo < 0 else [])
        return np.array(sorted({*small, lo, lo + 1, hi - 1, hi}), t)
    row = [0.0, 1.0, 0.5, 1.5, 2.5, 2.0, 3.0, 10.0, 100.0, 0.25, np.pi / 2, np.pi, MAX[dt], TINY[dt] * 2, EPS[dt], 1 + EPS[dt], 1 - EPS[dt] / 2, np.inf]
    with np.errstate(over="ignore"):
        return np.array([s * v for v in row for s in (1, -1)] + [np.nan], t)


def few_specials(dt):
    """For binary operations, where pairs are formed."""
    t = golden.np_dtype(dt)
    if dt == "bool":
        return np.array([False, True])
    if dt in golden.COMPLEX:
        return np.array([0, 1, -1, 1j, -1j, 1 + 1j, 2 - 3j, -0.5 + 0.25j], t)
    if dt in golden.INTS:
        lo, hi = np.iinfo(t).min, np.iinfo(t).max
        return np.array(sorted({0, 1, 2, 7, lo, hi} | ({-1, -7} if lo < 0 else set())), t)
    with np.errstate(over="ignore"):
        return np.array([0.0, -0.0, 1.0, -1.0, 0.5, 2.0, -2.0, 3.0, -2.5, MAX[dt], np.inf, -np.inf, np.nan], t)


def pairs(dt):
    row = few_specials(dt)
    a, b = np.meshgrid(row, row, indexing="ij")
    return a.reshape(-1), b.reshape(-1)


def regular(rng, dt, shape, lo=-3.0, hi=3.0):
    """Uniform in the domain; integers over a small range; complex parts within the domain's bounds."""
    t = golden.np_dtype(dt)
    if dt == "bool":
        return rng.integers(0, 2, shape).astype(bool)
    if dt in golden.INTS:
        return rng.integers(-20 if dt in golden.SIGNED else 0, 21, shape).astype(t)
    if dt in golden.COMPLEX:
        part = golden.np_dtype(PART[dt])
        bound = min(abs(lo), abs(hi), 2.0) or 1.0
        parts = [rng.uniform(-bound, bound, shape).astype(part) for _ in range(2)]
        return np.asarray(parts[0] + 1j * parts[1]).astype(t)
    return np.asarray(rng.uniform(lo, hi, shape)).astype(t)


def distinct(rng, dt, shape, scale=0.25):
    """Elements without ties, for maxima and the like, in random order."""
    n = int(np.prod(shape))
    values = rng.permutation(n) - n // 2
    t = golden.np_dtype(dt)
    if dt in golden.INTS:
        return (values if dt in golden.SIGNED else values + n // 2).reshape(shape).astype(t)
    return (values * scale + 0.1).reshape(shape).astype(t)


def direction(rng, x):
    """A tangent or cotangent of the same type: parts uniform in [-1, 1], multiples of 1/16 so that all dtypes hold them."""
    draw = lambda: rng.integers(-16, 17, x.shape) / 16.0
    v = draw() + 1j * draw() if np.issubdtype(x.dtype, np.complexfloating) else draw()
    return np.asarray(v).astype(x.dtype)
