import jax
import jax.numpy as jnp


@jax.jit
def selu(x):
    alpha, lambda_ = 1.67, 1.05
    return lambda_ * jnp.where(x > 0, x, alpha * jnp.exp(x) - alpha)


x = jnp.array([-2.0, -1.0, 0.0, 1.0, 2.0])
print(selu(x))
print(jax.vmap(jax.grad(selu))(x))
print(jax.make_jaxpr(selu)(x))
