"""Checks that StableHLO's own parser and verifier accept texts, and whether its printer writes the same.

Usage: python goldens/accept_mlir.py [--generic OUT] FILE.mlir|FOLDER ...
With --generic the (only) file is also written to OUT in generic form:
  python goldens/accept_mlir.py --generic hlo/src/test/resources/dev/jacobi/hlo/text/generic.mlir \
      hlo/src/test/resources/dev/jacobi/hlo/text/operations.mlir
A program FILE.mlir with FILE.mlirbc beside it is also read from that bytecode, which must be what StableHLO
reads from its own bytecode of the text in the same version of VHLO.
The programs of the tests: `./jacobi test` with JACOBI_PROGRAMS=FOLDER keeps them there.
"""

import pathlib
import re
import sys

import jaxlib
from jax._src.interpreters import mlir
from jax._src.lib.mlir import ir
from jax._src.lib.mlir.dialects import hlo

SHOWN = 40  # of each kind
RENEWED = 2000  # a context keeps every type and attribute that it met


def files(args):
  for name in args:
    path = pathlib.Path(name)
    yield from sorted(path.rglob('*.mlir')) if path.is_dir() else [path]


def read_bytecode(context, data):
  module = hlo.deserialize_portable_artifact(context, data)
  module.operation.verify()
  return re.sub('func.func public', 'func.func', str(module))


def bytecode_error(context, module, data):
  """Why the bytecode is not the program, or None."""
  version = re.match(rb'.{5}StableHLO_v([0-9.]+)\0', data, re.S)
  if not version:
    return 'names no version'
  try:
    own = hlo.serialize_portable_artifact(module, version[1].decode(), True)
    expected, found = read_bytecode(context, own), read_bytecode(context, data)
  except (ir.MLIRError, ValueError) as e:
    return f'is refused: {e}'
  return None if expected == found else 'is another program'


def main(args):
  generic = None
  if args[:1] == ['--generic']:
    generic, args = pathlib.Path(args[1]), args[2:]
  rejected, different, count, bytecodes = [], [], 0, 0
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
      bytecode = path.with_suffix('.mlirbc')
      if bytecode.exists():
        bytecodes += 1
        error = bytecode_error(context, module, bytecode.read_bytes())
        if error:
          rejected.append(f'{bytecode}: {error}')
      if str(module).strip() != text.strip():
        different.append(path)
      if generic:
        head = f'// {path.name} in generic form, printed by jaxlib {jaxlib.__version__}\n'
        generic.write_text(head + module.operation.get_asm(print_generic_op_form=True))
  for kind in rejected[:SHOWN], [f'{path}: printed differently' for path in different[:SHOWN]]:
    for line in kind:
      print(line)
  print(f'{count} programs, {bytecodes} in bytecode too, {len(rejected)} rejected by StableHLO (jaxlib {jaxlib.__version__}), {len(different)} printed differently')
  return 1 if rejected or not count else 0


if __name__ == '__main__':
  sys.exit(main(sys.argv[1:]))
