"""Goldens of shape, reduction, dot, gather and scatter primitives: values/shapes.tsv, reductions.tsv, dot.tsv, indexing.tsv."""
import os

os.environ["JAX_PLATFORMS"] = "cpu"
import jax

jax.config.update("jax_enable_x64", True)
import jax.numpy as jnp
import numpy as np
from jax import lax
from jax._src.lax import lax as ll

import golden
import samples
from values import emit

MODES = ["promise_in_bounds", "clip", "fill"]
WITH_DERIVATIVES = {"f32", "f64", "c64"}
SOME = ["f32", "i32", "bool", "c64", "bf16", "u8", "f64"]


def rng_of(name):
    return np.random.default_rng(golden.seed_of(name))


def order_for(dt, order=1):
    return order if dt in WITH_DERIVATIVES else 0


def drawer(name, dt):
    rng = rng_of(f"{name} {dt}")
    return lambda *shape: samples.regular(rng, dt, shape)


def shapes(out):
    def rows(primitive, table, dtypes=("f32", "i32"), **options):
        for dt in dtypes:
            for label, f, arg_shapes in table:
                x = drawer(f"{primitive} {label}", dt)
                emit(out, primitive, f"{dt} {label}", f, [x(*s) for s in arg_shapes], order_for(dt), **options)

    bid = lambda shape, dims: lambda x: lax.broadcast_in_dim_p.bind(x, shape=shape, broadcast_dimensions=dims, sharding=None)
    rows("broadcast_in_dim", [
        ("scalar", bid((2, 3), ()), [()]), ("row", bid((2, 3), (1,)), [(3,)]), ("column", bid((3, 2), (0,)), [(3,)]),
        ("expand one", bid((4, 3), (0, 1)), [(1, 3)]), ("middle", bid((2, 3, 2), (0, 2)), [(2, 2)]),
        ("empty", bid((0, 3), (1,)), [(3,)])])
    rows("reshape", [
        ("flatten", lambda x: lax.reshape(x, (6,)), [(2, 3)]), ("split", lambda x: lax.reshape(x, (3, 1, 2)), [(6,)]),
        ("to scalar", lambda x: lax.reshape(x, ()), [(1, 1)]), ("empty", lambda x: lax.reshape(x, (3, 0, 2)), [(0, 5)])])
    rows("transpose", [
        ("matrix", lambda x: lax.transpose(x, (1, 0)), [(2, 3)]), ("cube", lambda x: lax.transpose(x, (2, 0, 1)), [(2, 3, 4)]),
        ("empty", lambda x: lax.transpose(x, (1, 0)), [(0, 3)])], SOME)
    rows("squeeze", [
        ("all", lambda x: lax.squeeze(x, (0, 2)), [(1, 3, 1)]), ("one", lambda x: lax.squeeze(x, (0,)), [(1, 3, 1)]),
        ("negative", lambda x: lax.squeeze(x, (-1,)), [(2, 1)])])
    rows("concatenate", [
        ("rows", lambda *x: lax.concatenate(x, 0), [(2, 3), (1, 3), (0, 3)]), ("columns", lambda *x: lax.concatenate(x, 1), [(2, 3), (2, 1)])], SOME)
    pad = lambda *config: lambda x, v: lax.pad(x, v, config)
    rows("pad", [
        ("edges", pad((1, 2, 0), (0, 1, 0)), [(2, 3), ()]), ("interior", pad((0, 0, 2)), [(4,), ()]),
        ("negative", pad((-1, -1, 0)), [(5,), ()]), ("negative and interior", pad((-1, 2, 1), (1, -2, 0)), [(3, 4), ()]),
        ("empty", pad((1, 1, 0)), [(0,), ()]), ("to nothing", pad((-2, -1, 0)), [(3,), ()])], SOME)
    sl = lambda *a: lambda x: lax.slice(x, *a)
    rows("slice", [
        ("plain", sl((1, 0), (3, 2)), [(4, 3)]), ("strided", sl((1,), (9,), (3,)), [(10,)]), ("empty", sl((2,), (2,)), [(5,)]),
        ("full", sl((0, 0), (2, 3), (1, 1)), [(2, 3)])], SOME)
    rows("rev", [("all", lambda x: lax.rev(x, (0, 1)), [(2, 3)]), ("one", lambda x: lax.rev(x, (1,)), [(2, 3)]),
                 ("none", lambda x: lax.rev(x, ()), [(3,)])], SOME)
    dynamic(out)
    for dt in ["f32", "i32", "i8", "u64", "bf16", "f64", "c64"]:
        for shape, dim in (((5,), 0), ((2, 3), 0), ((2, 3), 1), ((0,), 0)):
            f = lambda: lax.iota_p.bind(dtype=golden.np_dtype(dt), shape=shape, dimension=dim, sharding=None)
            emit(out, "iota", f"{dt} {shape} along {dim}", f, [])
    newer(out, rows)


