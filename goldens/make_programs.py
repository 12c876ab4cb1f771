"""Programs of real JAX in the portable bytecode that JAX exports, each with its inputs and XLA's answers inside.

Run with JAX 0.10.2: python make_programs.py [NAME...]. Writes programs/NAME.mlirbc. Each file checks itself: @main calls the
program on constants and compares every result with what XLA's CPU backend gave, whole numbers exactly, others to a
part of the largest magnitude of that result. `./jacobi hlo check goldens/programs --backend cpu` runs them.
"""

import os
import sys
import zlib

import jax
import jax.numpy as jnp
import numpy as np
from jax._src.interpreters import mlir
from jax._src.lib import _jax
from jax._src.lib.mlir import ir

FOLDER = os.path.join(os.path.dirname(__file__), "programs")
VERSION = "1.13.0"
f32 = np.float32
TOLERANCE = {"float32": 2e-5, "float64": 1e-12, "bfloat16": 2e-2, "complex64": 2e-5}

jax.config.update("jax_hlo_source_file_canonicalization_regex", ".*/")  # places without folders


class Data:
  """Random numbers that follow from a program's name alone."""

  def __init__(self, name):
    self.random = np.random.default_rng(zlib.crc32(name.encode()))

  def normal(self, *shape, scale=1.0):
    return (scale * self.random.standard_normal(shape)).astype(f32)

  def integers(self, high, *shape):
    return self.random.integers(0, high, shape).astype(np.int32)


def layers(d, *sizes):
  return [(d.normal(n, m, scale=n**-0.5), d.normal(m, scale=0.1)) for n, m in zip(sizes, sizes[1:])]


def mlp(params, x):
  for w, b in params[:-1]:
    x = jnp.tanh(x @ w + b)
  w, b = params[-1]
  return x @ w + b


def cross_entropy(logits, labels):
  return -jnp.take_along_axis(jax.nn.log_softmax(logits), labels[:, None], 1).mean()


def sgd(loss, rate=0.1):
  def step(params, *batch):
    value, grads = jax.value_and_grad(loss)(params, *batch)
    return value, jax.tree.map(lambda p, g: p - rate * g, params, grads)

  return step


def regression_step(d):
  loss = lambda p, x, y: ((x @ p["w"] + p["b"] - y) ** 2).mean()
  return sgd(loss), {"w": d.normal(5), "b": f32(0.5)}, d.normal(32, 5), d.normal(32)


def mlp_step(d):
  loss = lambda p, x, y: cross_entropy(mlp(p, x), y)
  return sgd(loss), layers(d, 12, 16, 16, 4), d.normal(24, 12), d.integers(4, 24)


def mlp_vjp(d):
  def pullback(params, x, cotangent):
    y, back = jax.vjp(mlp, params, x)
    return y, back(cotangent)

  return pullback, layers(d, 6, 9, 3), d.normal(7, 6), d.normal(7, 3)


def conv(x, w, strides=(1, 1)):
  return jax.lax.conv_general_dilated(x, w, strides, "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC"))


