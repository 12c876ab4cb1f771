"""Programs that real JAX exported with symbolic sizes, and their results at several sizes.

Run with JAX 0.10.2: python make_symbolic.py. Writes symbolic.tsv.
"""

import jax
import jax.numpy as jnp
import numpy as np
from golden import GoldenFile, seed_of
from jax import export, lax
from jax._src.interpreters import mlir
from jaxlib.mlir import ir

F, I, U = np.float32, np.int32, np.uint32


def mlp(x, w):
    return jnp.tanh(x @ w).sum(0) / x.shape[0], jax.nn.softmax(x)


def shapes(x):
    b, n = x.shape
    y = jnp.pad(x, ((1, b // 2), (0, 2)))
    return (
        x.reshape(-1), jnp.concatenate([x, x * 2], 0), y, jnp.stack([x, -x], 1).reshape(2 * b, n), jnp.repeat(x, 3, axis=1),
        jnp.broadcast_to(x[:, None], (b, 2 * n + 1, n)), x[: b // 2], x[-1], x[::2], jnp.flip(x, 0), x.T, jnp.tile(x, (2, 1)),
        jnp.arange(b * n), jnp.eye(n, dtype=F), x.mean(), jnp.full((n,), b),
    )


def order(x):
    values, places = lax.top_k(x, (x.shape[1] + 1) // 2)
    return values, places, jnp.sort(x, axis=0), jnp.argsort(x, axis=1), jnp.argmax(x, 1), jnp.cumsum(x, 0), jnp.median(x, axis=1)


def loops(x):
    def body(i, c):
        return c * 0.5 + x[i]

    c, ys = lax.scan(lambda c, row: (c + row, c.sum()), jnp.zeros(x.shape[1:]), x)
    return (
        lax.fori_loop(0, x.shape[0], body, jnp.zeros(x.shape[1:])), c, ys, jax.vmap(lambda r: r @ r)(x),
        lax.cond(x.sum() > 0, lambda: x + x.shape[0], lambda: x - 1.0), lax.map(lambda r: r * r.sum(), x),
        lax.while_loop(lambda s: s.sum() < 100.0, lambda s: s * 2 + x.shape[1], jnp.abs(x)),
    )


def indices(x, i):
    b, n = x.shape
    return (
        x[i % b], x.at[i % b].add(1.0), lax.dynamic_slice(x, (i[0], 0), (1, n)), lax.dynamic_slice(x, (i[0], i[1]), (b // 2, n)),
        lax.dynamic_update_slice(x, jnp.ones((1, n)), (i[1], 0)), jnp.take(x, i, axis=1, mode="clip"), jnp.where(x > 0, x, 0.0), x[jnp.array(b // 2), n - 1 + 0 * i],
        jax.ops.segment_sum(x, jnp.arange(b) % 2, num_segments=b),
    )


def images(x, k):
    y = lax.conv_general_dilated(x, k, (1, 1), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC"))
    z = lax.conv_general_dilated(x, k, (2, 1), "VALID", dimension_numbers=("NHWC", "HWIO", "NHWC"))
    pooled = lax.reduce_window(y, -jnp.inf, lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "SAME")
    return y, z, pooled, lax.reduce_window(x, 0.0, lax.add, (1, 3, 1, 1), (1, 1, 1, 1), "VALID")


def gradient(w, x):
    def loss(w):
        return (jax.nn.relu(x @ w).mean(0) ** 2).sum()

    value, g = jax.value_and_grad(loss)(w)
    pooled = jax.grad(lambda x: lax.reduce_window(x, -jnp.inf, lax.max, (2, 1), (1, 1), "VALID").sum())(x)
    return value, g, pooled, jax.jacfwd(lambda v: v * v.sum())(w[:, 0])


def keys(k, x):
    key = jax.random.wrap_key_data(k)
    a, b = jax.random.split(key)
    return jax.random.uniform(a, x.shape), jax.random.bits(b, (x.shape[0], 3), "uint32"), lax.rng_bit_generator(jnp.concatenate([k, k]), (x.shape[0],), jnp.uint32)


def linear(a, b):
    s = a @ a.T + 2 * a.shape[0] * jnp.eye(a.shape[0])
    c = jnp.linalg.cholesky(s)
    return c, lax.linalg.triangular_solve(c, b, left_side=True, lower=True)


def batched(a):
    return jnp.abs(jnp.linalg.qr(a)[1]), jnp.linalg.solve(a, jnp.ones(a.shape[:2] + (1,))), jnp.linalg.svd(a, compute_uv=False), jnp.linalg.det(a)


def types(x):
    bits = lax.bitcast_convert_type(x, np.int32)
    return bits, lax.bitcast_convert_type(bits, F), jnp.fft.fft(jnp.stack([x, x, -x], -1), axis=-1).real, x.astype(jnp.bfloat16), jnp.dot(x, x), x.shape[0] * 1.5


def attention(x, w):
    q, k, v = jnp.split(x @ w, 3, axis=-1)
    t = x.shape[1]
    mask = jnp.tril(jnp.ones((t, t), bool))
    s = jnp.where(mask, jnp.einsum("btd,bsd->bts", q, k) / 2.0, -jnp.inf)
    return jnp.einsum("bts,bsd->btd", jax.nn.softmax(s, -1), v)


def nested(x):
    @jax.jit
    def half(y):
        return y[: y.shape[0] // 2].sum(0) + y.shape[0]

    @jax.jit
    def twice(y):
        return half(y) + half(jnp.concatenate([y, y]))

    return twice(x), twice(x[: x.shape[0] - 1]), jax.checkpoint(half)(x), jax.grad(lambda y: twice(y).sum())(x)


def parity(x, y):
    return x[: y.shape[0]] + y, x.reshape(-1, 2).sum(1)


# name: (function, [types], scope of sizes, [values of symbols], [values that are refused])
PROGRAMS = {
    "mlp": (mlp, [(F, "b, n"), (F, "n, 4")], [], [(2, 3), (1, 1), (5, 8)], [(0, 3)]),
    "shapes": (shapes, [(F, "b, n")], [], [(2, 3), (5, 1)], []),
    "order": (order, [(F, "b, n")], [], [(3, 4), (1, 1), (4, 7)], []),
    "loops": (loops, [(F, "b, n")], [], [(3, 4), (4, 1)], []),
    "indices": (indices, [(F, "b, n"), (I, "2")], [], [(3, 4), (7, 5)], []),
    "images": (images, [(F, "b, h, w, 2"), (F, "3, 3, 2, 4")], ["h >= 4", "w >= 4"], [(2, 5, 6), (1, 4, 4)], [(1, 3, 4)]),
    "gradient": (gradient, [(F, "n, 3"), (F, "b, n")], ["b >= 2"], [(4, 2), (2, 5)], [(4, 1)]),
    "keys": (keys, [(U, "2"), (F, "b, n")], [], [(2, 3), (5, 4)], []),
    "linear": (linear, [(F, "n, n"), (F, "n, m")], [], [(3, 2), (1, 1)], []),
    "batched": (batched, [(F, "b, 3, 3")], [], [(2,), (1,)], []),
    "types": (types, [(F, "b")], [], [(3,), (4,)], []),
    "attention": (attention, [(F, "b, t, 6"), (F, "6, 12")], [], [(2, 3), (1, 5)], []),
    "nested": (nested, [(F, "b, 3")], ["b >= 3"], [(3,), (6,)], [(2,)]),
    "parity": (parity, [(F, "2*b"), (F, "max(b - 1, 2)")], ["b >= 2"], [(2,), (4,)], []),
}


def text_of(exported):
    with mlir.make_ir_context():
        return str(ir.Module.parse(exported.mlir_module()))


def array(name, i, dtype, shape):
    rng = np.random.default_rng(seed_of(f"{name} {i} {shape}"))
    if dtype == F:
        return rng.uniform(-2, 2, shape).astype(F)
    return rng.integers(0, 3, shape).astype(dtype)


def arguments(name, specs, names, values):
    at = dict(zip(names, values))
    arrays = []
    for i, (dtype, dims) in enumerate(specs):
        shape = tuple(int(eval(d, {"max": max}, at)) for d in split(dims))
        arrays.append(array(name, i, dtype, shape))
    return arrays


def split(dims):
    parts, depth = [""], 0
    for c in dims:
        depth += (c == "(") - (c == ")")
        if c == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += c
    return parts


def leaves(x):
    return [np.asarray(y) for y in jax.tree.leaves(x)]


def main():
    out = GoldenFile("symbolic.tsv", False, "exported programs with symbolic sizes, and results at several sizes")
    for name, (f, specs, constraints, good, bad) in PROGRAMS.items():
        scope = export.SymbolicScope(constraints)
        shapes_ = [export.symbolic_shape(dims, scope=scope) for _, dims in specs]
        names = []
        for _, dims in specs:
            for d in split(dims):
                for word in "".join(c if c.isalnum() or c == "_" else " " for c in d).split():
                    if word.isidentifier() and word != "max" and word not in names:
                        names.append(word)
        exported = export.export(jax.jit(f))(*[jax.ShapeDtypeStruct(s, t) for s, (t, _) in zip(shapes_, specs)])
        out.case(name).text("|", text_of(exported))
        call = jax.jit(exported.call)
        for values in good:
            args = arguments(name, specs, names, values)
            out.case(name + " " + " ".join(f"{n}={v}" for n, v in zip(names, values)))
            out.line("program", name)
            for a in args:
                out.array("in", a)
            for r in leaves(call(*args)):
                out.array("out", r)
        for values in bad:
            args = arguments(name, specs, names, values)
            out.case(name + " " + " ".join(f"{n}={v}" for n, v in zip(names, values)))
            out.line("program", name)
            for a in args:
                out.array("in", a)
            try:
                call(*args)
            except ValueError as e:
                out.line("refused", str(e).split("\n")[0])
            else:
                raise AssertionError(f"{name} takes {values}")
    out.close()


main()
