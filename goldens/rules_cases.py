"""The rows of make_rules.py: (primitive, label, function, operands of one lane, options), by family."""
import jax.numpy as jnp
import numpy as np
from jax import lax
from jax._src import ad_util
from jax._src.lax import fft as lf
from jax._src.lax import lax as ll
from jax._src.lax import windowed_reductions as wr
from jax._src.random.threefry2x32 import threefry2x32_p

import golden
import make_elementwise
import make_special_values
import samples

TYPES = ("f32", "f64", "c64", "i32")


def regular(dt, *shapes, domain=(-3.0, 3.0)):
    return lambda rng: [samples.regular(rng, dt, s, *domain) for s in shapes]


def fixed(*arrays):
    return lambda rng: list(arrays)


def of(dt, row):
    return np.array(row, golden.np_dtype(dt))


def accepts(f, dt, n):
    return make_elementwise.accepted(f, [np.zeros(3, golden.np_dtype(dt))] * n) is None


EDGES = [0.0, -0.0, 1.0, -1.0, 2.5, np.inf, -np.inf, np.nan]
FEW = [0.0, -0.0, 1.0, -2.0, np.inf, -np.inf, np.nan]
PAIRS = [a.reshape(-1).astype(np.float32) for a in np.meshgrid(FEW, FEW, indexing="ij")]


def elementwise():
    for name, (f, domain, order) in make_elementwise.UNARY.items():
        for dt in TYPES + ("bool", "u32"):
            if accepts(f, dt, 1) and (dt in TYPES or not accepts(f, "f32", 1)):
                yield name, f"{dt}", f, regular(dt, (3,), domain=domain), dict(order=order)
        if accepts(f, "f32", 1):
            yield name, "f32 edges", f, fixed(of("f32", EDGES)), dict(order=order, ones=True, maps=False)
    for name, f, domain, order in (*((n, *row) for n, row in make_elementwise.BINARY.items()), ("add_any", ad_util.add_any_p.bind, (-3.0, 3.0), 2)):
        for dt in TYPES + ("bool", "u32"):
            if accepts(f, dt, 2) and (dt in TYPES or not accepts(f, "f32", 2)):
                yield name, f"{dt}", f, regular(dt, (3,), (3,), domain=domain), dict(order=2 if order else 0)
        if accepts(f, "f32", 2):
            yield name, "f32 edges", f, fixed(*PAIRS), dict(order=2 if order else 0, ones=True, maps=False)
            yield name, "f32 scalars", f, regular("f32", (), (), domain=domain), dict(order=2 if order else 0)
    yield from parameters()