def cnn_step(d):
  def loss(p, x, y):
    h = jax.nn.relu(conv(x, p["c1"]) + p["b1"])
    h = jax.lax.reduce_window(h, -jnp.inf, jax.lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID")
    h = jax.nn.relu(conv(h, p["c2"], (2, 2)))
    return cross_entropy(h.reshape(h.shape[0], -1) @ p["w"], y)

  p = {"c1": d.normal(3, 3, 1, 6, scale=0.3), "b1": d.normal(6, scale=0.1), "c2": d.normal(3, 3, 6, 8, scale=0.2)}
  p["w"] = d.normal(2 * 2 * 8, 5, scale=0.2)
  return sgd(loss), p, d.normal(4, 8, 8, 1), d.integers(5, 4)


def layer_norm(x, scale):
  m = x.mean(-1, keepdims=True)
  return (x - m) * jax.lax.rsqrt(((x - m) ** 2).mean(-1, keepdims=True) + 1e-5) * scale


def block(p, x, heads=2):
  n, t, c = x.shape
  qkv = layer_norm(x, p["n1"]) @ p["qkv"]
  q, k, v = (a.reshape(n, t, heads, -1).transpose(0, 2, 1, 3) for a in jnp.split(qkv, 3, -1))
  scores = jnp.where(jnp.tril(jnp.ones((t, t), bool)), q @ k.swapaxes(-1, -2) / (c / heads) ** 0.5, -jnp.inf)
  x = x + (jax.nn.softmax(scores) @ v).transpose(0, 2, 1, 3).reshape(n, t, c) @ p["out"]
  return x + jax.nn.gelu(layer_norm(x, p["n2"]) @ p["up"], approximate=False) @ p["down"]


def block_params(d, c):
  s = c**-0.5
  p = {"qkv": d.normal(c, 3 * c, scale=s), "out": d.normal(c, c, scale=s), "up": d.normal(c, 2 * c, scale=s)}
  return p | {"down": d.normal(2 * c, c, scale=s), "n1": np.ones(c, f32), "n2": np.ones(c, f32)}


def transformer_block(d):
  return block, block_params(d, 8), d.normal(2, 6, 8)


def transformer_step(d):
  def loss(p, tokens):
    x = p["embed"][tokens[:, :-1]] + p["places"]
    for b in p["blocks"]:
      x = block(b, x)
    logits = x @ p["embed"].T
    return cross_entropy(logits.reshape(-1, logits.shape[-1]), tokens[:, 1:].reshape(-1))

  p = {"embed": d.normal(11, 8, scale=0.5), "places": d.normal(6, 8, scale=0.1)}
  p["blocks"] = [block_params(d, 8) for _ in range(2)]
  return sgd(loss), p, d.integers(11, 3, 7)


def rnn_step(d):
  def loss(p, xs, y):
    cell = lambda h, x: (jnp.tanh(h @ p["h"] + x @ p["x"]), None)
    h, _ = jax.lax.scan(cell, jnp.zeros((xs.shape[1], 8)), xs)
    return ((h @ p["o"] - y) ** 2).mean()

  p = {"h": d.normal(8, 8, scale=0.3), "x": d.normal(3, 8, scale=0.5), "o": d.normal(8, scale=0.3)}
  return sgd(loss), p, d.normal(10, 5, 3), d.normal(5)


def lstm(d):
  def run(w, u, b, xs):
    def cell(carry, x):
      h, c = carry
      i, f, g, o = jnp.split(x @ w + h @ u + b, 4, -1)
      c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
      h = jax.nn.sigmoid(o) * jnp.tanh(c)
      return (h, c), h

    zeros = jnp.zeros((xs.shape[1], u.shape[0]))
    return jax.lax.scan(cell, (zeros, zeros), xs)

  return run, d.normal(4, 24, scale=0.4), d.normal(6, 24, scale=0.4), d.normal(24), d.normal(9, 2, 4)


def ode_solver(d):
  """Lotka-Volterra by Heun's method with steps that adapt."""

  def solve(y, rates):
    f = lambda y: jnp.stack([rates[0] * y[0] - rates[1] * y[0] * y[1], rates[2] * y[0] * y[1] - rates[3] * y[1]])

    def step(state):
      t, dt, y, n = state
      k1 = f(y)
      euler = y + dt * k1
      heun = y + dt / 2 * (k1 + f(euler))
      error = jnp.abs(heun - euler).max()
      ok = error < 1e-2
      return jnp.where(ok, t + dt, t), dt * jnp.where(ok, 1.25, 0.5), jnp.where(ok, heun, y), n + 1

    return jax.lax.while_loop(lambda s: (s[0] < 5.0) & (s[3] < 1000), step, (0.0, 0.25, y, 0))

  return solve, np.array([1.0, 1.5], f32), np.array([1.1, 0.4, 0.1, 0.4], f32)


def gaussian_process(d):
  def predict(log_scale, x, y, z):
    kernel = lambda a, b: jnp.exp(-0.5 * ((a[:, None] - b[None]) * jnp.exp(-log_scale)) ** 2)

    def likelihood(log_scale):
      k = jnp.exp(-0.5 * ((x[:, None] - x[None]) * jnp.exp(-log_scale)) ** 2) + 0.1 * jnp.eye(len(x))
      l = jnp.linalg.cholesky(k)
      a = jax.scipy.linalg.solve_triangular(l, y, lower=True)
      return -0.5 * a @ a - jnp.log(jnp.diag(l)).sum()

    l = jnp.linalg.cholesky(kernel(x, x) + 0.1 * jnp.eye(len(x)))
    weights = jax.scipy.linalg.cho_solve((l, True), y)
    half = jax.scipy.linalg.solve_triangular(l, kernel(x, z), lower=True)
    return kernel(z, x) @ weights, 1 - (half**2).sum(0), jax.value_and_grad(likelihood)(log_scale)

  return predict, f32(0.3), np.sort(d.normal(12)), d.normal(12), d.normal(5)


def sampling(d):
  def draw(key, logits):
    k = jax.random.split(jax.random.wrap_key_data(key), 6)
    choice = jax.random.categorical(k[0], logits, shape=(9,))
    folded = jax.random.fold_in(k[5], 7)
    return (choice, jax.random.normal(k[1], (4, 3)), jax.random.uniform(k[2], (5,)), jax.random.randint(k[3], (6,), -5, 9),
            jax.random.permutation(k[4], 8), jax.random.bernoulli(folded, 0.3, (10,)), jax.random.gumbel(folded, (3,)))

  return draw, np.array([7, 42], np.uint32), d.normal(5)


def svd(d):
  def decompose(a):
    u, s, vt = jnp.linalg.svd(a, full_matrices=False)
    low = (u[:, :2] * s[:2]) @ vt[:2]  # free of signs
    return s, (u * s) @ vt, low, jnp.abs(u)

  return decompose, d.normal(7, 5)


def sort_top_k(d):
  def order(x, k):
    values, places = jax.lax.top_k(x, 4)
    return jnp.sort(x, axis=1), jnp.argsort(x, axis=0), values, places, jnp.lexsort((k, -k % 5)), jnp.unique(k, size=6), jnp.median(x)

  return order, np.round(d.normal(5, 9), 1), d.integers(6, 20)


def fft_convolution(d):
  def convolve(x, k):
    n = x.shape[-1] + k.shape[-1] - 1
    y = jnp.fft.irfft(jnp.fft.rfft(x, n) * jnp.fft.rfft(k, n), n)
    return y, jnp.abs(jnp.fft.fft2(x[:4, :4])), jnp.fft.fftshift(jnp.fft.ifft(x[0].astype(jnp.complex64)))

  return convolve, d.normal(4, 24), d.normal(9)


def vae_step(d):
  def loss(p, key, x):
    mean, log_std = jnp.split(mlp(p["encoder"], x), 2, -1)
    z = mean + jnp.exp(log_std) * jax.random.normal(jax.random.wrap_key_data(key), mean.shape)
    logits = mlp(p["decoder"], z)
    fit = (jax.nn.softplus(logits) - x * logits).sum(-1)
    return (fit + 0.5 * (mean**2 + jnp.exp(2 * log_std) - 1 - 2 * log_std).sum(-1)).mean()

  p = {"encoder": layers(d, 10, 8, 6), "decoder": layers(d, 3, 8, 10)}
  return sgd(loss, 0.01), p, np.array([0, 3], np.uint32), (d.normal(6, 10) > 0).astype(f32)


def attention_bf16(d):
  def attend(q, k, v, mask):
    q, k, v = (a.astype(jnp.bfloat16) for a in (q, k, v))
    s = jnp.einsum("bqhd,bkhd->bhqk", q, k, preferred_element_type=jnp.float32) * q.shape[-1] ** -0.5
    w = jax.nn.softmax(jnp.where(mask[:, None], s, -1e30)).astype(jnp.bfloat16)
    return jnp.einsum("bhqk,bkhd->bqhd", w, v)

  mask = d.normal(2, 5, 5) > -0.5
  mask[:, range(5), range(5)] = True
  return attend, d.normal(2, 5, 2, 8), d.normal(2, 5, 2, 8), d.normal(2, 5, 2, 8), mask


def adam_step(d):
  def step(p, m, v, t, x, y):
    value, g = jax.value_and_grad(lambda p: ((mlp(p, x)[:, 0] - y) ** 2).mean())(p)
    m = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, m, g)
    v = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, v, g)
    scale = 1e-2 * jnp.sqrt(1 - 0.999**t) / (1 - 0.9**t)
    return value, jax.tree.map(lambda p, m, v: p - scale * m / (jnp.sqrt(v) + 1e-4), p, m, v), m, v, t + 1

  p = layers(d, 6, 10, 1)
  m = jax.tree.map(lambda a: 0.1 * d.normal(*a.shape), p)
  v = jax.tree.map(lambda a: 0.1 + 0.1 * d.normal(*a.shape) ** 2, p)
  return step, p, m, v, f32(3), d.normal(16, 6), d.normal(16)


