"""Portable bytecode as older releases of JAX wrote it: programs without parameters, whose results are all true.

Run in turn with each release, such as 0.4.30, 0.4.35, 0.5.3, 0.6.2, 0.7.2, 0.8.3, 0.9.2: python make_old_bytecode.py.
Writes old/PROGRAM-VERSION.mlirbc beside hlo's other test data. A program computes from constants and compares with
what that release's XLA gave on the CPU.
"""

import os

import jax
import jax.numpy as jnp
import numpy as np
from jax import export

jax.config.update("jax_hlo_source_file_canonicalization_regex", ".*/")  # places without folders
FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../hlo/src/test/resources/dev/jacobi/hlo/bytecode/old")
random = np.random.default_rng(7)
normal = lambda *shape: random.standard_normal(shape).astype(np.float32)


def training(w, b, x, y):
  def loss(p):
    h = jax.nn.gelu(x @ p[0] + p[1], approximate=False)
    return -(jax.nn.log_softmax(h) * y).sum(-1).mean()

  value, (dw, db) = jax.value_and_grad(loss)((w, b))
  return value, w - 0.1 * dw, b - 0.1 * db


def loops(x, i):
  def body(c, a):
    c = jax.lax.cond(a.sum() > 0, jnp.sin, lambda c: c * 0.5, c + a)
    return c, c.max()

  carry, ys = jax.lax.scan(body, jnp.zeros(x.shape[1]), x)
  n, _ = jax.lax.while_loop(lambda s: s[1] < 100.0, lambda s: (s[0] + 1, s[1] * 1.5), (0, 1.0))
  chosen = jax.lax.switch(i, [jnp.cos, jnp.tan, lambda c: -c], carry)
  return carry, ys, n, chosen, jnp.fft.rfft(x[:, 0]).imag


def indices(x, i):
  values, places = jax.lax.top_k(x, 2)
  gathered = jnp.take_along_axis(x, i[:, None], 1)
  batched = jax.vmap(lambda a, k: jax.lax.dynamic_slice(a, (k,), (2,)))(x, i)
  return values, places, gathered, batched, x.at[i].add(1.0), jnp.sort(x, 0), x.argmin(1), jnp.cumsum(x, 0)


def windows(x, k):
  y = jax.lax.conv_general_dilated(x, k, (2, 1), "SAME", rhs_dilation=(1, 2), dimension_numbers=("NCHW", "OIHW", "NHWC"))
  pool = lambda x: jax.lax.reduce_window(x, -jnp.inf, jax.lax.max, (1, 1, 2, 2), (1, 1, 2, 2), "VALID").sum()
  return y, jax.grad(pool)(x), jnp.pad(y[0], ((1, 0), (0, 2), (0, 0))), y[::-1, 1:], x.astype(jnp.bfloat16) * 2


def numbers(x):
  key = jax.random.PRNGKey(3)
  bits = jax.lax.bitcast_convert_type(x, jnp.uint32)
  return (jax.random.bits(key, (5,)), bits >> 3, jax.lax.population_count(bits), jax.lax.clz(bits), (x * 1j).conj(),
          x.astype(jnp.int8), jnp.isfinite(x), jnp.round(x), jax.lax.erf_inv(x / 9), jnp.cbrt(x), x > 0)


PROGRAMS = {
    "training": (training, normal(4, 3), normal(3), normal(5, 4), np.eye(3, dtype=np.float32)[[0, 2, 1, 1, 0]]),
    "loops": (loops, normal(6, 4), np.int32(1)),
    "indices": (indices, normal(4, 5), np.array([3, 0, 2, 1], np.int32)),
    "windows": (windows, normal(2, 3, 6, 6), normal(4, 3, 3, 2)),
    "numbers": (numbers, normal(9)),
}


barrier = getattr(jax.lax, "optimization_barrier", lambda a: a)  # not public in 0.4.30


def close(found, expected):
  if expected.dtype.kind in "fc":
    return jnp.abs(found - expected) <= 2e-5 * max(np.abs(expected).max(), 1e-30)
  return found == expected


os.makedirs(FOLDER, exist_ok=True)
for name, (f, *args) in PROGRAMS.items():
  expected = jax.tree_util.tree_map(np.asarray, jax.jit(f)(*args))

  def program():
    found = f(*(barrier(jnp.asarray(a)) for a in args))
    return jax.tree_util.tree_map(close, found, expected)

  exported = export.export(jax.jit(program), platforms=["cpu"])()
  with open(os.path.join(FOLDER, f"{name}-{jax.__version__}.mlirbc"), "wb") as out:
    out.write(exported.mlir_module_serialized)
print("jax", jax.__version__)