def parameters():
    for n in (-2, -1, 0, 1, 2, 3):
        f = lambda x: ll.integer_pow_p.bind(x, y=n)
        for dt in ("f32", "f64", "c64") if n == 3 else ("f32", "i32") if n == 2 else ("f32",):
            yield "integer_pow", f"{dt} {n}", f, regular(dt, (3,), domain=(0.3, 2.5)), {}
        yield "integer_pow", f"f32 {n} edges", f, fixed(of("f32", EDGES)), dict(ones=True, maps=False)
    exponents = lambda rng: [samples.regular(rng, "f32", (4,), -2, 2), rng.integers(-2, 3, 4).astype(np.int32)]
    yield "pow", "f32 i32", lax.pow, exponents, {}
    yield "pow", "f32 i32 edges", lax.pow, fixed(PAIRS[0][:28], np.tile(np.array([0, 1, 2, -1], np.int32), 7)), dict(ones=True, maps=False)
    yield "pow", "c64 i32", lax.pow, lambda rng: [samples.regular(rng, "c64", (4,)), np.array([0, 1, 2, -1], np.int32)], {}
    for dt in ("f32", "f64", "c64"):
        yield "logaddexp", dt, jnp.logaddexp, regular(dt, (3,), (3,)), dict(composed=True)
    yield "logaddexp", "f32 edges", jnp.logaddexp, fixed(*PAIRS), dict(ones=True, maps=False, composed=True)
    for method in lax.RoundingMethod:
        yield "round", f"f32 {method.name}", lambda x: lax.round(x, method), fixed(of("f32", EDGES + [0.5, -0.5, 1.5, 2.4999998])), {}
    for dt in ("f32", "f64", "i32"):
        def bounds(rng, shape=(4,)):
            x, lo, hi = samples.regular(rng, dt, (4,)), samples.regular(rng, dt, shape), samples.regular(rng, dt, shape)
            return [np.minimum(lo, hi), x, np.maximum(lo, hi)]
        yield "clamp", f"{dt}", lax.clamp, bounds, {}
        yield "clamp", f"{dt} scalar bounds", lax.clamp, lambda rng: bounds(rng, ()), dict(active=[1])
    x = of("f32", [0, 1, 2, 2.5, 3, 4, np.inf, -np.inf, np.nan, 2])
    yield "clamp", "f32 edges", lax.clamp, fixed(of("f32", [1] * 9 + [3]), x, of("f32", [3] * 9 + [1])), dict(ones=True, maps=False)
    for dt in TYPES:
        yield "select_n", f"{dt} mask", lax.select_n, lambda rng: [rng.integers(0, 2, 3) > 0, *regular(dt, (3,), (3,))(rng)], {}
        yield "select_n", f"{dt} scalar mask", lax.select_n, lambda rng: [rng.integers(0, 2, ()) > 0, *regular(dt, (3,), (3,))(rng)], {}
    yield "select_n", "f32 three", lax.select_n, lambda rng: [rng.integers(0, 3, 4).astype(np.int32), *regular("f32", (4,), (4,), (4,))(rng)], {}
    yield "select_n", "f32 scalar of three", lax.select_n, lambda rng: [rng.integers(0, 3, ()).astype(np.int32), *regular("f32", (2,), (2,), (2,))(rng)], {}
    for a, b in (("f32", "f64"), ("f64", "f32"), ("f32", "bf16"), ("f32", "i32"), ("i32", "f32"), ("f32", "c64"), ("f32", "bool"), ("c64", "c128")):
        yield "convert_element_type", f"{a} {b}", lambda x: lax.convert_element_type(x, golden.np_dtype(b)), regular(a, (3,)), {}
    for a, b in (("f32", "u32"), ("u32", "f32"), ("u32", "u8"), ("f64", "i64")):
        yield "bitcast_convert_type", f"{a} {b}", lambda x: lax.bitcast_convert_type(x, golden.np_dtype(b)), regular(a, (3,)), {}
    for dt in ("f32", "f64", "bf16"):
        for e, m in ((5, 10), (8, 7), (4, 3), (8, 23)) if dt == "f32" else ((5, 7),):
            yield "reduce_precision", f"{dt} e{e}m{m}", lambda x: lax.reduce_precision(x, e, m), regular(dt, (4,), domain=(-9, 9)), {}
    big = [1e-8, 6e-5, 3e-5, 65504.0, 65520.0, 1e9, -2.0009766, 1.0004883]
    yield "reduce_precision", "f32 edges", lambda x: lax.reduce_precision(x, 5, 10), fixed(of("f32", EDGES + big)), dict(ones=True, maps=False)
    for dt in ("f32", "i32"):
        yield "stop_gradient", dt, lax.stop_gradient, regular(dt, (3,)), dict(composed=True)
    yield "mulhi", "i32", lax.mulhi, lambda rng: list(rng.integers(-2**31, 2**31, (2, 3)).astype(np.int32)), {}
    yield "mulhi", "u32", lax.mulhi, lambda rng: list(rng.integers(0, 2**32, (2, 3)).astype(np.uint32)), {}
    yield "gcd", "i32", jnp.gcd, lambda rng: list(rng.integers(0, 100, (2, 4)).astype(np.int32)), dict(composed=True)
    yield "threefry2x32", "u32", threefry, lambda rng: [rng.integers(0, 2**32, s, dtype=np.uint32) for s in ((3,),) * 4], {}


