"""The workloads of two devices in JAX on the CPU; jax_peer.py calls this, since XLA wants to know the devices from the start.
usage: jax_parallel.py NAME; prints microseconds."""
import os
import sys

name = sys.argv[1]
if name != "data_parallel_alone":
    os.environ["XLA_FLAGS"] = "--xla_force_host_platform_device_count=2"
else:
    os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
    os.sched_setaffinity(0, {sorted(os.sched_getaffinity(0))[0]})
os.environ.setdefault("JAX_PLATFORMS", "cpu")
import numpy as np
import jax
import jax.numpy as jnp
from jax import lax
from common import best_us

DEVICES, BATCH, LOOP = 2, 4096, 1000
rng = np.random.default_rng(0)


def f32(*shape, scale=1.0):
    return jnp.asarray(rng.standard_normal(shape, dtype=np.float32) * np.float32(scale))


def there(x):
    return jax.pmap(lambda v: v)(x)


def best(f, *args):
    return best_us(lambda: f(*args), jax.block_until_ready)


def psum(x):
    return best(jax.pmap(lambda v: lax.psum(v, "i"), axis_name="i"), there(x))


def loop():
    step = jax.pmap(lambda v: lax.fori_loop(0, LOOP, lambda i, c: lax.psum(c, "i") * 0.5, v), axis_name="i")
    return best(step, there(f32(DEVICES))) / LOOP


def model():
    return [f32(256, 1024, scale=0.05), f32(1024, 1024, scale=0.03), f32(1024, 16, scale=0.03)]


def loss(m, x, y):
    return ((jnp.tanh(jnp.tanh(x @ m[0]) @ m[1]) @ m[2] - y) ** 2).mean()


def step(m, g):
    return [w - 0.01 * d for w, d in zip(m, g)]


def on_devices():
    f = jax.pmap(lambda m, x, y: step(m, lax.pmean(jax.grad(loss)(m, x, y), "i")), axis_name="i", in_axes=(None, 0, 0), out_axes=None)
    x, y = there(f32(DEVICES, BATCH // DEVICES, 256)), there(f32(DEVICES, BATCH // DEVICES, 16))
    return best(f, f(model(), x, y), x, y)


def alone():
    f = jax.jit(lambda m, x, y: step(m, jax.grad(loss)(m, x, y)))
    return best(f, model(), f32(BATCH, 256), f32(BATCH, 16))


print({
    "psum_64m": lambda: psum(f32(DEVICES, 1 << 24)),
    "psum_scalar": lambda: psum(f32(DEVICES)),
    "psum_loop_1000": loop,
    "data_parallel_step": on_devices,
    "data_parallel_alone": alone,
}[name]())