def k_means(d):
  def cluster(x, centres):
    def step(state):
      centres, _, n = state
      nearest = ((x[:, None] - centres[None]) ** 2).sum(-1).argmin(1)
      sums = jax.ops.segment_sum(x, nearest, len(centres))
      counts = jax.ops.segment_sum(jnp.ones(len(x)), nearest, len(centres))
      new = jnp.where(counts[:, None] > 0, sums / jnp.maximum(counts, 1)[:, None], centres)
      return new, jnp.abs(new - centres).max(), n + 1

    return jax.lax.while_loop(lambda s: (s[1] > 1e-6) & (s[2] < 100), step, (centres, jnp.inf, 0))

  x = d.normal(40, 2) + np.repeat(np.array([[0, 0], [6, 0], [0, 6], [6, 6]], f32), 10, 0)
  return cluster, x, x[::10] + f32(0.1)


def page_rank(d):
  def rank(sources, targets):
    n = 12
    out = jnp.zeros(n).at[sources].add(1.0)
    step = lambda _, r: 0.15 / n + 0.85 * jnp.zeros(n).at[targets].add(r[sources] / out[sources])
    r = jax.lax.fori_loop(0, 40, step, jnp.full(n, 1 / n))
    return r, jnp.argsort(-r)[:3]

  return rank, np.concatenate([np.arange(12), d.integers(12, 30)]).astype(np.int32), d.integers(12, 42)