def threefry(*x):
    return threefry2x32_p.bind(*x)


def special():
    rows = [(n, f, d, o, None, "f32" if n else "") for n, (f, ds, o) in make_special_values.UNARY.items() for d in [(ds[0],)]]
    for name, f, domains, order, _, _ in rows:
        for dt in ("f32", "f64"):
            yield name, dt, f, regular(dt, (3,), domain=domains[0]), dict(order=order)
        yield name, "f32 edges", f, fixed(of("f32", EDGES)), dict(order=order, ones=True, maps=False)
    table = dict(make_special_values.SEVERAL)
    table["random_gamma_grad"] = (lax.random_gamma_grad, [(0.3, 8.0), (0.1, 12.0)], [], [])
    for name, (f, domains, first, second) in table.items():
        for dt in ("f32", "f64"):
            draw = lambda rng: [make_special_values.draw(rng, dt, (3,), d) for d in domains]
            options = dict(composed=name == "random_gamma_grad")
            yield name, dt, f, draw, dict(order=2 if second == first else 1 if first else 0, active=first, **options)
            if second and second != first:
                yield name, f"{dt} second", f, draw, dict(order=2, active=second, maps=False, **options)
        yield name, "f32 edges", f, fixed(*make_special_values.grid("f32", len(domains))), dict(order=0, maps=False, composed=name == "random_gamma_grad")


def shapes():
    def rows(primitive, table, types=("f32", "i32")):
        for label, f, arg_shapes in table:
            for dt in types if label == table[0][0] else types[:1]:
                yield primitive, f"{dt} {label}", f, regular(dt, *arg_shapes), {}
    bid = lambda shape, dims: lambda x: lax.broadcast_in_dim_p.bind(x, shape=shape, broadcast_dimensions=dims, sharding=None)
    yield from rows("broadcast_in_dim", [("row", bid((2, 3), (1,)), [(3,)]), ("scalar", bid((2, 3), ()), [()]), ("expand one", bid((2, 3), (0, 1)), [(1, 3)])], TYPES)
    yield from rows("reshape", [("split", lambda x: lax.reshape(x, (3, 1, 2)), [(2, 3)]), ("to scalar", lambda x: lax.reshape(x, ()), [(1, 1)]), ("empty", lambda x: lax.reshape(x, (0, 2)), [(2, 0)])], TYPES)
    yield from rows("transpose", [("matrix", lambda x: lax.transpose(x, (1, 0)), [(2, 3)]), ("cube", lambda x: lax.transpose(x, (2, 0, 1)), [(2, 3, 2)])], TYPES)
    yield from rows("squeeze", [("all", lambda x: lax.squeeze(x, (0, 2)), [(1, 3, 1)]), ("one", lambda x: lax.squeeze(x, (0,)), [(1, 3, 1)])])
    yield from rows("concatenate", [("columns", lambda *x: lax.concatenate(x, 1), [(2, 1), (2, 2), (2, 1)]), ("with nothing", lambda *x: lax.concatenate(x, 0), [(2,), (0,)])], TYPES)
    yield from rows("rev", [("all", lambda x: lax.rev(x, (0, 1)), [(2, 3)]), ("one", lambda x: lax.rev(x, (1,)), [(2, 3)])], TYPES)
    yield from rows("stack", [("one", lambda *x: ll.stack_p.bind(*x, axis=1), [(2, 2)] * 3), ("first", lambda *x: ll.stack_p.bind(*x, axis=0), [()] * 2)])
    yield from rows("unstack", [("one", lambda x: ll.unstack_p.bind(x, axis=1), [(2, 3)]), ("first", lambda x: ll.unstack_p.bind(x, axis=0), [(2,)])])
    yield from rows("split", [("uneven", lambda x: lax.split(x, (1, 3, 0, 2), 0), [(6,)]), ("columns", lambda x: lax.split(x, (2, 1), 1), [(2, 3)])])
    yield from rows("tile", [("both", lambda x: ll.tile_p.bind(x, reps=(2, 3)), [(2, 2)]), ("one", lambda x: ll.tile_p.bind(x, reps=(1, 2)), [(2, 1)])])
    pad = lambda *config: lambda x, v: lax.pad(x, v, config)
    yield from rows("pad", [("edges", pad((1, 2, 0), (0, 1, 1)), [(2, 2), ()]), ("negative", pad((-1, -1, 0)), [(5,), ()]), ("negative and interior", pad((-1, 2, 1), (1, -2, 0)), [(2, 3), ()]),
                            ("negative outside", pad((-2, -1, 2)), [(3,), ()])], TYPES)
    sl = lambda *a: lambda x: lax.slice(x, *a)
    yield from rows("slice", [("plain", sl((1, 0), (3, 2)), [(3, 3)]), ("strided", sl((1,), (7,), (3,)), [(8,)]), ("empty", sl((2,), (2,)), [(3,)])], TYPES)
    for dt in ("f32", "i32", "c64", "u8"):
        yield "iota", dt, lambda: lax.iota_p.bind(dtype=golden.np_dtype(dt), shape=(2, 3), dimension=1, sharding=None), fixed(), {}
    yield from dynamic()


