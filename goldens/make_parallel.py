"""Collectives along the axes of a mesh, by real JAX: values and what flows back, for `ParallelGoldenTest`.

Each row is one collective on a mesh of virtual CPU devices: every device has an array of its own, all
together are `x` with the mesh's axes first. Numbers are small whole ones, so that sums are exact.
Columns: name, mesh sizes, axes, parameters, element type, shape of a device's array, x, result's shape,
result, cotangent, pulled-back cotangent (empty where JAX has no derivative).
"""

import os

os.environ["XLA_FLAGS"] = "--xla_force_host_platform_device_count=8"
os.environ["JAX_PLATFORMS"] = "cpu"

import jax

jax.config.update("jax_enable_x64", True)

import jax.numpy as jnp
import numpy as np
from jax import lax
from jax.sharding import Mesh, PartitionSpec as P

FOLDER = os.path.dirname(os.path.abspath(__file__))
NAMES = ("x", "y", "z")
rng = np.random.default_rng(20261129)


def whole(shape, dtype):
    n = rng.integers(-4, 5, size=shape)
    if dtype == "bool":
        return n > 0
    if dtype.startswith("complex"):
        return (n + 1j * rng.integers(-4, 5, size=shape)).astype(dtype)
    return np.asarray(jnp.asarray(n, dtype=dtype))


def text(a):
    a = np.asarray(a).reshape(-1)
    if a.dtype == np.bool_:
        a = a.astype(np.int32)
    if np.iscomplexobj(a):
        a = np.stack([a.real, a.imag], -1).reshape(-1)
    return " ".join(repr(float(v)) for v in a)


def dims(shape):
    return " ".join(str(n) for n in shape)


def collective(name, axes, p):
    groups = p.get("groups")
    axis = axes if len(axes) > 1 else axes[0]
    more = {} if groups is None else {"axis_index_groups": groups}
    match name:
        case "psum":
            return lambda v: lax.psum(v, axis, **more)
        case "pmean":
            return lambda v: lax.pmean(v, axis, **more)
        case "pmax":
            return lambda v: lax.pmax(v, axis, **more)
        case "pmin":
            return lambda v: lax.pmin(v, axis, **more)
        case "all_gather":
            return lambda v: lax.all_gather(v, axis, axis=p["axis"], tiled=p["tiled"], **more)
        case "psum_scatter":
            return lambda v: lax.psum_scatter(v, axis, scatter_dimension=p["axis"], tiled=p["tiled"], **more)
        case "all_to_all":
            return lambda v: lax.all_to_all(v, axis, p["split"], p["concat"], tiled=p["tiled"], **more)
        case "ppermute":
            return lambda v: lax.ppermute(v, axis, p["perm"])
        case "pshuffle":
            return lambda v: lax.pshuffle(v, axis, p["perm"])
        case "pswapaxes":
            return lambda v: lax.pswapaxes(v, axis, p["axis"], **more)
        case "axis_index":
            return lambda v: lax.axis_index(axis) + 0 * v.astype(jnp.int32)


def row(name, sizes, axes, p, dtype, shape):
    mesh = Mesh(np.array(jax.devices()[: int(np.prod(sizes))]).reshape(sizes), NAMES[: len(sizes)])
    k = len(sizes)
    f = collective(name, axes, p)

    def each(v):
        r = f(v.reshape(v.shape[k:]))
        return r.reshape((1,) * k + r.shape)

    spec = P(*mesh.axis_names)
    g = jax.jit(jax.shard_map(each, mesh=mesh, in_specs=spec, out_specs=spec, check_vma=False))
    x = whole(tuple(sizes) + tuple(shape), dtype)
    y = np.asarray(g(x))
    ct = pulled = None
    if jnp.issubdtype(y.dtype, jnp.inexact) and jnp.issubdtype(x.dtype, jnp.inexact) and name not in ("pmax", "pmin"):
        ct = whole(y.shape, str(y.dtype))
        try:
            pulled = np.asarray(jax.vjp(g, x)[1](ct)[0])
        except ValueError:  # JAX 0.10.2 does not transpose its own untiled all_to_all
            ct = None
    cells = [
        name,
        dims(sizes),
        " ".join(axes),
        ";".join(f"{key}={value}" for key, value in sorted(p.items())).replace(" ", "").replace("(", "[").replace(")", "]"),
        dtype,
        dims(shape),
        text(x),
        str(y.dtype),
        dims(y.shape[k:]),
        text(y),
        "" if ct is None else text(ct),
        "" if ct is None else text(pulled),
    ]
    return "\t".join(cells)


