"""Checks that StableHLO's own parser and verifier accept texts, and whether its printer writes the same.

Usage: python goldens/accept_mlir.py [--generic OUT] FILE.mlir ...
With --generic the (only) file is also written to OUT in generic form:
  python goldens/accept_mlir.py --generic hlo/src/test/resources/dev/jacobi/hlo/text/generic.mlir \
      hlo/src/test/resources/dev/jacobi/hlo/text/operations.mlir
"""

import pathlib
import sys

import jaxlib
from jax._src.interpreters import mlir
from jax._src.lib.mlir import ir


def main(args):
  generic = None
  if args[:1] == ['--generic']:
    generic, args = pathlib.Path(args[1]), args[2:]
  rejected = different = 0
  for name in args:
    text = pathlib.Path(name).read_text()
    with mlir.make_ir_context():
      try:
        module = ir.Module.parse(text)
        module.operation.verify()
      except ir.MLIRError as e:
        rejected += 1
        print(f'{name}: {e}')
        continue
      if str(module).strip() != text.strip():
        different += 1
      if generic:
        head = f'// {pathlib.Path(name).name} in generic form, printed by jaxlib {jaxlib.__version__}\n'
        generic.write_text(head + module.operation.get_asm(print_generic_op_form=True))
  print(f'{len(args)} texts, {rejected} rejected, {different} printed differently')
  return 1 if rejected else 0


if __name__ == '__main__':
  sys.exit(main(sys.argv[1:]))
