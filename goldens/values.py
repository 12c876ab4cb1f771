"""What a value case holds: one primitive, its parameters, operands, results, and derivatives of both modes."""
import re

import jax
import jax.numpy as jnp
import ml_dtypes
import numpy as np

import golden
import samples


def is_differentiable(x):
    return np.issubdtype(x.dtype, np.inexact) or x.dtype == ml_dtypes.bfloat16


def param_text(value):
    """A parameter as JAX prints it within an equation."""
    return re.sub(r" at 0x[0-9a-f]+", " at 0xX", str(value)).replace("\n", " ")


def only_equation(f, args, primitive):
    eqns = jax.make_jaxpr(f)(*args).jaxpr.eqns
    assert len(eqns) == 1, f"{primitive}: not one equation: {[e.primitive.name for e in eqns]}"
    assert eqns[0].primitive.name == primitive, (primitive, eqns[0].primitive.name)
    return eqns[0]


def many(x):
    return list(x) if isinstance(x, (tuple, list)) else [x]


def emit(out, primitive, label, f, args, order=0, ones=False, active=None):
    """Writes the case `primitive/label`: results of f, which must be that one primitive, and derivatives up to `order`."""
    name = f"{primitive}/{label}"
    args = [jnp.asarray(a) for a in args]
    eqn = only_equation(f, args, primitive)
    results = many(f(*args))
    out.case(name).line("prim", primitive)
    for key in sorted(eqn.params):
        out.line("param", key, param_text(eqn.params[key]))
    for a in args:
        out.array("in", a)
    for r in results:
        out.array("out", r)
    if active is None:
        active = [i for i, a in enumerate(args) if is_differentiable(a)]
    if order and active and all(is_differentiable(r) for r in results):
        derivatives(out, name, f, args, active, results, order, ones)


def derivatives(out, name, f, args, active, results, order, ones):
    """jvp = d f(x + t v), jvp2 = its second derivative, vjp = pullback of w, vjp2 = pullback of w through x -> jvp."""
    rng = np.random.default_rng(golden.seed_of(name))
    draw = (lambda r, x: np.ones(x.shape, x.dtype)) if ones else samples.direction
    point = [args[i] for i in active]

    def g(*xs):
        full = list(args)
        for i, x in zip(active, xs):
            full[i] = x
        return many(f(*full))

    v = [jnp.asarray(draw(rng, x)) for x in point]
    w = [jnp.asarray(draw(rng, r)) for r in results]

    def along(*xs):
        return jax.jvp(g, tuple(xs), tuple(v))[1]

    out.line("active", " ".join(map(str, active)))
    for x in v:
        out.array("dir", x)
    for x in w:
        out.array("cot", x)
    for r in along(*point):
        out.array("jvp", r)
    for r in jax.vjp(g, *point)[1](w):
        out.array("vjp", r)
    if order > 1:
        for r in jax.jvp(along, tuple(point), tuple(v))[1]:
            out.array("jvp2", r)
        for r in jax.vjp(along, *point)[1](w):
            out.array("vjp2", r)


def accepted(f, args):
    """None, or the first line of JAX's TypeError for these operand types."""
    try:
        jax.make_jaxpr(f)(*args)
        return None
    except TypeError as e:
        return str(e).split("\n")[0]
