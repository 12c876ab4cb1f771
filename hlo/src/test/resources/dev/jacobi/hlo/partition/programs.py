import jax, jax.numpy as jnp, numpy as np
import sys
def spec(*s): return jax.ShapeDtypeStruct(s, np.float32)
def mlp(p, x):
    w1, b1, w2, b2 = p
    return jax.nn.relu(x @ w1 + b1) @ w2 + b2
def loss(p, x, y): return jnp.mean((mlp(p, x) - y) ** 2)
def step(p, x, y):
    l, g = jax.value_and_grad(loss)(p, x, y)
    return jax.tree.map(lambda a, b: a - 0.1 * b, p, g), l
def attention(wq, wk, wv, wo, x):
    q = jnp.einsum('bse,ehd->bshd', x, wq)
    k = jnp.einsum('bse,ehd->bshd', x, wk)
    v = jnp.einsum('bse,ehd->bshd', x, wv)
    s = jnp.einsum('bqhd,bkhd->bhqk', q, k) / 2.0
    a = jax.nn.softmax(s, axis=-1)
    o = jnp.einsum('bhqk,bkhd->bqhd', a, v)
    return jnp.einsum('bqhd,hde->bqe', o, wo)
p = (spec(8, 16), spec(16), spec(16, 8), spec(8))
out = {
 'mlp': jax.jit(lambda p, x: mlp(p, x)).lower(p, spec(32, 8)),
 'mlp_step': jax.jit(step).lower(p, spec(64, 8), spec(64, 8)),
 'attention': jax.jit(attention).lower(spec(16, 4, 4), spec(16, 4, 4), spec(16, 4, 4), spec(4, 4, 16), spec(2, 6, 16)),
}
d = sys.argv[1]
for k, v in out.items():
    open(f'{d}/{k}.mlir', 'w').write(f'// jax {jax.__version__}, by programs.py\n' + v.as_text())
