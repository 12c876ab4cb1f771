"""Goldens of the elementwise primitives: values/elementwise.tsv, arithmetic.tsv, compare.tsv, convert.tsv, dtypes.tsv."""
import os

os.environ["JAX_PLATFORMS"] = "cpu"
import jax

jax.config.update("jax_enable_x64", True)
import jax.numpy as jnp
import numpy as np
from jax import lax
from jax._src.lax import lax as ll

import golden
import samples
from values import accepted, emit

EVERYWHERE = (-3.0, 3.0)
UNIT = (-0.9, 0.9)
POSITIVE = (0.1, 4.0)
UNARY = {  # primitive -> (function, domain, order of derivatives)
    "neg": (lax.neg, EVERYWHERE, 2), "abs": (lax.abs, EVERYWHERE, 2), "sign": (lax.sign, EVERYWHERE, 2),
    "exp": (lax.exp, EVERYWHERE, 2), "exp2": (lax.exp2, EVERYWHERE, 2), "expm1": (lax.expm1, EVERYWHERE, 2),
    "log": (lax.log, POSITIVE, 2), "log1p": (lax.log1p, (-0.9, 4.0), 2), "sqrt": (lax.sqrt, POSITIVE, 2),
    "rsqrt": (lax.rsqrt, POSITIVE, 2), "cbrt": (lax.cbrt, POSITIVE, 2), "sin": (lax.sin, EVERYWHERE, 2),
    "cos": (lax.cos, EVERYWHERE, 2), "tan": (lax.tan, (-1.4, 1.4), 2), "asin": (lax.asin, UNIT, 2),
    "acos": (lax.acos, UNIT, 2), "atan": (lax.atan, EVERYWHERE, 2), "sinh": (lax.sinh, EVERYWHERE, 2),
    "cosh": (lax.cosh, EVERYWHERE, 2), "tanh": (lax.tanh, EVERYWHERE, 2), "asinh": (lax.asinh, EVERYWHERE, 2),
    "acosh": (lax.acosh, (1.1, 4.0), 2), "atanh": (lax.atanh, UNIT, 2), "logistic": (lax.logistic, EVERYWHERE, 2),
    "erf": (lax.erf, EVERYWHERE, 2), "erfc": (lax.erfc, EVERYWHERE, 2), "erf_inv": (lax.erf_inv, UNIT, 2),
    "square": (lax.square, EVERYWHERE, 2), "floor": (lax.floor, EVERYWHERE, 2), "ceil": (lax.ceil, EVERYWHERE, 2),
    "is_finite": (lax.is_finite, EVERYWHERE, 0), "real": (lax.real, EVERYWHERE, 2), "imag": (lax.imag, EVERYWHERE, 2),
    "conj": (ll.conj, EVERYWHERE, 2), "not": (lax.bitwise_not, EVERYWHERE, 0), "population_count": (lax.population_count, EVERYWHERE, 0),
    "clz": (lax.clz, EVERYWHERE, 0),
}
BINARY = {
    "add": (lax.add, EVERYWHERE, 2), "sub": (lax.sub, EVERYWHERE, 2), "mul": (lax.mul, EVERYWHERE, 2), "div": (lax.div, POSITIVE, 2),
    "rem": (lax.rem, EVERYWHERE, 1), "max": (lax.max, EVERYWHERE, 2), "min": (lax.min, EVERYWHERE, 2),
    "nextafter": (lax.nextafter, EVERYWHERE, 0), "atan2": (lax.atan2, EVERYWHERE, 2), "pow": (lax.pow, POSITIVE, 2),
    "complex": (lax.complex, EVERYWHERE, 2),
    "and": (lax.bitwise_and, EVERYWHERE, 0), "or": (lax.bitwise_or, EVERYWHERE, 0), "xor": (lax.bitwise_xor, EVERYWHERE, 0),
    "shift_left": (lax.shift_left, EVERYWHERE, 0), "shift_right_logical": (lax.shift_right_logical, EVERYWHERE, 0),
    "shift_right_arithmetic": (lax.shift_right_arithmetic, EVERYWHERE, 0),
    "eq": (lax.eq, EVERYWHERE, 0), "ne": (lax.ne, EVERYWHERE, 0), "lt": (lax.lt, EVERYWHERE, 0), "le": (lax.le, EVERYWHERE, 0),
    "gt": (lax.gt, EVERYWHERE, 0), "ge": (lax.ge, EVERYWHERE, 0),
}
WITH_DERIVATIVES = {"f32", "f64", "c64", "c128"}


def rng_of(name):
    return np.random.default_rng(golden.seed_of(name))


def order_for(dt, order):
    return order if dt in WITH_DERIVATIVES else 0


def unary(out, dtypes, name, f, domain, order):
    for dt in golden.ALL:
        reason = accepted(f, [jnp.zeros(3, golden.np_dtype(dt))])
        dtypes.line(name, dt, "no" if reason else "yes", reason or "")
        if reason:
            continue
        rng = rng_of(f"{name} {dt}")
        emit(out, name, f"{dt} regular", f, [samples.regular(rng, dt, (2, 3), *domain)], order_for(dt, order))
        special = samples.specials(dt)
        if dt in golden.COMPLEX and name not in ("neg", "conj", "real", "imag", "abs"):
            emit(out, name, f"{dt} special", f, [special])
        else:
            emit(out, name, f"{dt} special", f, [special], min(1, order_for(dt, order)), ones=True)
        if dt in ("f32", "i32"):
            emit(out, name, f"{dt} scalar", f, [samples.regular(rng, dt, (), *domain)], order_for(dt, min(1, order)))
            emit(out, name, f"{dt} empty", f, [samples.regular(rng, dt, (0, 3), *domain)], order_for(dt, min(1, order)))


