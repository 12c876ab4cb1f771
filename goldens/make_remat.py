"""Goldens of jax.checkpoint: jnp/remat.tsv (values and first derivatives in f64, and what vjp keeps; x64 on) and jaxpr/remat.tsv (x64 off)."""
import re

import make_jnp  # sets the platform
import jax
import numpy as np
from jax.ad_checkpoint import checkpoint_name
from jax._src.ad_checkpoint import saved_residuals

import golden
import make_jaxprs
import make_lax
from make_control import wide

P = jax.checkpoint_policies
make_jaxprs.SCOPE |= {"C": jax.checkpoint, "P": P, "N": checkpoint_name}
V, W, X, B = "f32[3]", "f32[3,3]", "f32[5,3]", "f32[2,3,3]"
MLP = "jnp.tanh(jnp.sin(x @ w) @ v)"
NAMED = "jnp.sin(N(jnp.sin(N(jnp.sin(x), 'a')), 'b'))"
STEP = "lambda c, y: (jnp.sin(N(jnp.sin(c * y), 'a')), jnp.cos(c))"
ONLY_A = "policy=P.save_only_these_names('a')"
CASES = [  # ^ no text
    ("two_sines", [V], "C(lambda x: jnp.sin(jnp.sin(x)))"),
    ("without", [V], "lambda x: jnp.sin(jnp.sin(x))"),
    ("closure", [V, V], "lambda x, y: C(lambda a: jnp.sin(a * y))(x)"),
    ("linear", [V], "C(lambda x: x * 2)"),
    ("unused", [V, V], "C(lambda x, y: (jnp.sin(x), y * 2))"),
    ("tree^", [V, V], "lambda x, y: C(lambda t: {'s': jnp.sin(t['a']) * t['b'][0], 'c': t['b'][1]})({'a': x, 'b': (y, x)})"),
    ("static^", [V], "lambda x: jax.checkpoint(lambda a, twice: jnp.sin(jnp.sin(a)) if twice else jnp.sin(a), static_argnums=(1,))(x, True)"),
    ("no_cse", [V, V], "C(lambda x, y: jnp.sin(x) * y, prevent_cse=False)"),
    ("cse_per_argument", [V, V], "C(lambda x, y: jnp.sin(x) * y, prevent_cse=(True, False))"),
    # policies
    *[(f"mlp_{n}^", [X, W, W], f"C(lambda x, w, v: {MLP}, policy=P.{n})")
      for n in ("everything_saveable", "nothing_saveable", "dots_saveable", "dots_with_no_batch_dims_saveable")],
    *[(f"batched_{n}^", [B, B], f"C(lambda x, y: jnp.sin(jnp.sin(x @ y)), policy=P.{n})") for n in ("dots_saveable", "dots_with_no_batch_dims_saveable")],
    ("conv_dots^", ["f32[1,1,6]", "f32[1,1,3]"], "C(lambda x, k: jnp.sin(jnp.sin(lax.conv(x, k, (1,), 'SAME'))), policy=P.dots_saveable)"),
    ("names_a", [V], f"C(lambda x: {NAMED}, {ONLY_A})"),
    ("names_b", [V], f"C(lambda x: {NAMED}, policy=P.save_only_these_names('b'))"),
    ("names_b_or_c^", [V], f"C(lambda x: {NAMED}, policy=P.save_only_these_names('b', 'c'))"),
    ("names_but_a", [V], f"C(lambda x: {NAMED}, policy=P.save_any_names_but_these('a'))"),
    ("names_anything_except^", [V], f"C(lambda x: {NAMED}, policy=P.save_anything_except_these_names('a'))"),
    ("names_both^", [V], f"C(lambda x: {NAMED}, policy=P.save_from_both_policies(P.save_only_these_names('a'), P.save_only_these_names('b')))"),
    ("names_and_dots^", [X, W, W], f"C(lambda x, w, v: jnp.sin(N({MLP}, 'a')), policy=P.save_from_both_policies(P.dots_saveable, P.save_only_these_names('a')))"),
    ("name_alone", [V], "lambda x: N(jnp.sin(x), 'a')"),
    ("name_of_tree", [V, V], "lambda x, y: N({'p': x, 'q': (y, x * y)}, 'a')"),
    ("name_not_needed^", [V], f"C(lambda x: N(jnp.sin(x), 'a') * 2, {ONLY_A})"),
    ("name_of_argument^", [V], f"C(lambda x: jnp.sin(N(x, 'a')), {ONLY_A})"),
    ("own_policy^", [V], "C(lambda x: jnp.sin(jnp.exp(jnp.cos(x))), policy=lambda p, *a, **k: p.name == 'exp')"),
    # programs in programs
    ("name_in_jit^", [V], f"C(lambda x: jnp.sin(jax.jit(lambda a: jnp.sin(N(jnp.sin(a), 'a')))(x)), {ONLY_A})"),
    ("jit_unused_part^", [V, V], "C(lambda x, y: jnp.sin(jax.jit(lambda a, b: (jnp.sin(a), jnp.sin(b)))(x, y)[0]))"),
    ("relu^", [X, W], "C(lambda x, w: jax.nn.relu(jax.nn.softmax(jax.nn.relu(x @ w))) @ w, policy=P.dots_saveable)"),
    ("scan_inside^", [V, X], "C(lambda c, xs: lax.scan(lambda c, y: (jnp.sin(c * y), c), c, xs))"),
    ("scan_name^", [V, X], f"C(lambda c, xs: lax.scan({STEP}, c, xs), {ONLY_A})"),
    ("scan_everything^", [V, X], f"C(lambda c, xs: lax.scan({STEP}, c, xs), policy=P.everything_saveable)"),
    ("scan_constant_name^", [V, V, X], f"C(lambda c, k, xs: lax.scan(lambda c, y: (jnp.sin(c * jnp.sin(N(jnp.sin(k), 'a'))) * y, c), c, xs), {ONLY_A})"),
    ("scan_unneeded^", [V, V, X], f"C(lambda c, k, xs: jnp.sin(lax.scan(lambda s, y: ((jnp.sin(s[0] * y), jnp.sin(N(s[1] * s[1], 'a'))), N(s[1], 'a')), (c, k), xs)[0][0]), {ONLY_A})"),
    ("scan_jit_name^", [V, X], f"C(lambda c, xs: lax.scan(lambda c, y: (jnp.sin(jax.jit(lambda a: jnp.sin(N(jnp.sin(a), 'a')))(c * y)), c), c, xs), {ONLY_A})"),
    ("scan_nested_name^", [V, X], f"C(lambda c, xs: lax.scan(C(lambda c, y: (jnp.sin(N(jnp.sin(c * y), 'a')), c)), c, xs), {ONLY_A})"),
    ("cond_name^", ["f32[]", V], f"C(lambda p, x: jnp.sin(lax.cond(p > 0, lambda a: jnp.sin(N(jnp.sin(a), 'a')), lambda a: jnp.cos(N(a.sum() * a, 'a')) * N(jnp.sin(a[0]), 'a'), x)), {ONLY_A})"),
    ("fori_inside^", [V], "C(lambda x: lax.fori_loop(0, 4, lambda i, a: jnp.sin(a), x))"),
    ("scan_of^", [V, X], "lambda c, xs: lax.scan(C(lambda c, y: (jnp.sin(jnp.sin(c * y)), jnp.cos(c))), c, xs)"),
    ("scan_of_named^", [V, X], f"lambda c, xs: lax.scan(C({STEP}, {ONLY_A}, prevent_cse=False), c, xs)"),
    ("recursive^", [V], "(lambda r: lambda x: r(r, [jnp.sin] * 8)(x))(lambda r, fs: fs[0] if len(fs) == 1 else (lambda f, g: lambda x: f(C(g)(x)))(r(r, fs[:len(fs) // 2]), r(r, fs[len(fs) // 2:])))"),
    # one in the other
    ("nested^", [V], "C(lambda x: jnp.sin(C(lambda a: jnp.sin(jnp.sin(a)))(jnp.sin(x))))"),
    ("nested_outer_a^", [V], f"C(lambda x: jnp.sin(C(lambda a: jnp.sin(N(jnp.sin(a), 'a')))(jnp.sin(x))), {ONLY_A})"),
    ("nested_inner_a^", [V], f"C(lambda x: jnp.sin(C(lambda a: jnp.sin(N(jnp.sin(a), 'a')), {ONLY_A})(jnp.sin(x))))"),
    ("nested_everything^", [V], "C(lambda x: jnp.sin(C(lambda a: jnp.sin(jnp.sin(a)))(jnp.sin(x))), policy=P.everything_saveable)"),
    ("nested_twice^", [X, W, W], "C(lambda x, w, v: C(lambda h: jnp.sin(h @ v))(C(lambda h: jnp.sin(h @ w))(x)), policy=P.dots_saveable)"),
    # derivatives
    ("grad^", [V], f"jax.grad(lambda x: C(lambda x: {NAMED}, {ONLY_A})(x).sum())"),
    ("grad_grad^", [V], f"jax.grad(lambda x: jax.grad(lambda x: C(lambda x: {NAMED}, {ONLY_A})(x).sum())(x).sum())"),
    ("checkpoint_of_grad^", [V], "C(jax.grad(lambda x: jnp.sin(jnp.sin(x)).sum()))"),
    ("hessian^", [V], "jax.hessian(lambda x: C(lambda x: jnp.sin(jnp.sin(x)) * x[0])(x).sum())"),
    ("vmap_grad^", [X, V], "lambda x, y: jax.vmap(jax.grad(lambda a: C(lambda a: jnp.sin(jnp.sin(a * y)))(a).sum()))(x)"),
    ("jacfwd^", [V], f"jax.jacfwd(C(lambda x: {NAMED}, {ONLY_A}))"),
]