def game_of_life(d):
  def play(board):
    def step(b, _):
      near = sum(jnp.roll(b, (i, j), (0, 1)) for i in (-1, 0, 1) for j in (-1, 0, 1) if (i, j) != (0, 0))
      b = ((near == 3) | ((near == 2) & (b == 1))).astype(jnp.uint8)
      return b, b.sum(dtype=jnp.int32)

    return jax.lax.scan(step, board, None, length=20)

  return play, d.integers(2, 16, 24).astype(np.uint8)


def batch_norm_step(d):
  def loss(p, stats, x, y):
    h = x @ p["w"]
    mean, var = h.mean(0), h.var(0)
    stats = jax.tree.map(lambda s, b: 0.9 * s + 0.1 * b, stats, (mean, var))
    h = jax.nn.relu((h - mean) / jnp.sqrt(var + 1e-3) * p["scale"] + p["shift"])
    return ((h @ p["out"] - y) ** 2).mean(), stats

  def step(p, stats, x, y):
    (value, stats), g = jax.value_and_grad(loss, has_aux=True)(p, stats, x, y)
    return value, stats, jax.tree.map(lambda p, g: p - 0.1 * g, p, g)

  p = {"w": d.normal(5, 7), "scale": d.normal(7), "shift": d.normal(7), "out": d.normal(7)}
  return step, p, (d.normal(7), np.ones(7, f32)), d.normal(20, 5), d.normal(20)


def eigenvalues(d):
  def decompose(a):
    s = (a + a.T) / 2
    w, v = jnp.linalg.eigh(s)
    return w, (v * jnp.exp(w)) @ v.T, jnp.linalg.slogdet(a), jnp.linalg.solve(a, a[0]), jnp.linalg.inv(s @ s + jnp.eye(6))

  return decompose, d.normal(6, 6)


def quantised(d):
  def forward(x, w, scale):
    q = jnp.clip(jnp.round(x / scale), -127, 127).astype(jnp.int8)
    acc = jax.lax.dot_general(q, w, (((1,), (0,)), ((), ())), preferred_element_type=jnp.int32)
    return q, acc, acc.astype(jnp.float32) * scale, (acc >> 3) & 0xFF, jax.lax.population_count(acc), acc % 7, acc // 5

  return forward, d.normal(6, 16), (d.integers(255, 16, 8) - 127).astype(np.int8), f32(0.02)


def complex_signal(d):
  def analyse(t, x):
    z = jnp.exp(1j * 2 * jnp.pi * t) * x
    spectrum = jnp.fft.fft(z)
    return z.real, jnp.angle(z), spectrum, jnp.abs(spectrum), jnp.log(2 + z), jnp.sqrt(z), jnp.vdot(z, spectrum), (z[:, None] * z.conj()).sum(0)

  return analyse, np.linspace(0, 1, 15, dtype=f32), d.normal(15)


def segments(d):
  def group(data, ids, table):
    return (jax.ops.segment_sum(data, ids, 6), jax.ops.segment_max(data, ids, 6), jax.ops.segment_prod(data[:, 0], ids, 6),
            table.at[ids].mul(data[:, 0]), table.at[ids, None].get()[:, 0], jnp.bincount(ids, length=6),
            jnp.cumsum(data, 0), jnp.searchsorted(jnp.sort(data[:, 0]), table), jnp.histogram(data, bins=5)[0])

  return group, d.normal(14, 3), d.integers(6, 14), d.normal(6)