def dynamic(out):
    for dt in SOME:
        for start in ((1, 0), (3, 2), (-1, -2), (-9, 5)):
            x = drawer("dynamic_slice", dt)(4, 3)
            s = [np.int32(i) for i in start]
            emit(out, "dynamic_slice", f"{dt} from {start}", lambda a, i, j: lax.dynamic_slice_p.bind(a, i, j, slice_sizes=(2, 2)), [x, *s], order_for(dt))
            u = drawer("dynamic_update_slice", dt)(2, 2)
            emit(out, "dynamic_update_slice", f"{dt} at {start}", lambda a, b, i, j: lax.dynamic_update_slice_p.bind(a, b, i, j), [x, u, *s], order_for(dt))
    for index in ("i64", "u8", "i8"):
        x, i = drawer("dynamic_slice", "f32")(200), np.array(100, golden.np_dtype(index))
        emit(out, "dynamic_slice", f"f32 index {index}", lambda a, i: lax.dynamic_slice_p.bind(a, i, slice_sizes=(3,)), [x, i])


def newer(out, rows):
    """Primitives that jnp uses in this version beside those of the issue."""
    rows("split", [("uneven", lambda x: lax.split(x, (1, 3, 0, 2), 0), [(6,)]), ("columns", lambda x: lax.split(x, (2, 1), 1), [(2, 3)])])
    for f32, i in (("f32", "u32"), ("f64", "u64"), ("bf16", "u16"), ("f16", "i16")):
        x = samples.specials(f32)
        x = x[~np.isnan(x.astype(np.float64))]
        emit(out, "bitcast_convert_type", f"{f32} {i}", lambda a: lax.bitcast_convert_type(a, golden.np_dtype(i)), [x])
        y = jax.lax.bitcast_convert_type(x, golden.np_dtype(i))
        emit(out, "bitcast_convert_type", f"{i} {f32}", lambda a: lax.bitcast_convert_type(a, golden.np_dtype(f32)), [y])
    emit(out, "bitcast_convert_type", "u32 u8", lambda a: lax.bitcast_convert_type(a, np.uint8), [np.array([1, 0x01020304], np.uint32)])
    emit(out, "bitcast_convert_type", "u8 u16", lambda a: lax.bitcast_convert_type(a, np.uint16), [np.array([[1, 2], [255, 4]], np.uint8)])
    for primitive, f, arg_shapes in (
            ("stack", lambda *x: ll.stack_p.bind(*x, axis=1), [(2, 3)] * 3), ("tile", lambda x: ll.tile_p.bind(x, reps=(2, 3)), [(2, 2)])):
        if hasattr(ll, f"{primitive}_p"):
            x = drawer(primitive, "f32")
            emit(out, primitive, "f32 plain", f, [x(*s) for s in arg_shapes], 1)


REDUCTIONS = {
    "reduce_sum": lambda x, axes: lax.reduce_sum(x, axes), "reduce_prod": lambda x, axes: lax.reduce_prod(x, axes),
    "reduce_max": lambda x, axes: lax.reduce_max(x, axes), "reduce_min": lambda x, axes: lax.reduce_min(x, axes),
    "reduce_and": lambda x, axes: lax.reduce_and(x, axes), "reduce_or": lambda x, axes: lax.reduce_or(x, axes),
    "reduce_xor": lambda x, axes: lax.reduce_xor(x, axes),
}
AXES = [((2, 3, 2), (0,)), ((2, 3, 2), (1,)), ((2, 3, 2), (2,)), ((2, 3, 2), (0, 2)), ((2, 3, 2), (0, 1, 2)), ((7,), (0,)),
        ((0, 3), (0,)), ((3, 0), (0,)), ((2, 3), ()), ((), ())]


