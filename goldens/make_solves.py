"""Goldens of lax.custom_root and lax.custom_linear_solve: jnp/solves.tsv (in f64, x64 on)."""
import make_jnp  # sets the platform
import jax
import jax.numpy as jnp
from jax import lax

import golden
import make_jaxprs
from make_control import wide

S, V, X, W, B = "f32[]", "f32[3]", "f32[5,3]", "f32[3,3]", "f32[2,3,3]"


def newton(f, x):
    return lax.fori_loop(0, 8, lambda i, x: x - f(x) / jax.grad(f)(x), x)


def newton_aux(f, x):
    n, x = lax.while_loop(lambda s: (jnp.abs(f(s[1])) > 1e-13) & (s[0] < 20), lambda s: (s[0] + 1, s[1] - f(s[1]) / jax.grad(f)(s[1])), (jnp.float64(0), x))
    return x, {"steps": n * 0 + 1, "error": x * 0}


def newtons(f, x):
    return lax.fori_loop(0, 8, lambda i, x: x - jnp.linalg.solve(jax.jacfwd(f)(x), f(x)), x)


def fixed_point(f, x):
    return lax.fori_loop(0, 60, lambda i, x: jax.tree.map(lambda a, b: a - b, x, f(x)), x)


def divide(g, y):
    return y / g(jnp.ones_like(y))


def dense(mv, b):
    return jnp.linalg.solve(jax.jacobian(mv)(b), b)


def dense_aux(mv, b):
    return dense(mv, b), {"n": b[0] * 0 + 3}


def cg(mv, b):
    """As many steps as there are unknowns."""
    def step(i, s):
        x, r, p = s
        q = mv(p)
        a = r @ r / (p @ q)
        r1 = r - a * q
        return x + a * p, r1, r1 + (r1 @ r1) / (r @ r) * p
    return lax.fori_loop(0, 3, step, (jnp.zeros_like(b), b, b))[0]


def pairs(mv, b):
    """Of a pair by the matrix of the map in both."""
    flat, back = jax.flatten_util.ravel_pytree(b)
    m = jax.jacobian(lambda v: jax.flatten_util.ravel_pytree(mv(back(v)))[0])(flat)
    return back(jnp.linalg.solve(m, flat))


def spd(a):
    return a @ a.T + 4 * jnp.eye(3, dtype=a.dtype)


import jax.flatten_util

