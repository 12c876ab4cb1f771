"""Checks that StableHLO's own parser and verifier accept texts, and whether its printer writes the same.

Usage: python goldens/accept_mlir.py [--generic OUT] FILE.mlir|FOLDER ...
With --generic the (only) file is also written to OUT in generic form:
  python goldens/accept_mlir.py --generic hlo/src/test/resources/dev/jacobi/hlo/text/generic.mlir \
      hlo/src/test/resources/dev/jacobi/hlo/text/operations.mlir
The programs of the tests: `./jacobi test` with JACOBI_PROGRAMS=FOLDER keeps them there.
"""

import pathlib
import sys

import jaxlib
from jax._src.interpreters import mlir
from jax._src.lib.mlir import ir

SHOWN = 40  # of each kind
RENEWED = 2000  # a context keeps every type and attribute that it met


def files(args):
  for name in args:
    path = pathlib.Path(name)
    yield from sorted(path.rglob('*.mlir')) if path.is_dir() else [path]


def main(args):
  generic = None
  if args[:1] == ['--generic']:
    generic, args = pathlib.Path(args[1]), args[2:]
  rejected, different, count = [], [], 0
  context = mlir.make_ir_context()
  for path in files(args):
    if count % RENEWED == RENEWED - 1:
      context = mlir.make_ir_context()
    count += 1
    text = path.read_text()
    with context:
      try:
        module = ir.Module.parse(text)
        module.operation.verify()
      except ir.MLIRError as e:
        rejected.append(f'{path}: {e}')
        continue
      if str(module).strip() != text.strip():
        different.append(path)
      if generic:
        head = f'// {path.name} in generic form, printed by jaxlib {jaxlib.__version__}\n'
        generic.write_text(head + module.operation.get_asm(print_generic_op_form=True))
  for kind in rejected[:SHOWN], [f'{path}: printed differently' for path in different[:SHOWN]]:
    for line in kind:
      print(line)
  print(f'{count} programs, {len(rejected)} rejected by StableHLO (jaxlib {jaxlib.__version__}), {len(different)} printed differently')
  return 1 if rejected or not count else 0


if __name__ == '__main__':
  sys.exit(main(sys.argv[1:]))