def reductions(out):
    for name, f in REDUCTIONS.items():
        logical = name in ("reduce_and", "reduce_or", "reduce_xor")
        for dt in ["bool"] + golden.INTS if logical else golden.ALL:
            if (dt == "bool" and name in ("reduce_sum", "reduce_prod")) or (dt in golden.COMPLEX and name in ("reduce_max", "reduce_min")):
                continue
            every = dt in ("f32", "f64", "i32", "bool")
            for shape, axes in AXES if every else AXES[2:5]:
                rng = rng_of(f"{name} {dt} {shape} {axes}")
                x = samples.distinct(rng, dt, shape) if name in ("reduce_max", "reduce_min") and dt in golden.FLOATS else samples.regular(rng, dt, shape, -2, 2)
                # max and min of nothing, and second derivatives of maxima, add nothing
                order = order_for(dt, 2 if name in ("reduce_sum", "reduce_prod") else 1)
                emit(out, name, f"{dt} {shape} {axes}", lambda a: f(a, axes), [x], order)
        if not logical:
            for dt in ("f32", "f64"):
                for label, row in (("ties", [1.0, 3.0, 3.0, -2.0, -2.0, 3.0]), ("nan", [1.0, np.nan, 3.0]), ("zeros", [0.0, -0.0, 0.0]),
                                   ("infinities", [np.inf, 1.0, -np.inf]), ("two zeros", [2.0, 0.0, 3.0, 0.0]), ("one zero", [2.0, 0.0, 3.0])):
                    emit(out, name, f"{dt} {label}", lambda a: f(a, (0,)), [np.array(row, golden.np_dtype(dt))], 1)
    for name, f in (("argmax", lax.argmax), ("argmin", lax.argmin)):
        for dt in [d for d in golden.ALL if d not in golden.COMPLEX]:
            for shape, axis in (((2, 3, 4), 0), ((2, 3, 4), 1), ((2, 3, 4), 2), ((9,), 0), ((0, 3), 1)):
                x = samples.regular(rng_of(f"{name} {dt} {shape}"), dt, shape)
                emit(out, name, f"{dt} {shape} {axis}", lambda a: f(a, axis, np.int32), [x])
        for label, row in (("ties", [3.0, 1.0, 3.0, 1.0]), ("nan", [1.0, np.nan, 3.0, np.nan]), ("zeros", [-0.0, 0.0, -0.0]), ("infinities", [-np.inf, np.inf, np.inf])):
            for index in ("i32", "i64", "u8"):
                emit(out, name, f"f32 {label} {index}", lambda a: f(a, 0, golden.np_dtype(index)), [np.array(row, np.float32)])


def dots(out):
    rows = [  # label, shapes, ((contracting lhs, rhs), (batch lhs, rhs))
        ("matrix matrix", (3, 4), (4, 5), (((1,), (0,)), ((), ()))), ("vector vector", (4,), (4,), (((0,), (0,)), ((), ()))),
        ("matrix vector", (3, 4), (4,), (((1,), (0,)), ((), ()))), ("vector matrix", (4,), (4, 2), (((0,), (0,)), ((), ()))),
        ("transposed", (4, 3), (5, 4), (((0,), (1,)), ((), ()))), ("outer", (3,), (2,), (((), ()), ((), ()))),
        ("scalar", (), (2, 3), (((), ()), ((), ()))), ("batch", (2, 3, 4), (2, 4, 5), (((2,), (1,)), ((0,), (0,)))),
        ("batch inside", (3, 2, 4), (4, 5, 2), (((2,), (0,)), ((1,), (2,)))), ("two contracted", (2, 3, 4), (3, 4, 5), (((1, 2), (0, 1)), ((), ()))),
        ("two batches", (2, 3, 4), (3, 2, 4), (((2,), (2,)), ((0, 1), (1, 0)))), ("empty contraction", (2, 0), (0, 3), (((1,), (0,)), ((), ()))),
        ("empty result", (0, 3), (3, 2), (((1,), (0,)), ((), ()))), ("odd", (7, 13), (13, 17), (((1,), (0,)), ((), ())))]
    for dt in golden.ALL:
        for label, a, b, dims in rows if dt in ("f32", "f64", "i32", "c64") else rows[:1] + rows[7:8]:
            x = drawer(f"dot {label}", dt)
            order = order_for(dt, 1 if label == "odd" else 2)
            emit(out, "dot_general", f"{dt} {label}", lambda p, q: lax.dot_general(p, q, dims), [x(*a), x(*b)], order)
    for dt, preferred in (("bf16", "f32"), ("f16", "f32"), ("i8", "i32"), ("u8", "i32"), ("f32", "f64"), ("bool", "i32")):
        x = drawer("dot preferred", dt)
        f = lambda p, q: lax.dot_general(p, q, rows[0][3], preferred_element_type=golden.np_dtype(preferred))
        emit(out, "dot_general", f"{dt} to {preferred}", f, [x(3, 4), x(4, 5)])


