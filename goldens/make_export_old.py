"""The same function exported by old releases of JAX: core's tests read what they wrote.

Run with each release (0.4.30 is the first with jax.export): python make_export_old.py. Writes export/old/VERSION.jaxexport: tanh(x @ w) + b of
a dict and a batch of any size, with one VJP.
"""

import os

import jax
import jax.numpy as jnp
from jax import export

folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "export", "old")
os.makedirs(folder, exist_ok=True)
f32 = lambda *shape: jax.ShapeDtypeStruct(shape, jnp.float32)
b = export.symbolic_shape("b")[0]
exported = export.export(jax.jit(lambda p, x: jnp.tanh(x @ p["w"]) + p["b"]))({"w": f32(3, 2), "b": f32(2)}, f32(b, 3))
with open(os.path.join(folder, jax.__version__ + ".jaxexport"), "wb") as out:
    out.write(exported.serialize(vjp_order=1))
print(jax.__version__, exported.calling_convention_version)
