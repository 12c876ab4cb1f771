from typing import NamedTuple

import jax
import jax.numpy as jnp
from jax import random


class Line(NamedTuple):
    w: jax.Array
    b: jax.Array


def loss(line, x, y):
    return jnp.mean((x @ line.w + line.b - y) ** 2)


@jax.jit
def step(line, x, y):
    g = jax.grad(loss)(line, x, y)
    return jax.tree.map(lambda p, d: p - 0.1 * d, line, g)


keys = random.split(random.key(0))
x = random.normal(keys[0], (100, 2))
y = x @ jnp.array([2.0, -3.0]) + 1.0 + 0.1 * random.normal(keys[1], (100,))
line = Line(jnp.zeros(2), jnp.zeros(()))
for _ in range(200):
    line = step(line, x, y)
print(line.w, line.b)