def gather(out):
    G = lax.GatherDimensionNumbers
    rows = [  # label, operand shape, indices, dimension numbers, slice sizes
        ("elements", (5,), [[0], [3], [3], [4]], G((), (0,), (0,)), (1,)), ("elements outside", (5,), [[-1], [7], [2], [-6]], G((), (0,), (0,)), (1,)),
        ("rows", (4, 3), [[2], [0]], G((1,), (0,), (0,)), (1, 3)), ("columns", (4, 3), [[2], [0], [3]], G((0,), (1,), (1,)), (4, 1)),
        ("points", (4, 3), [[1, 2], [3, 0], [0, 4]], G((), (0, 1), (0, 1)), (1, 1)), ("windows", (6,), [[0], [2], [5]], G((1,), (), (0,)), (3,)),
        ("swapped index map", (4, 3), [[2, 1], [0, 3]], G((), (0, 1), (1, 0)), (1, 1)), ("grid", (5, 2), [[[0], [1]], [[4], [2]]], G((2,), (0,), (0,)), (1, 2)),
        ("one window", (4, 5), [1, 2], G((0, 1), (), (0, 1)), (2, 3)),
        ("batched", (2, 5), [[[0], [4]], [[1], [9]]], G((), (1,), (1,), (0,), (0,)), (1, 1))]
    for dt in SOME:
        for label, shape, index, dims, sizes in rows if dt in ("f32", "i32") else rows[:3]:
            for mode in MODES:
                if mode == "promise_in_bounds" and label in ("elements outside", "columns", "points", "windows", "swapped index map", "batched"):
                    continue
                x, i = drawer(f"gather {label}", dt)(*shape), np.array(index, np.int32)
                f = lambda a, b: lax.gather(a, b, dims, sizes, mode=mode)
                emit(out, "gather", f"{dt} {label} {mode}", f, [x, i], order_for(dt))
    f = lambda a, b: lax.gather(a, b, rows[1][3], (1,), mode="fill", fill_value=-7)
    emit(out, "gather", "i32 fill value", f, [np.arange(5, dtype=np.int32), np.array(rows[1][2], np.int32)])
    for index in ("u8", "i64", "u32"):
        f = lambda a, b: lax.gather(a, b, rows[0][3], (1,), mode="clip")
        emit(out, "gather", f"f32 index {index}", f, [drawer("gather", "f32")(5), np.array(rows[0][2], golden.np_dtype(index))])


def scatter(out):
    S = lax.ScatterDimensionNumbers
    rows = [  # label, operand shape, indices, updates shape, dimension numbers, unique
        ("elements", (5,), [[0], [3], [4]], (3,), S((), (0,), (0,)), True), ("duplicates", (5,), [[1], [1], [4]], (3,), S((), (0,), (0,)), False),
        ("outside", (5,), [[-1], [7], [2]], (3,), S((), (0,), (0,)), True), ("rows", (4, 3), [[2], [0]], (2, 3), S((1,), (0,), (0,)), True),
        ("columns", (4, 3), [[2], [0]], (4, 2), S((0,), (1,), (1,)), True), ("points", (4, 3), [[1, 2], [3, 0]], (2,), S((), (0, 1), (0, 1)), True),
        ("window", (6,), [2], (3,), S((0,), (), (0,)), True), ("window outside", (6,), [4], (3,), S((0,), (), (0,)), True),
        ("batched", (2, 5), [[[0], [4]], [[1], [3]]], (2, 2), S((), (1,), (1,), (0,), (0,)), True)]
    kinds = {"scatter": lax.scatter, "scatter-add": lax.scatter_add, "scatter-mul": lax.scatter_mul, "scatter-min": lax.scatter_min,
             "scatter-max": lax.scatter_max, "scatter-sub": lax.scatter_sub}
    for name, f in kinds.items():
        for dt in SOME:
            if dt == "bool" and name != "scatter" or dt == "c64" and name in ("scatter-min", "scatter-max"):
                continue
            for label, shape, index, update, dims, unique in rows if dt in ("f32", "i32") else rows[:2]:
                if label == "duplicates" and name == "scatter":
                    continue  # which one wins is open
                for mode in MODES if dt == "f32" else ["fill"]:
                    if mode == "promise_in_bounds" and "outside" in label:
                        continue
                    rng = rng_of(f"{name} {label} {dt}")
                    x, u = samples.distinct(rng, dt, shape) if dt in golden.FLOATS else samples.regular(rng, dt, shape), samples.regular(rng, dt, update)
                    g = lambda a, b, c: f(a, b, c, dims, unique_indices=unique, mode=mode)
                    order = order_for(dt) if name in ("scatter", "scatter-add", "scatter-sub") or (name == "scatter-mul" and unique) else 0
                    emit(out, name, f"{dt} {label} {mode}", g, [x, np.array(index, np.int32), u], order)


def main():
    os.makedirs("values", exist_ok=True)
    for path, write in (("shapes", shapes), ("reductions", reductions), ("dot", dots)):
        out = golden.GoldenFile(f"values/{path}.tsv", True, "see FORMAT.md")
        write(out)
        out.close()
    out = golden.GoldenFile("values/indexing.tsv", True, "see FORMAT.md")
    gather(out)
    scatter(out)
    out.close()


if __name__ == "__main__":
    main()
