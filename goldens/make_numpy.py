"""Goldens of jax.numpy by family: jnp/FAMILY.tsv for the tables in numpy_cases.py (x64 off, but on for cases with 64-bit operands)."""
import sys

import make_jnp  # sets the platform
import jax
import jax.numpy as jnp
import numpy as np

import golden
import samples
from make_jnp import SCOPE
from numpy_cases import FAMILIES


def operand(rng, text, name):
    if not text.startswith("="):
        return PLAIN(rng, text, name)
    values, dtype = text[1:].rsplit(":", 1)
    return np.array(eval(values, {"nan": np.nan, "inf": np.inf, "complex": complex}), golden.np_dtype(dtype))


PLAIN, make_jnp.operand = make_jnp.operand, operand


def derivatives(out, f, args, active, results, rng):
    """Those of make_jnp, and the second derivative in the same direction."""
    FIRST(out, f, args, active, results, rng)

    def g(*xs):
        full = list(args)
        for i, x in zip(active, xs):
            full[i] = x
        return make_jnp.leaves(f(*full))

    point = tuple(args[i] for i in active)
    v = tuple(jnp.asarray(samples.direction(np.random.default_rng(7), x)) for x in point)
    second = jax.jvp(lambda *xs: jax.jvp(g, xs, v)[1], point, v)[1]
    for t in v:
        out.array("dir2", t)
    for t in second:
        out.array("jvp2", t)


FIRST = make_jnp.derivatives


def main(families):
    for family in families:
        out = golden.GoldenFile(f"jnp/{family}.tsv", False, "see FORMAT.md; x64 on where an operand has 64 bits")
        for name, types, source in FAMILIES[family]:
            marks = name[len(name.rstrip("!~")):]
            wide = any(t.rstrip(">").split("<")[0].split("[")[0].endswith(("64", "128")) and not t.startswith("=c") and "c64" not in t or t.endswith((":f64", ":i64", ":u64", ":c128")) for t in types)
            jax.config.update("jax_enable_x64", wide)
            make_jnp.derivatives = derivatives if "!" not in marks else lambda *args: None
            try:
                make_jnp.write(out, name.rstrip("!~"), types, source)
            except Exception:
                print(family, name, source, file=sys.stderr)
                raise
            out.line("law", "values" if "~" in marks else "static")
        out.close()


if __name__ == "__main__":
    main(sys.argv[1:] or FAMILIES)
