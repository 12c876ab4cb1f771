"""Functions that Java exported, run by real JAX: whether it reads them and computes the same.

Usage: python accept_export.py FOLDER. For each NAME.jaxexport there is a NAME.tsv in the format of FORMAT.md: `in`, `out`, and
with derivatives `cot`, `vjp`, flat as JAX flattens arguments and results; `tree` and `result` are the trees' texts, `order` says how
often the function can be differentiated. The last line counts; the exit status is that of a comparison.
"""

import pathlib
import sys

import jax
import numpy as np
from jax import export

import golden

jax.config.update("jax_enable_x64", True)


def array(kind, text):
    name, sizes = kind[:-1].split("[")
    shape = tuple(int(n) for n in sizes.split(",") if n)
    if name == "float0":
        return np.zeros(shape, jax.dtypes.float0)
    dtype = golden.np_dtype(name)
    words = text.replace(",", " ").split()
    if dtype.kind in "biu":
        return np.array([int(w) for w in words]).astype(dtype).reshape(shape)
    part = np.dtype(f"f{dtype.itemsize // 2}") if dtype.kind == "c" else dtype
    bits = np.array([int(w, 16) for w in words], dtype=f"u{part.itemsize}")
    return bits.view(part).view(dtype).reshape(shape)


def read(path):
    lines = {}
    for line in path.read_text().splitlines():
        tag, *fields = line.split("\t")
        lines.setdefault(tag, []).append(fields)
    return lines


def difference(what, ours, jax_arrays):
    if len(ours) != len(jax_arrays):
        return f"{what}: {len(ours)} in Java, {len(jax_arrays)} in JAX"
    for i, (a, b) in enumerate(zip(ours, jax_arrays)):
        a, b = np.asarray(a), np.asarray(b)
        if a.shape != b.shape or a.dtype != b.dtype:
            return f"{what} {i}: {golden.type_text(a)} in Java, {golden.type_text(b)} in JAX"
        if a.dtype == jax.dtypes.float0:
            continue
        near = np.allclose(a, b, rtol=2e-5, atol=2e-5 * np.max(np.abs(b), initial=0), equal_nan=True) if a.dtype.kind in "fc" else (a == b).all()
        if not near:
            return f"{what} {i}: {a} in Java, {b} in JAX"


def check(path):
    case = read(path.with_suffix(".tsv"))
    exported = export.deserialize(bytearray(path.read_bytes()))
    arrays = {tag: [array(*fields) for fields in case.get(tag, [])] for tag in ("in", "out", "cot", "vjp")}
    trees = [str(exported.in_tree), str(exported.out_tree)]
    wanted = [case["tree"][0][0], case["result"][0][0]]
    if trees != wanted:
        return f"trees: {wanted} in Java, {trees} in JAX"
    leaves = [jax.random.wrap_key_data(a) if jax.dtypes.issubdtype(t.dtype, jax.dtypes.prng_key) else a
              for a, t in zip(arrays["in"], exported.in_avals)]
    args, kwargs = jax.tree.unflatten(exported.in_tree, leaves)
    results = jax.tree.leaves(exported.call(*args, **kwargs))
    results = [jax.random.key_data(r) if jax.dtypes.issubdtype(r.dtype, jax.dtypes.prng_key) else r for r in results]
    found = difference("result", arrays["out"], results)
    order = int(case["order"][0][0])
    if found is None and order > 0:
        call = lambda *flat: jax.tree.leaves(exported.call(*jax.tree.unflatten(exported.in_tree, flat)[0]))
        pulled = jax.vjp(call, *leaves)[1](arrays["cot"])
        found = difference("cotangent", arrays["vjp"], pulled)
    for _ in range(order):
        exported = exported.vjp()
    if found is None and exported.has_vjp():
        return f"more than {order} derivatives"
    return found


def main(folder):
    paths = sorted(pathlib.Path(folder).glob("*.jaxexport"))
    wrong = 0
    for path in paths:
        found = check(path)
        if found:
            wrong += 1
            print(f"{path.name}: {found}")
    print(f"{len(paths)} functions, {wrong} not as in Java (JAX {jax.__version__})")
    return 1 if wrong or not paths else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