def kept(out, name, types, source):
    """The types of what vjp keeps, and whether it is an argument, has a name, or is another value."""
    rng = np.random.default_rng(golden.seed_of("jnp " + name))
    args = [jax.numpy.asarray(make_jnp.operand(rng, t, name)) for t in types]
    f = eval(source, make_jaxprs.SCOPE)
    for aval, text in saved_residuals(f, *args):
        named = re.match(r"named '(\w+)'", text)
        what = "argument" if "argument" in text else f"name {named[1]}" if named else "value"
        out.line("kept", aval.str_short(short_dtypes=True), what)


def values():
    jax.config.update("jax_enable_x64", True)
    out = golden.GoldenFile("jnp/remat.tsv", True, "see FORMAT.md; kept: a type and its source, for each array that vjp keeps")
    for name, types, source in CASES:
        name, types, source = name.rstrip("^"), [wide(t) for t in types], wide(source)
        make_jnp.write(out, name, types, source)
        kept(out, name, types, source)
    out.close()
    jax.config.update("jax_enable_x64", False)


def texts():
    out = golden.GoldenFile("jaxpr/remat.tsv", False, "see FORMAT.md and NOTES.md for the normaliser")
    for name, types, source in CASES:
        if name.endswith("^"):
            continue
        name = f"remat_{name}"
        make_jaxprs.forward(out, name, types, source)
        make_jaxprs.pushed(out, name, types, source)
        make_jaxprs.batched(out, name, types, source)
    out.close()


if __name__ == "__main__":
    values()
    texts()
