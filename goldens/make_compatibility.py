"""StableHLO's own compatibility files of some versions of VHLO, with what StableHLO reads in each.

Run with the newest JAX, on a checkout of openxla/stablehlo (Apache License 2.0):
  python make_compatibility.py STABLEHLO/stablehlo/tests/vhlo
Writes VERSION.mlirbc, which is the checkout's file, and VERSION.mlir.
"""

import os
import pathlib
import sys

import jaxlib
from jax._src.interpreters import mlir
from jax._src.lib.mlir import ir
from jax._src.lib.mlir.dialects import hlo

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../hlo/src/test/resources/dev/jacobi/hlo/bytecode/vhlo")
VERSIONS = ["0_9_0", "0_14_0", "1_0_0", "1_20_0"]

os.makedirs(FOLDER, exist_ok=True)
for version in VERSIONS:
  data = pathlib.Path(sys.argv[1], f"stablehlo_legalize_to_vhlo.{version}.mlir.bc").read_bytes()
  with mlir.make_ir_context() as context:
    module = hlo.deserialize_portable_artifact(context, data)
    text = module.operation.get_asm(enable_debug_info=False)
  pathlib.Path(FOLDER, version + ".mlirbc").write_bytes(data)
  pathlib.Path(FOLDER, version + ".mlir").write_text(f"// Read by jaxlib {jaxlib.__version__}\n{text}")
