"""Portable bytecode of real JAX with the text that JAX prints of it: hlo's tests compare both.

Run with JAX 0.10.2: python make_bytecode.py. Writes NAME.mlirbc and NAME.mlir for each program.
"""

import os

import jax
import jax.numpy as jnp
from jax import export

FOLDER = os.path.join(os.path.dirname(__file__), "../hlo/src/test/resources/dev/jacobi/hlo/bytecode")


def mlp(params, x):
    for w, b in params:
        x = jnp.tanh(x @ w + b)
    return x.sum(-1)


def many(k, x):
    def body(c, _):
        return c * 1.5 + jax.random.normal(k, c.shape), c.sum()

    c, ys = jax.lax.scan(body, x, None, length=5)
    factor = jnp.linalg.cholesky(jnp.eye(3) * 2 + c[0])
    return jnp.sort(c), ys, factor, jax.scipy.special.gammaln(x), jnp.fft.rfft(x), jnp.where(c > 0, c, -c).argmax()


def conv(x, w):
    y = jax.lax.conv_general_dilated(x, w, (1, 2), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC"))
    pooled = jax.lax.reduce_window(y, -jnp.inf, jax.lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID")
    return pooled, x.at[:, 1].add(2.0), jnp.take(x, jnp.array([0, 2]), axis=1), jax.lax.reduce_and(pooled > 0, (0,))


def dtypes(a, b, c):
    return a.astype(jnp.bfloat16) * 2, b[::-1] ^ 5, jnp.abs(c), jnp.array([True, False, True]), jnp.complex64(1 + 2j) * c


jax.config.update("jax_hlo_source_file_canonicalization_regex", ".*/")  # places without folders
f32 = jnp.float32
PROGRAMS = {
    "mlp": (mlp, [(jnp.ones((4, 8)), jnp.zeros(8)), (jnp.ones((8, 3)), jnp.zeros(3))], jnp.ones((2, 4))),
    "many": (many, jax.random.key(0), jnp.ones(6)),
    "conv": (conv, jnp.ones((2, 5, 6, 3)), jnp.ones((3, 3, 3, 4))),
    "dtypes": (dtypes, jnp.ones(3), jnp.arange(4, dtype=jnp.uint8), jnp.ones((2, 0), jnp.complex64)),
    "symbolic": (lambda x: (jnp.tanh(x) @ jnp.ones((4, 2))).mean(0), jax.ShapeDtypeStruct((export.symbolic_shape("b")[0], 4), f32)),
}

for name, (f, *args) in PROGRAMS.items():
    exported = export.export(jax.jit(f))(*args)
    with open(os.path.join(FOLDER, name + ".mlirbc"), "wb") as out:
        out.write(exported.mlir_module_serialized)
    with open(os.path.join(FOLDER, name + ".mlir"), "w") as out:
        out.write("\n".join(line for line in exported.mlir_module().splitlines()) + "\n")
print("jax", jax.__version__)
