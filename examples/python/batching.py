import jax
import jax.numpy as jnp

w = jnp.arange(6.0).reshape(2, 3)
b = jnp.array([0.5, -0.5])
batch = jnp.arange(12.0).reshape(4, 3)


def linear(x):
    return w @ x + b


print(jnp.stack([linear(x) for x in batch]))
print(jax.vmap(linear)(batch))
