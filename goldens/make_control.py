"""Goldens of structured control flow: jnp/control.tsv (in f64, as XLA contracts and steps cancel; x64 on) and jaxpr/control.tsv (x64 off)."""
import make_jnp  # sets the platform
import jax

import golden
import make_jaxprs
import make_lax

S, V, X, W = "f32[]", "f32[3]", "f32[5,3]", "f32[3,3]"
RNN = "lax.scan(lambda h, x: (jnp.tanh(w @ h + x), h * x), h, xs)"
NEST = "lax.scan(lambda c, x: (lax.fori_loop(0, 3, lambda i, d: lax.cond(d.sum() > 0, lambda e: jnp.sin(e) * x, lambda e: e * w + i, d), c), c.sum()), c, xs)"
CASES = [  # ! has no reverse derivative, ^ no text
    # branches
    ("cond", [S, S], "lambda x, y: lax.cond(x > 0, lambda a, b: jnp.sin(a) * b, lambda a, b: a + b, x, y)"),
    ("cond_closure", [S, V], "lambda x, y: lax.cond(x > 0, lambda a: a * x, lambda a: a + 1, y)"),
    ("cond_two_closures", [S, V, V], "lambda x, y, z: lax.cond(x > 0, lambda a: a * y, lambda a: a + z * y, y)"),
    ("cond_tree", [S, V], "lambda x, y: lax.cond(x > 0, lambda a: (a * 2, a.sum()), lambda a: (a, jnp.float32(0)), y)"),
    ("cond_number", ["i32[]", V], "lambda i, x: lax.cond(i, lambda a: a * 2, lambda a: a, x)"),
    ("cond_constant_branch", [S, V], "lambda x, y: lax.cond(x > 0, lambda a: jnp.exp(a), lambda a: jnp.zeros(3), y)"),
    ("switch", ["i32[]<5", V], "lambda i, x: lax.switch(i - 1, [lambda a: a * 2, jnp.sin, lambda a: a], x)"),
    ("switch_one", ["i32[]", V], "lambda i, x: lax.switch(i, [jnp.sin], x)"),
    ("cond_in_cond", [S, V], "lambda x, y: lax.cond(x > 0, lambda a: lax.cond(x > 1, jnp.sin, jnp.cos, a) * x, lambda a: a * a, y)"),
    # loops
    ("while!", [S, S], "lambda x, c: lax.while_loop(lambda s: s[0] < 10, lambda s: (s[0] * (2 + c * c), s[1] + s[0]), (x * x + 1, c))"),
    ("while_count!", [V], "lambda x: lax.while_loop(lambda s: s[0] < 4, lambda s: (s[0] + 1, s[1] * s[1] - s[1]), (jnp.int32(0), x))[1]"),
    ("while_closure!", [S, V], "lambda x, y: lax.while_loop(lambda s: s.sum() < 10 + x, lambda s: s * s * y + 1 + x * x, y)"),
    ("while_constant_carry!", [S, S], "lambda x, y: lax.while_loop(lambda s: s[1] < 3, lambda s: (s[0], s[1] + 1 + s[0] * s[0]), (x, y))"),
    ("fori_static", [V], "lambda x: lax.fori_loop(0, 5, lambda i, a: jnp.sin(a) * i.astype(jnp.float32) + a, x)"),
    ("fori_dynamic!", ["i32[]<6", V], "lambda n, x: lax.fori_loop(jnp.int32(0), n, lambda i, a: jnp.sin(a) + a * x, x)"),
    # scans
    ("scan", [S + ">", S + ">", "f32[5]>"], "lambda c, w, xs: lax.scan(lambda c, x: (c * w + x, c - x), c, xs)"),
    ("scan_rnn", [V, W, X], f"lambda h, w, xs: {RNN}"),
    ("scan_reverse", [V, W, X], f"lambda h, w, xs: {RNN[:-1]}, reverse=True)"),
    ("scan_unroll^", [V, W, X], f"lambda h, w, xs: {RNN[:-1]}, unroll=2)"),
    ("scan_no_elements", [V], "lambda c: lax.scan(lambda c, _: (jnp.sin(c), c), c, None, length=4)"),
    ("scan_empty", [V, "f32[0,3]"], "lambda c, xs: lax.scan(lambda c, x: (c * x, c + x), c, xs)"),
    ("scan_constant_work", [V, W, X], "lambda h, w, xs: lax.scan(lambda h, x: (h * jnp.exp(w).sum(0) + x, h[0]), h, xs)"),
    ("scan_two_sequences", [S, "f32[4]", "f32[4]"], "lambda c, xs, ys: lax.scan(lambda c, xy: (c + xy[0] * xy[1], (c, xy[0])), c, (xs, ys))"),
    ("scan_unused_carry", [S, "f32[4]"], "lambda c, xs: lax.scan(lambda c, x: (c, x * x), c, xs)"),
    ("scan_in_scan", [V, W, X], "lambda h, w, xs: lax.scan(lambda h, x: lax.scan(lambda k, y: (jnp.sin(k) * y, k.sum()), h, w + x), h, xs)"),
    ("scan_while!", [S, "f32[4]"], "lambda c, xs: lax.scan(lambda c, x: (lax.while_loop(lambda k: k < 5, lambda k: k * 1.5 + x * x, c * c + 1) - 4, c), c, xs)"),
    ("three_deep", [V, S, "f32[4]"], f"lambda c, w, xs: {NEST}"),
    # over elements
    ("map", [X], "lambda x: lax.map(lambda r: jnp.sin(r).sum(), x)"),
    ("map_batches^", [X], "lambda x: lax.map(lambda r: jnp.sin(r).sum(), x, batch_size=2)"),
    ("map_pair", ["f32[4]", "f32[4,2]"], "lambda x, y: lax.map(lambda p: (p[0] * p[1], p[1].sum()), (x, y))"),
    ("associative_scan", ["f32[5]"], "lambda x: lax.associative_scan(jnp.add, x)"),
    ("associative_scan_even", ["f32[6]"], "lambda x: lax.associative_scan(jnp.multiply, x)"),
    ("associative_scan_reverse", [X], "lambda x: lax.associative_scan(jnp.multiply, x, reverse=True, axis=1)"),
    ("associative_scan_affine", ["f32[7]", "f32[7]"], "lambda a, b: lax.associative_scan(lambda p, q: (q[0] * p[0], q[0] * p[1] + q[1]), (a, b))"),
    # derivatives as programs
    ("grad_cond^", [S, V], "lambda x, y: jax.grad(lambda y: lax.cond(x > 0, jnp.sin, jnp.exp, y).sum())(y)"),
    ("grad_fori^", [V], "lambda x: jax.grad(lambda x: lax.fori_loop(0, 4, lambda i, a: jnp.sin(a), x).sum())(x)"),
    ("grad_rnn^", [V, W, X], f"lambda h, w, xs: jax.grad(lambda w: {RNN}[0].sum())(w)"),
    ("grad_rnn_ys^", [V, W, X], f"lambda h, w, xs: jax.grad(lambda w: {RNN}[1].sum())(w)"),
    ("scan_grad_grad^", [S, "f32[4]"], "lambda c, xs: jax.grad(jax.grad(lambda c: lax.scan(lambda a, x: (jnp.sin(a) * x, a), c, xs)[0]))(c)"),
    ("grad_three_deep^", [V, S, "f32[4]"], f"lambda c, w, xs: jax.grad(lambda w: {NEST}[0].sum())(w)"),
    ("hessian_vector^", [V, W, X], f"lambda h, w, xs: jax.jvp(jax.grad(lambda w: {RNN}[0].sum()), (w,), (w,))[1]"),
    ("vmap_grad^", [X], "jax.vmap(jax.grad(lambda x: lax.fori_loop(0, 3, lambda i, a: lax.cond(a.sum() > 0, jnp.sin, lambda b: b * b, a), x).sum()))"),
    ("vmap_cond^", [X, V], "lambda x, y: jax.vmap(lambda r: lax.cond(r.sum() > 0, lambda a: a * y, lambda a: jnp.exp(a), r))(x)"),
    ("vmap_while!^", ["f32[6]"], "jax.vmap(lambda x: lax.while_loop(lambda s: s[1] < 5, lambda s: (s[0] + 1, s[1] * 1.5 + 0.1), (jnp.float32(0), x * x)))"),
]


def wide(text):
    return text.replace("f32[", "f64[").replace("float32", "float64")


def values():
    jax.config.update("jax_enable_x64", True)
    out = golden.GoldenFile("jnp/control.tsv", True, "see FORMAT.md")
    for name, types, source in CASES:
        marks, name = name[len(name.rstrip("!^")):], name.rstrip("!^")
        write = make_lax.unpushed if "!" in marks else make_jnp.write
        write(out, name, [wide(t) for t in types], wide(source))
    out.close()
    jax.config.update("jax_enable_x64", False)


def texts():
    out = golden.GoldenFile("jaxpr/control.tsv", False, "see FORMAT.md and NOTES.md for the normaliser")
    for name, types, source in CASES:
        marks, name = name[len(name.rstrip("!^")):], name.rstrip("!^")
        if "^" in marks:
            continue
        types = [make_lax.plain(t) for t in types]
        make_jaxprs.forward(out, name, types, source)
        make_jaxprs.pushed(out, name, types, source)
        make_jaxprs.batched(out, name, types, source)
    out.close()


if __name__ == "__main__":
    values()
    texts()