def special_functions(d):
  def evaluate(x):
    p = jnp.abs(x) + 0.1
    s = jax.scipy.special
    return (s.erf(x), s.erfc(x), s.erfinv(jnp.tanh(x)), s.gammaln(p), s.digamma(p), s.i0e(x), s.i1e(x), s.ndtri(jax.nn.sigmoid(x)),
            jnp.arcsinh(x), jnp.sinh(x), jnp.arctan2(x, p), jnp.cbrt(x), s.logsumexp(x), s.betaln(p, 2 * p), s.zeta(1 + p, 1.5))

  return evaluate, d.normal(21)


def branches(d):
  def run(i, x):
    chosen = jax.lax.switch(i, [jnp.sin, jnp.cos, lambda x: x @ x.T @ x], x)
    each = jax.vmap(lambda i, x: jax.lax.cond(i > 2, lambda x: x.sum(), lambda x: x.max(), x))(jnp.arange(4), x)
    return chosen, each, jax.grad(lambda x: jax.lax.cond(x[0, 0] > 0, lambda x: (x**3).sum(), lambda x: x.sum(), x))(x)

  return run, np.int32(2), d.normal(4, 4)


def doubles(d):
  """Newton's method and a Hessian in double precision."""

  def minimise(x, a):
    f = lambda x: jnp.log(jnp.cosh(a @ x)).sum() + 0.5 * x @ x
    step = lambda _, x: x - jnp.linalg.solve(jax.hessian(f)(x), jax.grad(f)(x))
    return jax.lax.fori_loop(0, 6, step, x), jax.hessian(f)(x)

  return minimise, d.normal(4).astype(np.float64), d.normal(7, 4).astype(np.float64)


def approximate_top_k(d):
  """JAX writes a custom call, which XLA's CPU backend answers exactly."""
  x = d.normal(5, 40)
  x[2, 7] = -np.inf
  best = lambda x: (jax.lax.approx_max_k(x, 7), jax.lax.approx_min_k(x, 2, reduction_dimension=0, recall_target=0.9))
  return lambda x: (best(x), jax.grad(lambda x: jax.lax.approx_max_k(x, 3)[0].sum())(x)), x


def mixed_types(d):
  """Products of two types of floats, unsigned numbers that become signed, and complex powers of 0."""

  def mix(x, y, a, k, z, w):
    eight = [jnp.float8_e5m2, jnp.float8_e4m3fn]
    products = [jax.lax.dot(x.astype(s), y.astype(t), preferred_element_type=jnp.float32) for s in eight for t in eight]
    conv = jax.lax.conv(a, k, (1, 2), "SAME", preferred_element_type=jnp.int32)
    powers = z[:, None] ** w
    return *products, conv, powers.real, jnp.isnan(powers.imag)

  parts = np.array([0, 1, -1, 0.5], f32)
  z = np.array([0, complex(-0.0, 0.0), 1 + 1j, -2], np.complex64)
  images = d.integers(256, 1, 3, 5, 6).astype(np.uint8), d.integers(256, 2, 3, 3, 2).astype(np.uint8)
  return mix, d.normal(3, 6), d.normal(6, 5), *images, z, (parts[:, None] + 1j * parts).astype(np.complex64).ravel()


PROGRAMS = [
    regression_step, mlp_step, mlp_vjp, cnn_step, transformer_block, transformer_step, rnn_step, lstm, ode_solver, gaussian_process,
    sampling, svd, sort_top_k, fft_convolution, vae_step, attention_bf16, adam_step, k_means, page_rank, game_of_life,
    batch_norm_step, eigenvalues, quantised, complex_signal, segments, special_functions, branches, doubles,
    approximate_top_k, mixed_types,
]


# --- the text of @main ---


def mlir_type(a):
  names = {"bool": "i1", "complex64": "complex<f32>", "float32": "f32", "float64": "f64", "bfloat16": "bf16"}
  name = names.get(a.dtype.name) or a.dtype.name.replace("uint", "ui").replace("int", "i")
  return "tensor<" + "".join(f"{n}x" for n in a.shape) + name + ">"