def dynamic():
    for dt in TYPES:
        for label, low, high in (("inside", 0, 2), ("outside", -4, 6)) if dt == "f32" else (("inside", 0, 2),):
            starts = lambda rng: [np.array(s, np.int32) for s in rng.integers(low, high, 2)]
            f = lambda a, i, j: lax.dynamic_slice_p.bind(a, i, j, slice_sizes=(2, 1))
            yield "dynamic_slice", f"{dt} {label}", f, lambda rng: [*regular(dt, (3, 3))(rng), *starts(rng)], {}
            g = lambda a, b, i, j: lax.dynamic_update_slice_p.bind(a, b, i, j)
            yield "dynamic_update_slice", f"{dt} {label}", g, lambda rng: [*regular(dt, (3, 3), (2, 1))(rng), *starts(rng)], {}
    for index in ("i64", "u8", "i8"):
        f = lambda a, i: lax.dynamic_slice_p.bind(a, i, slice_sizes=(2,))
        yield "dynamic_slice", f"f32 index {index}", f, lambda rng: [*regular("f32", (200,))(rng)[:1], of(index, int(rng.integers(0, 120)))], dict(maps=index == "u8", order=0)


REDUCTIONS = {n: getattr(lax, n) for n in ("reduce_sum", "reduce_prod", "reduce_max", "reduce_min", "reduce_and", "reduce_or", "reduce_xor")}
ROWS = {"ties": [1.0, 3.0, 3.0, -2.0, -2.0, 3.0], "nan": [1.0, np.nan, 3.0, np.nan], "zeros": [0.0, -0.0, 0.0], "infinities": [np.inf, 1.0, -np.inf, np.inf, -np.inf],
        "two zeros": [2.0, 0.0, 3.0, 0.0], "one zero": [2.0, 0.0, 3.0], "one": [2.0], "none": []}


def reductions():
    for name, f in REDUCTIONS.items():
        logical = name in ("reduce_and", "reduce_or", "reduce_xor")
        for dt in ("i32", "bool") if logical else TYPES:
            if dt == "c64" and name in ("reduce_max", "reduce_min"):
                continue
            for axes in ((1,), (0, 2)) if dt in ("f32", "bool") else ((0,),):
                draw = lambda rng: [samples.distinct(rng, dt, (2, 3, 2)) if dt in golden.FLOATS and not name.endswith("prod") else samples.regular(rng, dt, (2, 3, 2), -2, 2)]
                yield name, f"{dt} {axes}", lambda a: f(a, axes), draw, {}
        for label, row in ROWS.items() if not logical else ():
            if label != "none" or name in ("reduce_sum", "reduce_prod"):
                yield name, f"f32 {label}", lambda a: f(a, (0,)), fixed(of("f32", row)), dict(ones=True, maps=False)
    for name, f in (("argmax", lax.argmax), ("argmin", lax.argmin)):
        for dt in ("f32", "i32"):
            for axis in (0, 1):
                yield name, f"{dt} {axis}", lambda a: f(a, axis, np.int32), regular(dt, (2, 3)), {}
        for label in ("ties", "nan", "zeros", "infinities"):
            yield name, f"f32 {label}", lambda a: f(a, 0, np.int64), fixed(of("f32", ROWS[label])), dict(maps=False)
    yield from cumulative()
    yield from order()