def binary(out, dtypes, name, f, domain, order):
    for dt in golden.ALL:
        zero = jnp.zeros(3, golden.np_dtype(dt))
        reason = accepted(f, [zero, zero])
        dtypes.line(name, dt, "no" if reason else "yes", reason or "")
        if reason:
            continue
        rng = rng_of(f"{name} {dt}")
        draw = lambda shape: samples.regular(rng, dt, shape, *domain)
        emit(out, name, f"{dt} regular", f, [draw((2, 3)), draw((2, 3))], order_for(dt, order))
        emit(out, name, f"{dt} special", f, samples.pairs(dt), min(1, order_for(dt, order)) if dt == "f32" else 0, ones=True)
        if dt in ("f32", "i32"):
            emit(out, name, f"{dt} scalar", f, [draw(()), draw(())], order_for(dt, min(1, order)))
            emit(out, name, f"{dt} empty", f, [draw((2, 0)), draw((2, 0))], order_for(dt, min(1, order)))


def with_parameters(out):
    """integer_pow, pow with an integer exponent, round, clamp, select_n."""
    for dt in golden.FLOATS + golden.COMPLEX + ["i32", "i64", "u8"]:
        rng = rng_of(f"integer_pow {dt}")
        for n in (-3, -1, 0, 1, 2, 3, 5):
            if n < 0 and dt in golden.INTS:
                continue
            f = lambda x: ll.integer_pow_p.bind(x, y=n)
            emit(out, "integer_pow", f"{dt} {n}", f, [samples.regular(rng, dt, (2, 3), 0.3, 2.5)], order_for(dt, 2))
            if dt in ("f32", "f64", "i32"):
                emit(out, "integer_pow", f"{dt} {n} special", f, [samples.specials(dt)], min(1, order_for(dt, 2)), ones=True)
        if dt in golden.FLOATS + golden.COMPLEX:
            x, y = samples.regular(rng, dt, (7,), -2.0, 2.0), np.array([0, 1, 2, 3, -1, -2, 5], np.int32)
            emit(out, "pow", f"{dt} i32 exponent", lax.pow, [x, y], order_for(dt, 2))
    for dt in golden.FLOATS:
        for method in lax.RoundingMethod:
            f = lambda x: lax.round(x, method)
            emit(out, "round", f"{dt} {method.name}", f, [samples.specials(dt)], order_for(dt, 1), ones=True)
    for dt in [d for d in golden.ALL if d not in golden.COMPLEX]:
        rng = rng_of(f"clamp {dt}")
        x, lo, hi = (samples.regular(rng, dt, (2, 3)) for _ in range(3))
        lo, hi = np.minimum(lo, hi), np.maximum(lo, hi)
        if dt != "bool":
            emit(out, "clamp", f"{dt} regular", lax.clamp, [lo, x, hi], order_for(dt, 2))
            emit(out, "clamp", f"{dt} scalar bounds", lax.clamp, [lo[0, 0], x, hi[0, 0]], order_for(dt, 1),
                 active=[1])  # JAX itself fails on tangents of scalar bounds
            two = np.array(3, lo.dtype)
            emit(out, "clamp", f"{dt} special", lax.clamp, [np.array(1, lo.dtype), samples.specials(dt), two], order_for(dt, 1), ones=True, active=[1])
    for dt in golden.ALL:
        rng = rng_of(f"select_n {dt}")
        a, b, c = (samples.regular(rng, dt, (2, 3)) for _ in range(3))
        mask = np.array([[True, False, True], [False, False, True]])
        emit(out, "select_n", f"{dt} mask", lax.select_n, [mask, a, b], order_for(dt, 2))
        emit(out, "select_n", f"{dt} scalar mask", lax.select_n, [np.array(True), a, b], order_for(dt, 1))
        which = np.array([[2, 0, 1], [1, 2, 0]], np.int32)
        emit(out, "select_n", f"{dt} three", lax.select_n, [which, a, b, c], order_for(dt, 1))


def conversions(out):
    """Every pair of dtypes; out-of-range floats and NaN to integers in cases of their own, since StableHLO leaves them open."""
    for a in golden.ALL:
        for b in golden.ALL:
            f = lambda x: lax.convert_element_type(x, golden.np_dtype(b))
            if a == b:
                continue
            row = samples.specials(a)
            with np.errstate(all="ignore"):
                if b in golden.INTS and a not in golden.INTS + ["bool"]:
                    info = np.iinfo(golden.np_dtype(b))
                    real = row.real.astype(np.float64)
                    inside = (real > float(info.min) - 1) & (real < float(info.max))
                    outside, row = row[~inside], row[inside]
                    if a in golden.FLOATS:
                        emit(out, "convert_element_type", f"{a} {b} out of range", f, [outside])
            convertible = a in WITH_DERIVATIVES and b in WITH_DERIVATIVES
            emit(out, "convert_element_type", f"{a} {b}", f, [row], 1 if convertible else 0, ones=True)


def main():
    os.makedirs("values", exist_ok=True)
    dtypes = golden.GoldenFile("values/dtypes.tsv", True, "lines: primitive, dtype (of all operands), accepted by JAX: yes or no, JAX's message")
    for path, table, emit_rows in (("elementwise", UNARY, unary), ("arithmetic", BINARY, binary)):
        out = golden.GoldenFile(f"values/{path}.tsv", True, "see FORMAT.md")
        for name, row in table.items():
            emit_rows(out, dtypes, name, *row)
        if path == "arithmetic":
            with_parameters(out)
        out.close()
    dtypes.close()
    out = golden.GoldenFile("values/convert.tsv", True, "see FORMAT.md")
    conversions(out)
    out.close()


if __name__ == "__main__":
    main()
