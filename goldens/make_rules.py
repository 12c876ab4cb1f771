"""Goldens of every primitive's rules: rules/*.tsv. A row of the tables below is a primitive, parameters and small operands; `write` says what a case holds."""
import os
import sys

os.environ["JAX_PLATFORMS"] = "cpu"
import jax

jax.config.update("jax_enable_x64", True)
import jax.numpy as jnp
import numpy as np

import golden
import rules_cases
import samples
from values import is_differentiable, many, only_equation, param_text

CACHES = 64  # JAX keeps every program it compiled


def attempt(out, tag, compute):
    """Lines `tag array`, or the line `refused tag error` where JAX has no such rule."""
    try:
        results = compute()
    except (NotImplementedError, TypeError, ValueError, AssertionError) as e:
        out.line("refused", tag, f"{type(e).__name__}: {e}".split("\n")[0][:80])
        return
    for r in results:
        out.array(tag, r)


def write(out, primitive, label, f, draw, order=2, ones=False, active=None, maps=True, composed=False):
    """Results, derivatives of both modes in all active operands and in each alone, and vmap over each operand and all."""
    name = f"{primitive}/{label}"
    here, there = ([jnp.asarray(a) for a in draw(rng_of(f"{name} {i}"))] for i in (0, 1))
    out.case(name).line("prim", primitive)
    if not composed:  # of a primitive that JAX composes of others
        eqn = only_equation(f, here, primitive)
        for key in sorted(eqn.params):
            if key not in ("sharding", "out_sharding", "accuracy", "precision", "jvp_jaxpr_fun", "update_jaxpr"):
                out.line("param", key, param_text(eqn.params[key]))
    for a in here:
        out.array("in", a)
    results = many(f(*here))
    for r in results:
        out.array("out", r)
    if active is None:
        active = [i for i, a in enumerate(here) if is_differentiable(a)]
    if order and active and any(is_differentiable(r) for r in results):
        derivatives(out, name, f, here, active, results, order, ones)
    if maps and here:
        for a in there:
            out.array("lane", a)
        maps_of(out, f, here, there)
        if order and active and any(is_differentiable(r) for r in results):
            pullbacks(out, name, f, here, there, active, results, ones)


def rng_of(name):
    return np.random.default_rng(golden.seed_of(name))


def drawn(name, like, ones):
    rng = rng_of(name)
    return [jnp.asarray(np.ones(x.shape, x.dtype) if ones else samples.direction(rng, x)) for x in like]


def smooth(f, args, active):
    """f as a function of its active operands, whose results are those that have tangents."""
    def g(*xs):
        full = list(args)
        for i, x in zip(active, xs):
            full[i] = x
        return [r for r in many(f(*full)) if is_differentiable(r)]
    return g


def derivatives(out, name, f, args, active, results, order, ones):
    point = [args[i] for i in active]
    g = smooth(f, args, active)
    v = drawn(f"{name} v", point, ones)
    w = drawn(f"{name} w", [r for r in results if is_differentiable(r)], ones)
    along = lambda *xs: jax.jvp(g, tuple(xs), tuple(v))[1]
    out.line("active", *active)
    for tag, arrays in (("dir", v), ("cot", w)):
        for x in arrays:
            out.array(tag, x)
    attempt(out, "jvp", lambda: along(*point))
    if len(active) > 1:  # symbolic zeros
        for n, i in enumerate(active):
            alone = smooth(f, args, [i])
            attempt(out, f"jvp.{i}", lambda: jax.jvp(alone, (args[i],), (v[n],))[1])
    attempt(out, "vjp", lambda: jax.vjp(g, *point)[1](w))
    if order > 1:
        attempt(out, "jvp2", lambda: jax.jvp(along, tuple(point), tuple(v))[1])
        attempt(out, "vjp2", lambda: jax.vjp(along, *point)[1](w))


def maps_of(out, f, here, there):
    n = len(here)
    masks = [[i] for i in range(n)] + ([list(range(n))] if n > 1 else [])
    for mask in masks:
        args = [jnp.stack([a, b]) if i in mask else a for i, (a, b) in enumerate(zip(here, there))]
        axes = tuple(0 if i in mask else None for i in range(n))
        attempt(out, "vmap." + "".join(map(str, mask)), lambda: many(jax.vmap(f, axes)(*args)))


def pullbacks(out, name, f, here, there, active, results, ones):
    """vmap of the pullback over all operands and cotangents."""
    float_results = [r for r in results if is_differentiable(r)]
    lanes = [drawn(f"{name} w", float_results, ones), drawn(f"{name} w2", float_results, ones)]
    for x in lanes[1]:
        out.array("cot2", x)
    def pull(args, w):
        return jax.vjp(smooth(f, args, active), *[args[i] for i in active])[1](w)
    stack = lambda pair: [jnp.stack([a, b]) for a, b in zip(*pair)]
    attempt(out, "vvjp", lambda: jax.vmap(pull)(stack((here, there)), stack(lanes)))


def main(families):
    os.makedirs("rules", exist_ok=True)
    for family, rows in rules_cases.FAMILIES.items():
        if families and family not in families:
            continue
        out = golden.GoldenFile(f"rules/{family}.tsv", True, "see FORMAT.md")
        for primitive, label, f, draw, options in rows():
            write(out, primitive, label, f, draw, **options)
            if out.cases % CACHES == 0:
                jax.clear_caches()
        out.close()


if __name__ == "__main__":
    main(sys.argv[1:])
