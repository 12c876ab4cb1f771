"""Goldens of the special functions, and of mulhi: values/special.tsv, as in make_elementwise.py."""
import os

os.environ["JAX_PLATFORMS"] = "cpu"
import jax

jax.config.update("jax_enable_x64", True)
import jax.numpy as jnp
import numpy as np
from jax import lax

import golden
import samples
from make_elementwise import order_for, rng_of
from values import emit

WHOLE = None  # a domain: 0, 1, 2, ...
UNARY = {  # primitive -> (function, domains, order of derivatives)
    "lgamma": (lax.lgamma, [(0.05, 12.0), (-4.9, -4.1)], 2),
    "digamma": (lax.digamma, [(0.05, 12.0), (-4.9, -4.1)], 2),
    "bessel_i0e": (lax.bessel_i0e, [(-3.0, 3.0), (6.0, 20.0)], 2),
    "bessel_i1e": (lax.bessel_i1e, [(-3.0, 3.0), (6.0, 20.0)], 2),
}
SEVERAL = {  # primitive -> (function, domains of the operands, active operands in first and second order)
    "polygamma": (lax.polygamma, [WHOLE, (0.3, 6.0)], [1], [1]),
    "zeta": (lax.zeta, [(1.2, 5.0), (0.3, 6.0)], [], []),
    "igamma": (lax.igamma, [(0.3, 8.0), (0.1, 12.0)], [0, 1], [1]),
    "igammac": (lax.igammac, [(0.3, 8.0), (0.1, 12.0)], [0, 1], [1]),
    "igamma_grad_a": (lax.igamma_grad_a, [(0.3, 8.0), (0.1, 12.0)], [], []),
    "regularized_incomplete_beta": (lax.betainc, [(0.3, 6.0), (0.3, 6.0), (0.05, 0.95)], [2], [2]),
}
EDGES = [0.0, -0.0, 1.0, -1.0, 0.5, 2.0, 3.0, -2.25, 4.0, np.inf, -np.inf, np.nan]


def draw(rng, dt, shape, domain):
    if domain is WHOLE:
        return rng.integers(0, 5, shape).astype(golden.np_dtype(dt))
    return samples.regular(rng, dt, shape, *domain)


def grid(dt, n):
    """All tuples of edges; a third operand runs from 0 to 1 and out of it."""
    rows = [EDGES, EDGES] if n == 2 else [[0.0, 0.5, 2.0, -1.0, np.inf, np.nan]] * 2 + [[0.0, -0.0, 0.25, 1.0, 1.5, np.nan]]
    return [a.reshape(-1).astype(golden.np_dtype(dt)) for a in np.meshgrid(*rows, indexing="ij")]


def random_gamma_grad(out):
    """No primitive in JAX 0.10.2, but a function with loops: values alone."""
    for dt in golden.FLOATS:
        rng = rng_of(f"random_gamma_grad {dt}")
        a, x = draw(rng, dt, (3, 5), (0.3, 8.0)), draw(rng, dt, (3, 5), (0.1, 12.0))
        out.case(f"random_gamma_grad/{dt} regular").line("prim", "random_gamma_grad")
        for v in (a, x):
            out.array("in", jnp.asarray(v))
        out.array("out", lax.random_gamma_grad(a, x))


def main():
    out = golden.GoldenFile("values/special.tsv", True, "see FORMAT.md")
    for name, (f, domains, order) in UNARY.items():
        for dt in golden.FLOATS:
            rng = rng_of(f"{name} {dt}")
            for i, domain in enumerate(domains):
                slopes = 0 if i and "bessel" in name else order_for(dt, order)  # far out they are what cancellation leaves
                emit(out, name, f"{dt} regular {i}", f, [draw(rng, dt, (2, 5), domain)], slopes)
            emit(out, name, f"{dt} special", f, [samples.specials(dt)])
    for name, (f, domains, first, second) in SEVERAL.items():
        for dt in golden.FLOATS:
            rng = rng_of(f"{name} {dt}")
            for order, active in ((1, first), (2, second)):
                args = [draw(rng, dt, (3, 5), d) for d in domains]
                emit(out, name, f"{dt} regular order {order}", f, args, order_for(dt, order), active=active)
            emit(out, name, f"{dt} special", f, grid(dt, len(domains)))
    random_gamma_grad(out)
    for dt in golden.INTS:
        emit(out, "mulhi", f"{dt} special", lax.mulhi, list(samples.pairs(dt)))
    out.close()


if __name__ == "__main__":
    main()
