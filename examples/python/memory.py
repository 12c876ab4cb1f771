import jax
import jax.numpy as jnp
from jax import lax
from jax.ad_checkpoint import checkpoint_name
from jax._src.ad_checkpoint import saved_residuals


def layer(w, x):
    return jnp.sin(jnp.sin(checkpoint_name(x @ w, "product")))


def net(layer, ws, x):
    for w in ws:
        x = layer(w, x)
    return jnp.sum(x)


products = jax.checkpoint_policies.save_only_these_names("product")


def tell(what, layer, ws, x):
    def loss(w):
        return net(layer, w, x)

    kept = sum(a.size * a.dtype.itemsize for a, _ in saved_residuals(loss, ws))
    gradient = jax.grad(loss)(ws)
    print(f"{what}: {kept} bytes kept, gradient {gradient.sum()}")


def orbit(x, checkpoints):
    def steps(y, n):
        return lax.scan(lambda y, _: (y + jnp.sin(y) * 0.01, None), y, None, length=n)[0]

    if checkpoints:
        part = jax.checkpoint(lambda y: steps(y, 1_000 // checkpoints))
        return lax.scan(lambda y, _: (part(y), None), x, None, length=checkpoints)[0].sum()
    return steps(x, 1_000).sum()


def tell_orbit(what, checkpoints, x):
    kept = sum(a.size * a.dtype.itemsize for a, _ in saved_residuals(lambda y: orbit(y, checkpoints), x))
    print(f"{what}: {kept} bytes kept, gradient {jax.grad(lambda y: orbit(y, checkpoints))(x)}")


def root(x):
    positive = x > 0
    return jnp.where(positive, jnp.sqrt(jnp.where(positive, x, 1)), 0)


def kepler(a):
    """The x with x + sin(x) / 2 = a, by steps that need no derivative."""
    def f(x):
        return x + jnp.sin(x) / 2 - a

    def solve(f, guess):
        return lax.fori_loop(0, 50, lambda i, x: x - f(x) * 0.7, guess)

    def tangent_solve(g, y):
        return y / g(jnp.ones_like(y))

    return lax.custom_root(f, a, solve, tangent_solve)


ws = jnp.sin(jnp.arange(4 * 5 * 5.0)).reshape(4, 5, 5)
x = jnp.linspace(0, 1, 100).reshape(20, 5)
tell("everything", layer, ws, x)
tell("arguments", jax.checkpoint(layer), ws, x)
tell("products", jax.checkpoint(layer, policy=products), ws, x)
tell_orbit("all steps", 0, jnp.linspace(0, 3, 4))
tell_orbit("ten states", 10, jnp.linspace(0, 3, 4))
print(jax.grad(lambda y: root(y).sum())(jnp.arange(3.0)))


def slope(row):
    return jax.grad(lambda w: net(layer, w, row))(ws).sum()


print(lax.map(slope, jnp.cos(jnp.arange(50.0)).reshape(10, 5), batch_size=4))
print(jax.grad(kepler)(2.0))
