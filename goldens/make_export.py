"""Functions that real JAX exported, with inputs and what JAX computes: core's tests call them from Java.

Run with JAX 0.10.2: python make_export.py. Writes export/NAME.jaxexport for each function and export/calls.tsv.
"""

import collections
import os

import jax
import jax.numpy as jnp
import numpy as np
from jax import export

import golden

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "export")
jax.config.update("jax_hlo_source_file_canonicalization_regex", ".*/")  # places without folders

Point = collections.namedtuple("Point", ["x", "y"])
export.register_namedtuple_serialization(Point, serialized_name="geometry.Point")


def regression(params, x):
    return x @ params["w"] + params["b"]


def mlp(layers, x, y):
    for w, b in layers[:-1]:
        x = jnp.tanh(x @ w + b)
    w, b = layers[-1]
    return jnp.mean((x @ w + b - y) ** 2)


def cnn(params, images):
    h = jax.lax.conv_general_dilated(images, params["kernel"], (1, 1), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC"))
    h = jax.lax.reduce_window(jax.nn.relu(h), -jnp.inf, jax.lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID")
    return jax.nn.log_softmax(h.reshape(h.shape[0], -1) @ params["dense"])


def layer_norm(x, scale):
    return scale * (x - x.mean(-1, keepdims=True)) / jnp.sqrt(x.var(-1, keepdims=True) + 1e-5)


def transformer(params, x):
    heads, (t, d) = 2, x.shape
    h = layer_norm(x, params["scale1"])
    q, k, v = jnp.split(h @ params["qkv"], 3, axis=-1)
    q, k, v = (a.reshape(t, heads, d // heads).transpose(1, 0, 2) for a in (q, k, v))
    scores = q @ k.transpose(0, 2, 1) / np.sqrt(d // heads)
    scores = jnp.where(jnp.tril(jnp.ones((t, t), bool)), scores, -1e9)
    x = x + (jax.nn.softmax(scores) @ v).transpose(1, 0, 2).reshape(t, d) @ params["out"]
    return x + jax.nn.gelu(layer_norm(x, params["scale2"]) @ params["up"]) @ params["down"]


def rnn(params, xs):
    def step(h, x):
        h = jnp.tanh(x @ params["in"] + h @ params["hidden"])
        return h, h @ params["out"]

    h, ys = jax.lax.scan(step, jnp.zeros(params["hidden"].shape[0]), xs)
    return h, ys


def ode(y, t_end):
    """Van der Pol's oscillator by Heun's method with steps that adapt."""

    def f(y):
        return jnp.array([y[1], (1 - y[0] ** 2) * y[1] - y[0]])

    def step(state):
        t, h, y, n = state
        h = jnp.minimum(h, t_end - t)
        k1 = f(y)
        k2 = f(y + h * k1)
        error = jnp.max(jnp.abs(h * (k2 - k1) / 2)) / 1e-3
        good = error <= 1
        scale = jnp.clip(0.9 * jax.lax.rsqrt(jnp.maximum(error, 1e-6)), 0.2, 5.0)
        return jnp.where(good, t + h, t), h * scale, jnp.where(good, y + h * (k1 + k2) / 2, y), n + 1

    t, _, y, n = jax.lax.while_loop(lambda s: (s[0] < t_end) & (s[3] < 1000), step, (0.0, 0.1, y, 0))
    return y, n


def gaussian_process(x, y, at, log_scale):
    def kernel(a, b):
        return jnp.exp(-0.5 * ((a[:, None] - b[None]) / jnp.exp(log_scale)) ** 2)

    factor = jax.scipy.linalg.cho_factor(kernel(x, x) + 0.1 * jnp.eye(x.shape[0]), lower=True)
    weights = jax.scipy.linalg.cho_solve(factor, y)
    mean = kernel(at, x) @ weights
    evidence = -0.5 * y @ weights - jnp.log(jnp.diag(factor[0])).sum()
    return mean, evidence


def sampling(key, logits):
    first, second = jax.random.split(key)
    return jax.random.uniform(first, (3,)), jax.random.categorical(second, logits, shape=(5,)), jax.random.fold_in(key, 7)


def symbolic(params, x, weights):
    h = jnp.tanh(x @ params["w"] + params["b"])
    return h * weights[: x.shape[0], None], h.sum(0), jnp.concatenate([weights, weights])


def trees(point, stuff, n, *, shift, unused):
    left, nothing, numbers = stuff
    assert nothing is None
    total = point.x * left["a"] + point.y * left["b"]["c"]
    return Point(total + shift, (numbers[0], None)), {"n": n + 1, "l": [total * 2.0, {}]}


def platforms(x):
    return jax.lax.platform_dependent(x, cpu=lambda x: jnp.sin(x) + 1, cuda=lambda x: jnp.cos(x))


def random(name, *shape):
    return np.asarray(np.random.RandomState(golden.seed_of(name + str(shape))).randn(*shape) * 0.5, np.float32)


def spec(shape, dtype=jnp.float32):
    return jax.ShapeDtypeStruct(shape, dtype)


b = export.symbolic_shape("b")[0]
w = {"w": random("symbolic", 3, 4), "b": random("symbolic", 4)}
# name: function, order of the VJP, specs (None: those of the first call), calls
FUNCTIONS = {
    "regression": (regression, 2, None, [(({"w": random("reg", 3), "b": np.float32(0.5)}, random("reg", 5, 3)), {})]),
    "mlp": (mlp, 1, None, [(([(random("mlp", 4, 8), random("mlp", 8)), (random("mlp", 8, 2), random("mlp", 2))], random("mlp", 6, 4), random("mlp", 6, 2)), {})]),
    "cnn": (cnn, 1, None, [(({"kernel": random("cnn", 3, 3, 1, 4), "dense": random("cnn", 64, 3)}, random("cnn", 2, 8, 8, 1)), {})]),
    "transformer": (transformer, 1, None, [(({"scale1": random("t1", 8), "scale2": random("t2", 8), "qkv": random("t", 8, 24), "out": random("t", 8, 8),
                                             "up": random("t", 8, 16), "down": random("t", 16, 8)}, random("t", 5, 8)), {})]),
    "rnn": (rnn, 1, None, [(({"in": random("rnn", 3, 6), "hidden": random("rnn", 6, 6), "out": random("rnn", 6, 2)}, random("rnn", 7, 3)), {})]),
    "ode": (ode, 0, None, [((np.array([2.0, 0.0], np.float32), np.float32(t)), {}) for t in (0.5, 3.0)]),
    "gaussian_process": (gaussian_process, 1, None, [((np.linspace(-2, 2, 8, dtype=np.float32), random("gp", 8), random("gp", 3), np.float32(-0.3)), {})]),
    "sampling": (sampling, 0, None, [((jax.random.key(s), random("sampling", 4)), {}) for s in (0, 42)]),
    "symbolic": (symbolic, 1, ((jax.tree.map(lambda a: spec(a.shape), w), spec((b, 3)), spec((2 * b + 1,))), {}),
                 [((w, random("symbolic", n, 3), random("symbolic", 2 * n + 1)), {}) for n in (1, 4, 7)]),
    "trees": (trees, 1, None, [((Point(np.float32(2), random("trees", 3)), [{"a": np.float32(3), "b": {"c": random("trees", 3)}}, None, (random("trees", 2),)],
                                 np.int32(4)), {"shift": random("trees", 3), "unused": np.float32(1)})]),
    "platforms": (platforms, 0, None, [((random("platforms", 3),), {})]),
}


def physical(x):
    return jax.random.key_data(x) if jnp.issubdtype(x.dtype, jax.dtypes.prng_key) else x


def main():
    os.makedirs(FOLDER, exist_ok=True)
    out = golden.GoldenFile(os.path.join(FOLDER, "calls.tsv"), False, "calls of exported functions")
    for name, (f, order, specs, calls) in FUNCTIONS.items():
        args, kwargs = specs or calls[0]
        kinds = ("cpu", "cuda") if name == "platforms" else ("cpu",)
        exported = export.export(jax.jit(f), platforms=kinds)(*args, **kwargs)
        with open(os.path.join(FOLDER, name + ".jaxexport"), "wb") as file:
            file.write(exported.serialize(vjp_order=order))
        read = export.deserialize(bytearray(open(os.path.join(FOLDER, name + ".jaxexport"), "rb").read()))
        for i, (args, kwargs) in enumerate(calls):
            out.case(f"{name}/{i}")
            for avals, tag in ((read.in_avals, "aval"), (read.out_avals, "result")):
                for aval in avals:
                    out.line(tag, aval.str_short(short_dtypes=True))
            out.line("order", order)
            leaves = jax.tree.leaves((args, kwargs))
            results = jax.tree.leaves(read.call(*args, **kwargs))
            for tag, arrays in (("in", leaves), ("out", results)):
                for a in arrays:
                    out.array(tag, physical(a))
            if order:
                cotangents = [random(name + "ct", *r.shape) if jnp.issubdtype(r.dtype, jnp.inexact) else np.zeros(r.shape, jax.dtypes.float0) for r in results]
                pulled = read.vjp().call(*leaves, *cotangents)
                for tag, arrays in (("cot", cotangents), ("vjp", pulled)):
                    for a in arrays:
                        out.array(tag, a)
    out.close()


main()
