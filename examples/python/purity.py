import jax
import jax.numpy as jnp

bias = jnp.array(0.0)


def impure(weight, x):
    return weight * x + bias


def pure(weight, bias, x):
    return weight * x + bias


compiled = jax.jit(impure)
print(compiled(2.0, 3.0))
bias = jnp.array(10.0)
print(compiled(2.0, 3.0))  # still without the new bias
print(jax.jit(pure)(2.0, bias, 3.0))