def cases():
    meshes = [((2,), ("x",)), ((8,), ("x",)), ((4, 2), ("x",)), ((4, 2), ("y",)), ((2, 3), ("x", "y")), ((2, 3), ("y", "x")), ((2, 2, 2), ("z", "x"))]
    for sizes, axes in meshes:
        n = int(np.prod([sizes[NAMES.index(a)] for a in axes]))
        for dtype in ("float32", "float64", "int32", "bfloat16", "complex64", "bool", "uint8"):
            for name in ("psum", "pmean", "pmax", "pmin"):
                if name == "pmean" and dtype in ("uint8", "bfloat16") or name in ("pmax", "pmin") and dtype == "complex64":
                    continue
                yield name, sizes, axes, {}, dtype, (3,)
        for dtype in ("float32", "int32", "complex64"):
            for axis in (0, 1):
                for tiled in (False, True):
                    yield "all_gather", sizes, axes, {"axis": axis, "tiled": tiled}, dtype, (2, 3)
            yield "all_gather", sizes, axes, {"axis": -1, "tiled": False}, dtype, ()
            yield "psum_scatter", sizes, axes, {"axis": 0, "tiled": False}, dtype, (n,)
            yield "psum_scatter", sizes, axes, {"axis": 1, "tiled": False}, dtype, (2, n)
            yield "psum_scatter", sizes, axes, {"axis": 0, "tiled": True}, dtype, (2 * n, 2)
        for split, concat in ((0, 0), (0, 1), (1, 0)):
            shape = [2, 2]
            shape[split] = n
            yield "all_to_all", sizes, axes, {"split": split, "concat": concat, "tiled": False}, "float32", tuple(shape)
            shape[split] = 2 * n
            yield "all_to_all", sizes, axes, {"split": split, "concat": concat, "tiled": True}, "float32", tuple(shape)
        yield "pswapaxes", sizes, axes, {"axis": 0}, "float32", (n, 2)
        perm = [int(i) for i in rng.permutation(n)]
        yield "ppermute", sizes, axes, {"perm": list(zip(range(n), perm))}, "float32", (3,)
        yield "ppermute", sizes, axes, {"perm": list(zip(range(n), perm))[: n // 2]}, "float32", (3,)
        yield "ppermute", sizes, axes, {"perm": [((i + 1) % n, i) for i in range(n)]}, "int32", ()
        yield "pshuffle", sizes, axes, {"perm": perm}, "float32", (3,)
        yield "axis_index", sizes, axes, {}, "int32", ()
    pairs = [[0, 1], [2, 3], [4, 5], [6, 7]]
    strided = [[0, 4, 2, 6], [7, 3, 5, 1]]
    for groups in (pairs, strided):
        n = len(groups[0])
        for name in ("psum", "pmean", "pmax", "pmin"):
            yield name, (8,), ("x",), {"groups": groups}, "float32", (2,)
        yield "all_gather", (8,), ("x",), {"axis": 0, "tiled": True, "groups": groups}, "float32", (2,)
        yield "all_gather", (8,), ("x",), {"axis": 1, "tiled": False, "groups": groups}, "int32", (2,)
        yield "psum_scatter", (8,), ("x",), {"axis": 0, "tiled": True, "groups": groups}, "float32", (2 * n,)
        yield "psum_scatter", (8,), ("x",), {"axis": 0, "tiled": False, "groups": groups}, "float32", (n, 2)
        yield "all_to_all", (8,), ("x",), {"split": 0, "concat": 1, "tiled": False, "groups": groups}, "float32", (n, 2)
        yield "all_to_all", (8,), ("x",), {"split": 1, "concat": 0, "tiled": True, "groups": groups}, "float32", (2, 2 * n)


if __name__ == "__main__":
    with open(os.path.join(FOLDER, "parallel.tsv"), "w", encoding="utf-8") as out:
        out.write(f"# JAX {jax.__version__}, x64 on, 8 virtual CPU devices; made by goldens/make_parallel.py\n")
        refused = 0
        for case in cases():
            try:
                out.write(row(*case) + "\n")
            except Exception as e:
                refused += 1
                print("refused", case, str(e).splitlines()[0][:150])
        print(refused, "refused")