def cumulative():
    for name in ("cumsum", "cumprod", "cummax", "cummin", "cumlogsumexp"):
        f = getattr(lax, name)
        for dt in TYPES:
            if (dt == "c64" and name in ("cummax", "cummin")) or (dt == "i32" and name == "cumlogsumexp"):
                continue
            for axis, reverse in ((0, False), (1, True), (1, False)) if dt == "f32" else ((0, True),):
                yield name, f"{dt} {axis} {reverse}", lambda a: f(a, axis=axis, reverse=reverse), regular(dt, (3, 4), domain=(-2, 2)), {}
        for label, row in ROWS.items():
            for reverse in (False, True) if label == "ties" else (False,):
                yield name, f"f32 {label} {reverse}", lambda a: f(a, axis=0, reverse=reverse), fixed(of("f32", row)), dict(ones=True, maps=False)


def order():
    for dt in TYPES:
        for dim in (0, 1) if dt == "f32" else (1,):
            yield "sort", f"{dt} {dim}", lambda a: lax.sort(a, dim), regular(dt, (3, 4)), {}
            yield "sort", f"{dt} {dim} and f32", lambda a, b: lax.sort((a, b), dim), regular(dt, (3, 4), (3, 4)), {}
        if dt != "c64":
            for axis in (0, 1) if dt == "f32" else (1,):
                yield "top_k", f"{dt} {axis}", lambda a: lax.top_k(a, 2, axis=axis), regular(dt, (3, 4)), {}
    yield "sort", "f32 and i32", lambda a, b: lax.sort((a, b), 0, num_keys=1), lambda rng: [*regular("f32", (5,))(rng), *regular("i32", (5,))(rng)], {}
    few = lambda rng: [rng.integers(0, 2, 6).astype(np.float32), rng.integers(0, 3, 6).astype(np.float32), *regular("f32", (6,))(rng)]
    for keys in (1, 2, 3):
        yield "sort", f"f32 three, {keys} keys", lambda a, b, c: lax.sort((a, b, c), 0, num_keys=keys), few, {}
    for label in ("ties", "nan", "zeros", "infinities"):
        row = of("f32", ROWS[label])
        yield "sort", f"f32 {label}", lambda a, b: lax.sort((a, b), 0), fixed(row, np.arange(len(row), dtype=np.float32)), dict(maps=False)
        yield "top_k", f"f32 {label}", lambda a: lax.top_k(a, len(row)), fixed(row), dict(maps=False)


WINDOWS = [  # label, shape, dimensions, strides, padding, base dilation, window dilation
    ("strided", (7,), (3,), (2,), ((1, 2),), (1,), (1,)), ("input dilated", (4,), (3,), (2,), ((1, 0),), (3,), (1,)),
    ("two", (4, 3), (2, 2), (2, 1), ((0, 1), (1, 0)), (1, 1), (1, 1)), ("both dilated", (3, 3), (2, 2), (1, 2), ((1, 1), (0, 1)), (2, 1), (1, 2)),
    ("window dilated", (6,), (2,), (1,), ((0, 1),), (1,), (3,)), ("trimmed", (5, 3), (2, 2), (1, 2), ((-1, 1), (0, 0)), (1, 1), (1, 1)),
    ("apart", (7,), (2,), (3,), ((0, 0),), (1,), (1,)), ("padding only", (2,), (2,), (1,), ((3, 2),), (1,), (1,))]


