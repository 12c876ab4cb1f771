"""The functions of table.tsv in JAX (jitted) or in NumPy and SciPy. usage: table_peer.py jax|numpy SIZE ROW...; one JSON object a line."""
import csv
import json
import math
import os
import sys

import numpy as np
from common import best_us

peer, size, wanted = sys.argv[1], int(sys.argv[2]), set(sys.argv[3:])
rng = np.random.default_rng(0)
side = math.isqrt(size)
f32 = np.float32
OPERANDS = {
    "f": lambda: rng.standard_normal(size).astype(f32),
    "p": lambda: (np.abs(rng.standard_normal(size)) + 0.01).astype(f32),
    "u": lambda: rng.uniform(0.01, 0.99, size).astype(f32),
    "a": lambda: (np.abs(rng.standard_normal(size)) + 1.01).astype(f32),
    "s": lambda: np.sort(rng.standard_normal(size).astype(f32)),
    "i": lambda: rng.integers(0, 16, size).astype(np.int32),
    "j": lambda: rng.integers(0, size, size).astype(np.int32),
    "b": lambda: rng.integers(0, 2, size).astype(bool),
    "c": lambda: (rng.standard_normal(size) + 1j * rng.standard_normal(size)).astype(np.complex64),
    "m": lambda: rng.standard_normal((side, side)).astype(f32),
    "h": lambda: rng.standard_normal(side).astype(f32),
}


def measured(expression, operands):
    args = [OPERANDS[o]() for o in operands.split()]
    names = ", ".join("xyz"[:len(args)])
    if peer == "jax":
        import jax
        import jax.numpy as jnp
        import jax.scipy as jsp
        f = jax.jit(eval(f"lambda {names}: {expression}", {"jax": jax, "jnp": jnp, "jsp": jsp}))
        args = [jnp.asarray(a) for a in args]
        return best_us(lambda: f(*args), jax.block_until_ready, budget=0.15), jax.__version__
    import scipy
    import scipy.special
    import scipy.stats
    np.seterr(all="ignore")
    f = eval(f"lambda {names}: {expression}", {"np": np, "sp": scipy})
    return best_us(lambda: f(*args), budget=0.15), np.__version__


here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, "table.tsv"), encoding="utf-8") as file:
    for row in csv.DictReader(file, delimiter="\t"):
        if row["row"] not in wanted or not row[peer]:
            continue
        us, version = measured(row[peer], row["operands"])
        print(json.dumps({"peer": peer, "version": version, "name": row["row"], "us": round(us, 3)}), flush=True)
