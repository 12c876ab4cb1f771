"""Goldens of jaxpr text: jaxpr/differentiable.tsv and jaxpr/other.tsv, JAX's text untouched, with x64 off."""
import os

os.environ["JAX_PLATFORMS"] = "cpu"
import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

import golden
from jaxpr_cases import DIFFERENTIABLE, OTHER

BATCH = 5


def named(x):
    return jnp.sin(x) + 1


@jax.jit
def twice(x):
    return x * 2


@jax.custom_jvp
def guarded_log(x):
    return jnp.log(x)


@guarded_log.defjvp
def _guarded_log_jvp(primals, tangents):
    (x,), (t,) = primals, tangents
    return guarded_log(x), t / (x + 1e-6)


@jax.custom_vjp
def clipped_gradient(x):
    return jnp.sin(x)


clipped_gradient.defvjp(lambda x: (jnp.sin(x), jnp.cos(x)), lambda c, g: (jnp.clip(g * c, -1, 1),))

SCOPE = {"jax": jax, "jnp": jnp, "lax": lax, "np": np, "named": named, "twice": twice, "guarded_log": guarded_log,
         "clipped_gradient": clipped_gradient}


def spec(text, batch=()):
    dt, dims = text[:-1].split("[")
    shape = batch + tuple(int(d) for d in dims.split(",") if d)
    dtype = jax.random.key(0).dtype if dt.startswith("key") else golden.np_dtype(dt)
    return jax.ShapeDtypeStruct(shape, dtype)


def tangent_spec(text):
    x = spec(text)
    return x if np.issubdtype(x.dtype, np.inexact) or x.dtype.name == "bfloat16" else jax.ShapeDtypeStruct(x.shape, jax.dtypes.float0)


def write(out, name, kind, arg_types, source, f, specs, extra=()):
    jax.clear_caches()  # else the order of the cases decides which calls share a jaxpr
    jaxpr = jax.make_jaxpr(f)(*specs)
    out.case(f"{name}/{kind}")
    out.line("kind", kind)
    for t in arg_types:
        out.line("arg", t)
    for fields in extra:
        out.line(*fields)
    out.line("source", source)
    out.line("results", *[str(a) for a in jaxpr.out_avals])
    out.text("|", str(jaxpr))


def forward(out, name, types, source):
    write(out, name, "forward", types, source, eval(source, SCOPE), [spec(t) for t in types])


def batched(out, name, types, source):
    f = eval(source, SCOPE)
    write(out, name, "vmap", types, source, jax.vmap(f), [spec(t, (BATCH,)) for t in types], [("axes", *["0"] * len(types))])
    if len(types) == 2:
        for axes in ((0, None), (None, 0)):
            specs = [spec(t, (BATCH,) if a == 0 else ()) for t, a in zip(types, axes)]
            write(out, name, f"vmap {axes}", types, source, jax.vmap(f, in_axes=axes), specs, [("axes", *["none" if a is None else a for a in axes])])


def pushed(out, name, types, source):
    """jvp with tangents for the floating arguments only, in the order primals, tangents."""
    f = eval(source, SCOPE)
    active = [i for i, t in enumerate(types) if tangent_spec(t).dtype != jax.dtypes.float0]
    n = len(types)

    def both(*args):
        primals, rest = list(args[:n]), list(args[n:])
        inactive = [i for i in range(n) if i not in active]
        def g(*xs):
            full = list(primals)
            for i, x in zip(active, xs):
                full[i] = x
            return f(*full)
        return jax.jvp(g, tuple(primals[i] for i in active), tuple(rest))

    specs = [spec(t) for t in types] + [spec(types[i]) for i in active]
    write(out, name, "jvp", types, source, both, specs, [("active", *active)])


def main():
    os.makedirs("jaxpr", exist_ok=True)
    out = golden.GoldenFile("jaxpr/differentiable.tsv", False, "see FORMAT.md and NOTES.md for the normaliser")
    for name, types, source in DIFFERENTIABLE:
        forward(out, name, types, source)
        pushed(out, name, types, source)
        batched(out, name, types, source)
    out.close()
    out = golden.GoldenFile("jaxpr/other.tsv", False, "see FORMAT.md and NOTES.md for the normaliser")
    for name, types, source in OTHER:
        forward(out, name.rstrip("!"), types, source)
        if name.endswith("!"):
            batched(out, name.rstrip("!"), types, source)
    out.close()


if __name__ == "__main__":
    main()
