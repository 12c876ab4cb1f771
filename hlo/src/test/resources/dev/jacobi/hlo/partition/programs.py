"""Writes the programs of ParallelismTest: python programs.py FOLDER."""

import sys

import jax
import jax.numpy as jnp
import numpy as np


def spec(*shape, dtype=np.float32):
    return jax.ShapeDtypeStruct(shape, dtype)


# A perceptron with one hidden layer, and a step of gradient descent.


def mlp(p, x):
    w1, b1, w2, b2 = p
    return jax.nn.relu(x @ w1 + b1) @ w2 + b2


def mlp_loss(p, x, y):
    return jnp.mean((mlp(p, x) - y) ** 2)


def step_of(loss):
    def step(p, x, y):
        l, g = jax.value_and_grad(loss)(p, x, y)
        return jax.tree.map(lambda a, b: a - 0.1 * b, p, g), l

    return step


# Attention with its projections, written with heads.


def attention(wq, wk, wv, wo, x):
    q = jnp.einsum("bse,ehd->bshd", x, wq)
    k = jnp.einsum("bse,ehd->bshd", x, wk)
    v = jnp.einsum("bse,ehd->bshd", x, wv)
    s = jnp.einsum("bqhd,bkhd->bhqk", q, k) / 2.0
    a = jax.nn.softmax(s, axis=-1)
    o = jnp.einsum("bhqk,bkhd->bqhd", a, v)
    return jnp.einsum("bqhd,hde->bqe", o, wo)


# A transformer of two layers in a scan, with tied embeddings: heads come from a reshape.

E, H, D, F, V, B, S, L = 16, 4, 4, 64, 32, 8, 6, 2


def norm(x, g):
    m = x.mean(-1, keepdims=True)
    v = ((x - m) ** 2).mean(-1, keepdims=True)
    return (x - m) * jax.lax.rsqrt(v + 1e-5) * g


def block(p, x):
    g1, wq, wk, wv, wo, g2, w1, b1, w2, b2 = p
    h = norm(x, g1)
    q, k, v = ((h @ w).reshape(B, S, H, D) for w in (wq, wk, wv))
    s = jnp.einsum("bqhd,bkhd->bhqk", q, k) / 2.0
    mask = jnp.tril(jnp.ones((S, S), bool))
    a = jax.nn.softmax(jnp.where(mask, s, -1e9), -1)
    o = jnp.einsum("bhqk,bkhd->bqhd", a, v).reshape(B, S, E)
    x = x + o @ wo
    h = norm(x, g2)
    return x + jax.nn.gelu(h @ w1 + b1) @ w2 + b2


def transformer_loss(p, x, y):
    embeddings, blocks = p
    h, _ = jax.lax.scan(lambda c, q: (block(q, c), None), embeddings[x], blocks)
    logits = jax.nn.log_softmax(h @ embeddings.T)
    return -jnp.mean(jnp.take_along_axis(logits, y[..., None], -1))


perceptron = (spec(8, 16), spec(16), spec(16, 8), spec(8))
sizes = [(E,), (E, E), (E, E), (E, E), (E, E), (E,), (E, F), (F,), (F, E), (E,)]
transformer = (spec(V, E), tuple(spec(L, *s) for s in sizes))
tokens = spec(B, S, dtype=np.int32)
heads = [spec(16, 4, 4)] * 3 + [spec(4, 4, 16)]

programs = {
    "mlp": jax.jit(lambda p, x: mlp(p, x)).lower(perceptron, spec(32, 8)),
    "mlp_step": jax.jit(step_of(mlp_loss)).lower(perceptron, spec(64, 8), spec(64, 8)),
    "attention": jax.jit(attention).lower(*heads, spec(2, 6, 16)),
    "transformer": jax.jit(step_of(transformer_loss)).lower(transformer, tokens, tokens),
}
for name, lowered in programs.items():
    with open(f"{sys.argv[1]}/{name}.mlir", "w") as out:
        out.write(f"// jax {jax.__version__}, by programs.py\n" + lowered.as_text())