def constant(a):
  a = np.asarray(a, order="C")
  if a.dtype == bool:
    body = str(a.tolist()).lower() if a.size else ""
  else:
    body = f'"0x{a.tobytes().hex().upper()}"' if a.size else ""
  return f"stablehlo.constant dense<{body}> : {mlir_type(a)}"


class Main:
  def __init__(self):
    self.lines, self.count = [], 0

  def add(self, text, results=1):
    name = f"%v{self.count}"
    self.count += 1
    self.lines.append(f"{name}{':%d' % results if results > 1 else ''} = {text}" if results else text)
    return name

  def check(self, found, expected):
    """Compares by StableHLO's own operations, so that any backend can."""
    t = mlir_type(expected)
    want = self.add(constant(expected))
    if expected.dtype.name not in TOLERANCE:
      self.add(f"stablehlo.custom_call @check.expect_eq({found}, {want}) {{has_side_effect = true}} : ({t}, {t}) -> ()", 0)
      return
    finite = expected.astype(np.complex128)
    finite = np.abs(finite[np.isfinite(finite)])
    bound = TOLERANCE[expected.dtype.name] * max(finite.max(initial=0.0), 1e-30)
    real = t.replace("complex<f32>", "f32")
    boolean = "tensor<" + "".join(f"{n}x" for n in expected.shape) + "i1>"
    difference = self.add(f"stablehlo.subtract {found}, {want} : {t}")
    distance = self.add(f"stablehlo.abs {difference} : ({t}) -> {real}")
    most = np.full(expected.shape, bound, "float32" if t != real else expected.dtype)
    limit = self.add(constant(most))
    near = self.add(f"stablehlo.compare LE, {distance}, {limit}, FLOAT : ({real}, {real}) -> {boolean}")
    same = self.add(f"stablehlo.compare EQ, {found}, {want}, FLOAT : ({t}, {t}) -> {boolean}")
    if np.isnan(expected).any():
      nans = [self.add(f"stablehlo.compare NE, {v}, {v}, FLOAT : ({t}, {t}) -> {boolean}") for v in (found, want)]
      both = self.add(f"stablehlo.and {nans[0]}, {nans[1]} : {boolean}")
      same = self.add(f"stablehlo.or {same}, {both} : {boolean}")
    ok = self.add(f"stablehlo.or {near}, {same} : {boolean}")
    true = self.add(f"stablehlo.constant dense<true> : {boolean}")
    self.add(f"stablehlo.custom_call @check.expect_eq({ok}, {true}) {{has_side_effect = true}} : ({boolean}, {boolean}) -> ()", 0)


def self_checking(name, function, args):
  lowered = jax.jit(function).lower(*args)
  text = lowered.as_text(debug_info=False)
  outputs = [np.asarray(a) for a in jax.tree.leaves(jax.jit(function)(*args))]
  inputs = [np.asarray(a) for a in jax.tree.leaves(args)]
  assert text.count("func.func public @main(") == 1
  kept = sorted(lowered._lowering.compile_args["kept_var_idx"])
  inputs = [inputs[i] for i in kept]
  main = Main()
  operands = [main.add(constant(a)) for a in inputs]
  types = lambda arrays: ", ".join(map(mlir_type, arrays))
  result = main.add(f"func.call @program({', '.join(operands)}) : ({types(inputs)}) -> ({types(outputs)})", len(outputs))
  for i, expected in enumerate(outputs):
    main.check(f"{result}#{i}" if len(outputs) > 1 else result, expected)
  head, tail = text.replace("func.func public @main(", "func.func private @program(").rsplit("}", 1)
  body = "\n".join("    " + line for line in main.lines)
  return f"{head}  func.func public @main() {{\n{body}\n    return\n  }}\n}}{tail}"


def main():
  os.makedirs(FOLDER, exist_ok=True)
  total = 0
  chosen = [p for p in PROGRAMS if len(sys.argv) == 1 or p.__name__ in sys.argv]
  for program in chosen:
    name = program.__name__
    with jax.enable_x64(name == "doubles"):
      function, *args = program(Data(name))
      text = self_checking(name, function, args)
    with mlir.make_ir_context():
      module = ir.Module.parse(text)
      data = _jax.mlir.serialize_portable_artifact(mlir.module_to_bytecode(module), VERSION)
    with open(os.path.join(FOLDER, name + ".mlirbc"), "wb") as out:
      out.write(data)
    total += len(data)
    print(f"{name}: {len(data)} bytes")
  print(f"{len(chosen)} programs, {total} bytes, jax {jax.__version__}")


if __name__ == "__main__":
  main()
