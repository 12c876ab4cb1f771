"""Goldens of stablehlo.rng_bit_generator: values/rng_bits.tsv, bits and next states as XLA's CPU backend makes them (x64 on)."""
import os

os.environ["JAX_PLATFORMS"] = "cpu"
import jax

jax.config.update("jax_enable_x64", True)
import numpy as np
from jax._src.interpreters import mlir
from jax._src.lib import xla_client as xc
from jax._src.lib.mlir import ir
from jax.extend.backend import get_backend

import golden

MLIR = {"i8": "i8", "u8": "ui8", "u16": "ui16", "i32": "i32", "u32": "ui32", "i64": "i64", "u64": "ui64", "f32": "f32", "bf16": "bf16", "f64": "f64"}
STATES = {2: [0x0123456789ABCDEF, 0xFFFFFFFFFFFFFFFE], 3: [0xFEDCBA9876543210, 0xFFFFFFFFFFFFFFFD, 7]}
PROGRAM = """
func.func @main(%s: tensor<{n}xui64>) -> (tensor<{n}xui64>, {bits}) {{
  %0, %1 = stablehlo.rng_bit_generator %s, algorithm = {algorithm} : (tensor<{n}xui64>) -> (tensor<{n}xui64>, {bits})
  %2 = stablehlo.bitcast_convert %1 : ({bits}) -> {bits}
  return %0, %2 : tensor<{n}xui64>, {bits}
}}
"""


def run(text, state):
    backend = get_backend("cpu")
    with mlir.make_ir_context():
        module = ir.Module.parse(text)
        devices = xc.DeviceList(tuple(backend.local_devices()[:1]))
        program = backend.compile_and_load(module, devices, xc.CompileOptions())
    return [np.asarray(r[0]) for r in program.execute_sharded([jax.device_put(state)]).disassemble_into_single_device_arrays()]


def main():
    out = golden.GoldenFile("values/rng_bits.tsv", True, "stablehlo.rng_bit_generator: algorithm, state in; next state and bits out")
    for algorithm, n in (("DEFAULT", 2), ("DEFAULT", 3), ("THREE_FRY", 2), ("PHILOX", 2), ("PHILOX", 3)):
        for dt in MLIR:
            for shape in ((), (1,), (5,), (3, 5), (2, 3), (3, 4, 2), (0, 3)):
                if shape not in ((), (5,), (3, 4, 2)) and dt not in ("u32", "u64", "u8"):
                    continue
                bits = "tensor<" + "".join(f"{d}x" for d in shape) + MLIR[dt] + ">"
                state = np.array(STATES[n], np.uint64)
                results = run(PROGRAM.format(n=n, bits=bits, algorithm=algorithm), state)
                out.case(f"{algorithm} {n} {dt} {shape}").line("param", "algorithm", algorithm)
                out.array("in", state)
                for r in results:
                    out.array("out", r)
    out.close()


if __name__ == "__main__":
    main()