make_jaxprs.SCOPE |= {f.__name__: f for f in (newton, newton_aux, newtons, fixed_point, divide, dense, dense_aux, cg, pairs, spd)}
ROOT = "lax.custom_root(lambda x: x * x * x + a * x - b, jnp.ones_like(b), newton, divide)"
MANY = "lax.custom_root(lambda x: spd(w) @ x + jnp.tanh(x) - b, jnp.zeros_like(b), newtons, dense)"
FIXED = "lax.custom_root(lambda x: (x[0] - jnp.sin(x[1] * a) * 0.5 - b, x[1] - 0.3 * jnp.cos(x[0]) * a), (a, b), fixed_point, pairs)"
SOLVE = "lax.custom_linear_solve(lambda x: spd(w) @ x + 0.5 * w @ x, b, dense, dense)"
CG = "lax.custom_linear_solve(lambda x: spd(w) @ x, b, cg, symmetric=True)"
CASES = [  # ! has no reverse derivative
    ("root", [S + ">", S], f"lambda a, b: {ROOT}"),
    ("root_aux", [S + ">", S], "lambda a, b: lax.custom_root(lambda x: x * x * x + a * x - b, jnp.ones_like(b), newton_aux, divide, has_aux=True)"),
    ("root_of_many", [W, V], f"lambda w, b: {MANY}"),
    ("root_of_pair", [V, V], f"lambda a, b: {FIXED}"),
    ("root_with_loop_in_it", [S + ">", S], "lambda a, b: lax.custom_root(lambda x: lax.fori_loop(0, 3, lambda i, y: y * a + x, x) - b, jnp.ones_like(b), newton, divide)"),
    ("root_grad_grad", [S + ">", S], f"jax.grad(lambda a, b: jax.grad(lambda a, b: {ROOT}, 1)(a, b))"),
    ("root_vmap", ["f32[4]>", "f32[4]"], f"jax.vmap(lambda a, b: {ROOT})"),
    ("root_vmap_one", ["f32[4]>", S], f"lambda a, b: jax.vmap(lambda a: jax.grad(lambda a: {ROOT})(a))(a)"),
    ("root_of_many_vmap", [W, X], f"lambda w, bs: jax.vmap(lambda b: {MANY})(bs)"),
    ("root_jit", [W, V], f"jax.jit(lambda w, b: {MANY} * b)"),
    ("root_hessian", [S + ">", S], f"lambda a, b: jax.hessian(lambda b: {ROOT})(b)"),
    ("root_in_root", [S + ">", S], f"lambda a, c: lax.custom_root(lambda y: y + (lambda b: {ROOT})(c - y) - a, c, newton, divide)"),
    ("linear", [W, V], f"lambda w, b: {SOLVE}"),
    ("linear_one_way!", [W, V], "lambda w, b: lax.custom_linear_solve(lambda x: spd(w) @ x, b, dense)"),
    ("linear_cg", [W, V], f"lambda w, b: {CG}"),
    ("linear_aux", [W, V], "lambda w, b: lax.custom_linear_solve(lambda x: spd(w) @ x, b, dense_aux, dense_aux, has_aux=True)"),
    ("linear_aux_symmetric", [W, V], "lambda w, b: lax.custom_linear_solve(lambda x: spd(w) @ x, b, dense_aux, symmetric=True, has_aux=True)"),
    ("linear_pair", [S + ">", V, V], "lambda a, x, y: lax.custom_linear_solve(lambda p: (2 * p[0] + a * p[1], p[1] - a * p[0]), (x, y), pairs, pairs)"),
    ("linear_constant_map", [V], "lambda b: lax.custom_linear_solve(lambda x: 2 * x, b, lambda mv, b: b / 2, lambda mv, b: b / 2)"),
    ("linear_vmap_sides", [W, X], f"lambda w, bs: jax.vmap(lambda b: {SOLVE})(bs)"),
    ("linear_vmap_maps", [B, V], f"lambda ws, b: jax.vmap(lambda w: {SOLVE})(ws)"),
    ("linear_vmap_both", [B, "f32[2,3]"], f"jax.vmap(lambda w, b: {CG})"),
    ("linear_vmap_grad", [B, V], f"lambda ws, b: jax.vmap(jax.grad(lambda w: jnp.sin({CG}).sum()))(ws)"),
    ("linear_aux_vmap", [W, X], "lambda w, bs: jax.vmap(lambda b: lax.custom_linear_solve(lambda x: spd(w) @ x, b, dense_aux, symmetric=True, has_aux=True))(bs)"),
    ("linear_grad_grad", [W, V], f"jax.grad(lambda w, b: jax.grad(lambda b: jnp.sin({SOLVE}).sum())(b).sum())"),
    ("linear_in_scan", [W, X], f"lambda w, bs: lax.scan(lambda c, b: (jnp.sin({CG} + c), c.sum()), bs[0], bs)"),
    ("linear_jit", [W, V], f"jax.jit(lambda w, b: {SOLVE} * b)"),
    ("linear_checkpoint", [W, V], f"jax.checkpoint(lambda w, b: jnp.sin({CG}))"),
]


def main():
    jax.config.update("jax_enable_x64", True)
    out = golden.GoldenFile("jnp/solves.tsv", True, "see FORMAT.md")
    for name, types, source in CASES:
        write = make_jnp.write if not name.endswith("!") else forward
        write(out, name.rstrip("!"), [wide(t) for t in types], wide(source))
    out.close()


def forward(out, name, types, source):
    """Values only."""
    derivatives = make_jnp.derivatives
    make_jnp.derivatives = lambda *args: None
    make_jnp.write(out, name, types, source)
    make_jnp.derivatives = derivatives


if __name__ == "__main__":
    main()
