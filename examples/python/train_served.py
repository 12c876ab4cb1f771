"""The model that Serve.java serves: learnt in JAX, exported for any number of images.

Run with JAX 0.10.2: python examples/python/train_served.py. Writes examples/models/digits.jaxexport.
"""

import gzip
import pathlib

import jax
import jax.numpy as jnp
import numpy as np
from jax import export

ROOT = pathlib.Path(__file__).parent.parent
with gzip.open(ROOT / "src/main/resources/dev/jacobi/examples/digits.csv.gz", "rt") as file:
    rows = np.random.RandomState(0).permutation(np.loadtxt(file, delimiter=","))
pixels, labels = jnp.array(rows[:, :64] / 16, jnp.float32), jnp.array(rows[:, 64], jnp.int32)


def init(key, sizes):
    keys = jax.random.split(key, len(sizes) - 1)
    return [(jax.random.normal(k, (m, n)) * jnp.sqrt(2 / m), jnp.zeros(n)) for k, m, n in zip(keys, sizes, sizes[1:])]


def logits(layers, x):
    for w, b in layers[:-1]:
        x = jax.nn.relu(x @ w + b)
    w, b = layers[-1]
    return x @ w + b


def loss(layers, x, y):
    return -jnp.take_along_axis(jax.nn.log_softmax(logits(layers, x)), y[:, None], 1).mean()


@jax.jit
def step(layers, momentum, x, y):
    gradient = jax.grad(loss)(layers, x, y)
    momentum = jax.tree.map(lambda m, g: 0.9 * m + g, momentum, gradient)
    return jax.tree.map(lambda p, m: p - 0.05 * m, layers, momentum), momentum


layers = init(jax.random.key(0), (64, 32, 10))
momentum = jax.tree.map(jnp.zeros_like, layers)
for epoch in range(60):
    for batch in np.random.RandomState(epoch).permutation(1437)[:1408].reshape(-1, 64):
        layers, momentum = step(layers, momentum, pixels[batch], labels[batch])
print("test accuracy", (logits(layers, pixels[1437:]).argmax(-1) == labels[1437:]).mean())


def predict(images):
    probabilities = jax.nn.softmax(logits(layers, images))
    return {"digit": probabilities.argmax(-1).astype(jnp.int32), "probability": probabilities.max(-1)}


batch = export.symbolic_shape("b, 64")
exported = export.export(jax.jit(predict))(jax.ShapeDtypeStruct(batch, jnp.float32))
(ROOT / "models/digits.jaxexport").write_bytes(exported.serialize())