def windows():
    for name, f in (("reduce_window_sum", wr._reduce_window_sum), ("reduce_window_max", wr._reduce_window_max), ("reduce_window_min", wr._reduce_window_min)):
        for label, shape, *window in WINDOWS:
            for dt in TYPES if label == "two" else ("f32",):
                if dt == "c64" and name != "reduce_window_sum":
                    continue
                draw = lambda rng: [samples.distinct(rng, dt, shape) if dt in golden.FLOATS else samples.regular(rng, dt, shape, -2, 2)]
                yield name, f"{dt} {label}", lambda a: f(a, *window), draw, {}
        for label in ("ties", "nan", "infinities", "zeros"):
            yield name, f"f32 {label}", lambda a: f(a, (2,), (1,), ((1, 0),), (1,), (1,)), fixed(of("f32", ROWS[label])), dict(ones=True, maps=False)
    for prim in (lax.ge_p, lax.le_p):
        for label, shape, *window in WINDOWS:
            for dt in ("f32", "f64") if label == "two" else ("f32",):
                g = lambda a, b: wr._select_and_gather_add(a, b, prim, *window)
                draw = lambda rng: [samples.regular(rng, dt, shape, -2, 2), samples.distinct(rng, dt, shape)]
                yield "select_and_gather_add", f"{dt} {prim} {label}", g, draw, dict(active=[0])
                if window[3] != (1,) * len(shape) or window[4] != (1,) * len(shape) or min(min(p) for p in window[2]) < 0:
                    continue
                stops = [(n + a + b - k) // s + 1 for n, k, s, (a, b) in zip(shape, *window[:3])]
                h = lambda a, b: wr._select_and_scatter_add(a, b, prim, *window[:3])
                draw = lambda rng: [samples.regular(rng, dt, stops, -2, 2), samples.distinct(rng, dt, shape)]
                yield "select_and_scatter_add", f"{dt} {prim} {label}", h, draw, dict(active=[0])
        for label in ("ties", "nan", "infinities"):
            x = of("f32", ROWS[label])
            t = np.arange(1, len(x) + 1, dtype=np.float32)
            yield "select_and_gather_add", f"f32 {prim} {label}", lambda a, b: wr._select_and_gather_add(a, b, prim, (2,), (1,), ((1, 0),), (1,), (1,)), fixed(t, x), dict(active=[0], ones=True, maps=False)
            yield "select_and_scatter_add", f"f32 {prim} {label}", lambda a, b: wr._select_and_scatter_add(a, b, prim, (2,), (1,), ((1, 0),)), fixed(t, x), dict(active=[0], ones=True, maps=False)


NHWC, ODD = ("NHWC", "HWIO", "NHWC"), ("CHNW", "WOIH", "HWCN")
CONVOLUTIONS = [  # label, shapes, strides, padding, rest
    ("plain", (2, 2, 4), (3, 2, 2), (1,), [(0, 0)], {}), ("strided", (1, 2, 6), (2, 2, 3), (2,), [(2, 1)], {}), ("trimmed", (1, 1, 6), (2, 1, 3), (1,), [(-1, 2)], {}),
    ("kernel dilated", (1, 2, 6), (2, 2, 3), (1,), [(0, 1)], dict(rhs_dilation=(2,))), ("input dilated", (1, 2, 3), (2, 2, 3), (1,), [(1, 2)], dict(lhs_dilation=(3,))),
    ("all at once", (2, 1, 4), (2, 1, 3), (2,), [(3, 1)], dict(lhs_dilation=(3,), rhs_dilation=(2,))), ("channels last", (1, 3, 4, 2), (2, 2, 2, 3), (1, 2), [(1, 1), (0, 1)], dict(dimension_numbers=NHWC)),
    ("odd layout", (2, 3, 2, 4), (3, 2, 2, 2), (2, 1), [(1, 0), (0, 2)], dict(dimension_numbers=ODD)),
    ("feature groups", (1, 3, 3, 4), (2, 2, 2, 4), (1, 1), [(0, 0), (1, 1)], dict(dimension_numbers=NHWC, feature_group_count=2)),
    ("depthwise", (1, 3, 3, 2), (2, 2, 1, 2), (1, 1), [(1, 0), (1, 1)], dict(dimension_numbers=NHWC, feature_group_count=2)), ("depthwise twice", (1, 2, 4), (4, 1, 2), (2,), [(1, 1)], dict(feature_group_count=2)),
    ("batch groups", (4, 2, 2, 2), (2, 2, 2, 4), (1, 1), [(0, 1), (0, 0)], dict(dimension_numbers=NHWC, batch_group_count=2)), ("odd layout, batch groups", (2, 2, 4, 3), (2, 4, 2, 2), (1, 1), [(0, 0)] * 2, dict(dimension_numbers=ODD, batch_group_count=2)),
    ("odd layout, feature groups", (4, 2, 1, 3), (2, 2, 2, 2), (1, 1), [(0, 0)] * 2, dict(dimension_numbers=ODD, feature_group_count=2)), ("no spatial dimension", (2, 2), (3, 2), (), [], {})]


def linear():
    D = [("matrices", (2, 3), (3, 2), (((1,), (0,)), ((), ()))), ("vectors", (3,), (3,), (((0,), (0,)), ((), ()))), ("outer", (3,), (2,), (((), ()), ((), ()))),
         ("batch inside", (3, 2, 2), (2, 3, 2), (((2,), (0,)), ((1,), (2,)))), ("two batches", (2, 3, 2), (3, 2, 2), (((2,), (2,)), ((0, 1), (1, 0)))), ("two contracted", (2, 2, 3), (3, 2, 2), (((1, 2), (1, 0)), ((), ())))]
    for label, a, b, dims in D:
        for dt in TYPES if label == "batch inside" else ("f32",):
            yield "dot_general", f"{dt} {label}", lambda p, q: lax.dot_general(p, q, dims), regular(dt, a, b), {}
    for dt, preferred in (("bf16", "f32"), ("f32", "f64"), ("i8", "i32")):
        f = lambda p, q: lax.dot_general(p, q, D[0][3], preferred_element_type=golden.np_dtype(preferred))
        yield "dot_general", f"{dt} to {preferred}", f, regular(dt, *D[0][1:3]), dict(order=1 if dt == "f32" else 0)
    for label, x, k, strides, padding, rest in CONVOLUTIONS:
        for dt in TYPES if label == "plain" else ("f32",):
            yield "conv_general_dilated", f"{dt} {label}", lambda a, b: lax.conv_general_dilated(a, b, strides, padding, **rest), regular(dt, x, k, domain=(-2, 2)), {}
    for part, whole in (("f32", "c64"), ("f64", "c128")):
        for kind in lf.FftType:
            for shape, dims in (((6,), 1), ((2, 5), 1), ((2, 3, 4), 2)) if part == "f32" else (((2, 3), 2),):
                half = shape[:-1] + (shape[-1] // 2 + 1,)
                draw = regular(part if kind == lf.FftType.RFFT else whole, half if kind == lf.FftType.IRFFT else shape)
                yield "fft", f"{part} {kind.name} {shape} {dims}", lambda a: lf.fft_p.bind(a, fft_type=kind, fft_lengths=shape[-dims:]), draw, {}


G, S = lax.GatherDimensionNumbers, lax.ScatterDimensionNumbers
MODES = ["promise_in_bounds", "clip", "fill"]
GATHERS = [  # label, operand, two lanes of indices, dimension numbers, slice sizes
    ("elements", (4,), ([[0], [3], [3]], [[2], [1], [0]]), G((), (0,), (0,)), (1,)), ("outside", (4,), ([[-1], [7], [2]], [[1], [-5], [4]]), G((), (0,), (0,)), (1,)),
    ("columns", (2, 3), ([[2], [0]], [[1], [1]]), G((0,), (1,), (1,)), (2, 1)), ("swapped", (3, 2), ([[1, 2], [0, 0]], [[1, 0], [0, 1]]), G((), (0, 1), (1, 0)), (1, 1)),
    ("windows", (5,), ([[0], [2], [4]], [[1], [3], [-1]]), G((1,), (), (0,)), (2,)), ("one window", (3, 4), ([1, 2], [0, 3]), G((0, 1), (), (0, 1)), (2, 2)),
    ("batched", (2, 3), ([[[0], [2]], [[1], [3]]], [[[2], [2]], [[-1], [0]]]), G((), (1,), (1,), (0,), (0,)), (1, 1))]
SCATTERS = [  # label, operand, two lanes of indices, updates, dimension numbers, unique
    ("elements", (4,), ([[0], [3]], [[2], [1]]), (2,), S((), (0,), (0,)), True), ("duplicates", (4,), ([[1], [1], [3]], [[0], [2], [0]]), (3,), S((), (0,), (0,)), False),
    ("outside", (4,), ([[-1], [7], [2]], [[1], [-5], [4]]), (3,), S((), (0,), (0,)), True), ("columns", (2, 3), ([[2], [0]], [[1], [0]]), (2, 2), S((0,), (1,), (1,)), True),
    ("points", (3, 2), ([[1, 1], [2, 0]], [[0, 1], [0, 0]]), (2,), S((), (0, 1), (0, 1)), True), ("window", (5,), ([2], [0]), (3,), S((0,), (), (0,)), True),
    ("window outside", (5,), ([3], [-1]), (3,), S((0,), (), (0,)), True), ("batched", (2, 3), ([[[0], [2]], [[1], [0]]], [[[2], [1]], [[0], [2]]]), (2, 2), S((), (1,), (1,), (0,), (0,)), True)]
SCATTER = {"scatter": lax.scatter, "scatter-add": lax.scatter_add, "scatter-sub": lax.scatter_sub, "scatter-mul": lax.scatter_mul, "scatter-min": lax.scatter_min, "scatter-max": lax.scatter_max}


def indexing():
    for label, shape, index, dims, sizes in GATHERS:
        for dt in TYPES if label == "elements" else ("f32",):
            for mode in MODES if dt == "f32" else ("clip",):
                if mode != "promise_in_bounds" or label in ("elements", "columns"):
                    lanes = iter(index)
                    draw = lambda rng, lanes=lanes: [*regular(dt, shape)(rng), np.array(next(lanes), np.int32)]
                    yield "gather", f"{dt} {label} {mode}", lambda a, b: lax.gather(a, b, dims, sizes, mode=mode), draw, {}
    for name, f in SCATTER.items():
        for label, shape, index, update, dims, unique in SCATTERS:
            for dt in TYPES if label == "elements" else ("f32",):
                if dt == "c64" and name in ("scatter-min", "scatter-max"):
                    continue
                for mode in ("clip", "fill") if dt == "f32" and label in ("outside", "window outside", "points") else MODES[:1] if dt == "f32" and label == "elements" else ("fill",):
                    for u in (True, False) if unique and label in ("elements", "columns") and dt == "f32" else (unique,):
                        lanes = iter(index)
                        draw = lambda rng, lanes=lanes: [samples.distinct(rng, dt, shape) if dt in golden.FLOATS else samples.regular(rng, dt, shape),
                                                         np.array(next(lanes), np.int32), samples.regular(rng, dt, update)]
                        g = lambda a, b, c: f(a, b, c, dims, unique_indices=u, mode=mode)
                        clip = mode == "clip" and label == "outside"  # two places become one
                        if not (clip and name == "scatter"):
                            yield name, f"{dt} {label} {mode} {u}", g, draw, {}
    ties = lambda rng: [of("f32", [1, 2, 3, 3]), np.array([[1], [2], [3], [3]], np.int32), of("f32", [2, 3, 5, 5])]
    for name in ("scatter-min", "scatter-max"):
        yield name, "f32 ties", lambda a, b, c: SCATTER[name](a, b, c, SCATTERS[0][4]), ties, dict(ones=True, maps=False)


FAMILIES = {"elementwise": elementwise, "special": special, "shapes": shapes, "reductions": reductions, "windows": windows, "linear": linear, "indexing": indexing}
