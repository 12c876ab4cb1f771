import jax
import jax.numpy as jnp
from jax import lax
from typing import NamedTuple

jax.config.update("jax_enable_x64", True)


class Guess(NamedTuple):
    value: jax.Array
    steps: jax.Array


def square_root(a):
    """Newton's square root: as many steps as it takes."""
    def goes_on(g):
        return abs(g.value * g.value - a) > 1e-6

    def step(g):
        return Guess((g.value + a / g.value) * 0.5, g.steps + 1)

    return lax.while_loop(goes_on, step, Guess(a, 0))


def swing(start, friction):
    """A pendulum with friction, and its angle after every step."""
    def step(s, dt):
        angle, speed = s
        force = jnp.sin(angle) + friction * speed
        return jnp.stack([angle + speed * dt, speed - force * dt]), angle

    return lax.scan(step, start, jnp.full(6, 0.5))


root = square_root(2.0)
print(root.value, "after", root.steps, "steps")
print(jax.vmap(square_root)(jnp.array([1.0, 4.0, 1e6])).steps)
# Reverse mode does not go through a while loop here; forward mode does.
print(jax.jacfwd(lambda a: square_root(a).value)(2.0))
print(swing(jnp.array([1.0, 0.0]), 0.1)[1])
print(jax.grad(lambda f: swing(jnp.array([1.0, 0.0]), f)[0][0])(0.1))
x = jnp.array([-1.0, 0.5, 2.0])
print(jax.vmap(lambda v: lax.cond(v > 0, jnp.sqrt, lambda y: y * y, v))(x))
