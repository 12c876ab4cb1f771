"""Goldens of jnp functions: jnp/values.tsv (x64 off), jnp/values64.tsv (the same in f64 and i64, x64 on), jnp/types*.tsv, promotion.tsv."""
import os
import sys

os.environ["JAX_PLATFORMS"] = "cpu"
import jax

X64 = "x64" in sys.argv[1:]
jax.config.update("jax_enable_x64", X64)
import jax.numpy as jnp
import numpy as np
from jax import lax

import golden
import samples
from jaxpr_cases import DIFFERENTIABLE, OTHER
from jnp_cases import BINARY_TYPES, JNP, UNARY_TYPES
from make_jaxprs import SCOPE
from values import is_differentiable

DOMAINS = {"log": (0.2, 3), "log2": (0.2, 3), "log10": (0.2, 3), "sqrt": (0.2, 3), "rsqrt": (0.2, 3), "arccosh": (1.1, 3), "arcsin": (-0.9, 0.9), "arccos": (-0.9, 0.9),
           "arctanh": (-0.9, 0.9), "erf_inv": (-0.9, 0.9), "log1p": (-0.5, 3), "power": (0.2, 2), "float_power": (0.2, 2), "pow_arrays": (0.2, 2), "pow_half": (0.2, 2),
           "guarded_log": (0.2, 3), "custom_jvp": (0.2, 3)}
INDEXED = ("index", "take", "at_", "dynamic", "one_hot", "cross_entropy")
SKIPPED = ("random_", "nested", "grad_", "value_and", "custom_vjp", "float_power")
WIDER = {"f32": "f64", "i32": "i64", "c64": "c128", "u32": "u64"}


def operand(rng, text, name):
    text, positive, bound = (*text.split(">"), None)[:1][0], ">" in text, None
    if "<" in text:
        text, bound = text.split("<")
    dt, dims = text[:-1].split("[")
    if X64:
        dt = WIDER.get(dt, dt)
    shape = tuple(int(d) for d in dims.split(",") if d)
    if bound is None and dt in golden.INTS and name.startswith(INDEXED):
        bound = 2
    if bound is not None:
        return rng.integers(0, int(bound), shape).astype(golden.np_dtype(dt))
    lo, hi = (0.2, 3) if positive else DOMAINS.get(name, (-2, 2))
    return samples.regular(rng, dt, shape, lo, hi)


def leaves(x):
    return [jnp.asarray(leaf) for leaf in jax.tree.leaves(x)]


def write(out, name, types, source):
    rng = np.random.default_rng(golden.seed_of("jnp " + name))
    f = eval(source, SCOPE)
    f = f if callable(f) else (lambda value: lambda: value)(f)
    args = [jnp.asarray(operand(rng, t, name)) for t in types]
    results = leaves(f(*args))
    out.case(name)
    out.line("source", source)
    for a in args:
        out.array("in", a)
    for r in results:
        out.array("out", r)
        if getattr(r, "weak_type", False):
            out.line("weak", "true")
    active = [i for i, a in enumerate(args) if is_differentiable(a) and a.dtype in (np.float32, np.float64)]
    if active and all(is_differentiable(r) and r.dtype in (np.float32, np.float64) for r in results):
        derivatives(out, f, args, active, results, rng)


def derivatives(out, f, args, active, results, rng):
    def g(*xs):
        full = list(args)
        for i, x in zip(active, xs):
            full[i] = x
        return leaves(f(*full))

    point = [args[i] for i in active]
    v = [jnp.asarray(samples.direction(rng, x)) for x in point]
    w = [jnp.asarray(samples.direction(rng, r)) for r in results]
    out.line("active", " ".join(map(str, active)))
    for tag, rows in (("dir", v), ("cot", w), ("jvp", jax.jvp(g, tuple(point), tuple(v))[1]), ("vjp", jax.vjp(g, *point)[1](w))):
        for r in rows:
            out.array(tag, r)


def values():
    out = golden.GoldenFile(f"jnp/values{'64' if X64 else ''}.tsv", X64, "see FORMAT.md")
    seen = set()
    for name, types, source in DIFFERENTIABLE + OTHER + JNP:
        name = name.rstrip("!")
        if name.startswith(SKIPPED):
            continue
        while name in seen:
            name += "'"
        seen.add(name)
        write(out, name, types, source)
    out.close()


def spell(x):
    return ("~" if getattr(x, "weak_type", False) else "") + golden.name_of(x.dtype)


def outcome(f, *args):
    try:
        return spell(jax.eval_shape(f, *args))
    except (TypeError, ValueError) as e:
        return "error " + type(e).__name__


def types():
    out = golden.GoldenFile(f"jnp/types{'64' if X64 else ''}.tsv", X64, "type: function, operand dtypes (vectors of 3, or 3x3 for trace, matmul, dot), result dtype, ~ in front of a weak one")
    known = [d for d in golden.ALL if X64 or d not in ("i64", "u64", "f64", "c128")]
    for name in UNARY_TYPES:
        for dt in known:
            shape = (3, 3) if name == "trace" else (3,)
            out.line("type", name, dt, outcome(getattr(jnp, name), jnp.ones(shape, golden.np_dtype(dt))))
    for name in BINARY_TYPES:
        for a in known:
            for b in known:
                shape = (3, 3) if name in ("matmul", "dot") else (3,)
                out.line("type", name, f"{a} {b}", outcome(getattr(jnp, name), jnp.ones(shape, golden.np_dtype(a)), jnp.ones(shape, golden.np_dtype(b))))
    out.close()


def promotion():
    """Every pair of strong dtypes and weak kinds under jnp.add: the dtype and the weakness of the result."""
    out = golden.GoldenFile(f"promotion{'64' if X64 else ''}.tsv", X64, "promote: left, right, result of promotion; ~i ~f ~c are Python scalars' weak types, ~ in front of a weak result")
    known = [d for d in golden.ALL if X64 or d not in ("i64", "u64", "f64", "c128")]
    rows = {d: jnp.ones((), golden.np_dtype(d)) for d in known} | {"~i": 1, "~f": 1.0, "~c": 1j}
    for a, x in rows.items():
        for b, y in rows.items():
            dtype, weak = jax.dtypes.result_type(x, y, return_weak_type_flag=True)
            out.line("promote", a, b, ("~" if weak else "") + golden.name_of(dtype))
    out.close()
    out.close()


if __name__ == "__main__":
    os.makedirs("jnp", exist_ok=True)
    promotion()
    types()
    values()
