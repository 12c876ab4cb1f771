"""Goldens of jax.random: random/keys.tsv, bits.tsv, uniform.tsv, integers.tsv, distributions.tsv (threefry, partitionable counters)."""
import os

os.environ["JAX_PLATFORMS"] = "cpu"
import jax
import jax.extend

jax.config.update("jax_enable_x64", True)
import jax.numpy as jnp
import numpy as np
from jax import random

import golden

SEEDS = [0, 1, 42, -1, -7, 2**31 - 1, 2**32 - 1, 2**32, 2**32 + 5, 2**63 - 1, -(2**63), 0x0123456789ABCDEF]
SHAPES = [(), (1,), (5,), (2, 3), (3, 1, 2), (0,), (2, 0)]
LARGE = [(1000003,), (257, 129)]
POSITIONS = 24
EXACT = {"split", "bits", "uniform", "randint", "bernoulli"}


def data(key):
    return np.asarray(random.key_data(key))


def result(out, x, exact):
    """Small results in full; of large ones 24 elements at fixed positions, and the hash of all where equality is exact."""
    x = np.asarray(x)
    if x.size <= 64:
        out.array("out", x)
        return
    where = np.unique(np.linspace(0, x.size - 1, POSITIONS).astype(np.int64))
    out.line("sample", golden.type_text(x), " ".join(map(str, where)), golden.elements(x.reshape(-1)[where]))
    if exact:
        out.line("hash", golden.hash64(x))


def case(out, name, key, fn, x, **params):
    out.case(name).line("fn", fn)
    out.array("key", data(key))
    for k, v in params.items():
        if isinstance(v, (np.ndarray, jax.Array)):
            out.line("param", k, golden.type_text(np.asarray(v)), golden.elements(v))
        else:
            out.line("param", k, v)
    result(out, x, fn in EXACT)


def keys(out):
    for seed in SEEDS:
        key = random.key(seed)
        out.case(f"key/{seed}")
        out.line("fn", "key")
        out.line("param", "seed", seed)
        out.array("out", data(key))
        for n in (1, 2, 3, 7):
            case(out, f"split/{seed} {n}", key, "split", data(random.split(key, n)), num=n)
        case(out, f"split/{seed} (2,3)", key, "split", data(random.split(key, (2, 3))), num="(2, 3)")
        for i in (0, 1, 5, 2**31 - 1, -1, 2**32 - 1):
            folded = random.fold_in(key, np.uint32(i % 2**32))
            case(out, f"fold_in/{seed} {i}", key, "fold_in", data(folded), data=i)
    key = random.key(3)
    case(out, "split/large", key, "split", data(random.split(key, 1000)), num=1000)
    chain = key
    for _ in range(100):
        chain = random.split(chain)[0]
    case(out, "chain/split 100 times, keep the first", key, "chain", data(chain), times=100)
    # the block function itself: key words, counter words, result words
    rng = np.random.default_rng(5)
    for i in range(20):
        k, c = rng.integers(0, 2**32, (2, 2), dtype=np.uint32)
        if i == 0:
            k, c = np.zeros((2, 2), np.uint32)
        elif i == 1:
            k, c = np.full((2, 2), 2**32 - 1, np.uint32)
        a, b = jax.extend.random.threefry2x32_p.bind(*(jnp.asarray(w) for w in (*k, *c)))
        out.case(f"threefry2x32/{i}")
        out.line("fn", "threefry2x32")
        for w in (*k, *c):
            out.array("in", w)
        out.array("out", a)
        out.array("out", b)


def every_shape(out, fn, call, seeds, dtypes, shapes=SHAPES, large=LARGE, **params):
    for dt in dtypes:
        for seed in seeds:
            for shape in shapes + (large if seed == seeds[0] else []):
                key = random.key(seed)
                shape_text = "(" + ",".join(map(str, shape)) + ")"
                extra = "".join(f" {k}={v if np.ndim(v) == 0 else 'array'}" for k, v in params.items())
                x = call(key, shape, golden.np_dtype(dt))
                case(out, f"{fn}/{dt} {seed} {shape_text}{extra}", key, fn, x, shape=shape_text, dtype=dt, **params)


def integers(out):
    for lo, hi in ((0, 10), (-5, 5), (0, 1), (3, 3), (5, 2), (0, 2**31 - 1), (-(2**31), 2**31 - 1), (-(2**31), 2**31), (0, 1000003), (7, 8)):
        call = lambda k, s, t: random.randint(k, s, np.int64(lo), np.int64(hi), t)
        every_shape(out, "randint", call, [0, -7], ["i32"], [(), (5,), (2, 3)], [(257, 129)], minval=lo, maxval=hi)
    for dt in golden.INTS:
        t = np.iinfo(golden.np_dtype(dt))
        for lo, hi in ((0, 100), (int(t.min), int(t.max)), (int(t.min) // 3, int(t.max) // 2)):
            wide = golden.np_dtype("u64" if hi > 2**63 - 1 else "i64")
            call = lambda k, s, d: random.randint(k, s, wide.type(lo), wide.type(hi), d)
            every_shape(out, "randint", call, [42], [dt], [(), (7,)], [], minval=lo, maxval=hi)
    for dt, hi in (("u8", 256), ("i8", 128), ("u16", 65536), ("u32", 2**32)):
        every_shape(out, "randint", lambda k, s, d: random.randint(k, s, np.int64(0), np.int64(hi), d), [9], [dt], [(9,)], [], minval=0, maxval=hi)
    for dt in ("f32", "f64"):
        for p in (0.5, 0.0, 1.0, 0.1, 0.999):
            p_typed = golden.np_dtype(dt).type(p)
            every_shape(out, "bernoulli", lambda k, s, d: random.bernoulli(k, p_typed, s), [0, 42], [dt], [(), (7,), (2, 3)], [(257, 129)], p=np.asarray(p_typed), mode="low")
            every_shape(out, "bernoulli", lambda k, s, d: random.bernoulli(k, p_typed, s, "high"), [0], [dt], [(), (7,)], [], p=np.asarray(p_typed), mode="high")
        p = np.linspace(0, 1, 5).astype(golden.np_dtype(dt))
        every_shape(out, "bernoulli", lambda k, s, d: random.bernoulli(k, p, s), [3], [dt], [(5,), (3, 5)], [], p=p, mode="low")


def uniforms(out):
    every_shape(out, "uniform", random.uniform, [0, 42, -7, 2**32 + 5], golden.FLOATS)
    for lo, hi in ((-1.0, 1.0), (2.0, 2.0), (3.0, -1.0), (-2.5, 1e4)):
        call = lambda k, s, t: random.uniform(k, s, t, lo, hi)
        every_shape(out, "uniform", call, [1], golden.FLOATS, [(), (5,), (2, 3)], [], minval=lo, maxval=hi)


def distributions(out):
    every_shape(out, "normal", random.normal, [0, 42, -7], golden.FLOATS + golden.COMPLEX, [(), (5,), (2, 3), (0,)])
    every_shape(out, "exponential", random.exponential, [0, 42], golden.FLOATS, [(), (5,), (2, 3)])
    for mode in ("low", "high", "highest"):
        call = lambda k, s, t: random.gumbel(k, s, t, mode)
        every_shape(out, "gumbel", call, [0, 42], golden.FLOATS, [(), (5,), (2, 3)], LARGE if mode == "low" else [], mode=mode)
    for lo, hi in ((-2.0, 2.0), (0.5, 3.0), (-np.inf, 0.0), (1.0, np.inf)):
        call = lambda k, s, t: random.truncated_normal(k, t.type(lo), t.type(hi), s, t)
        every_shape(out, "truncated_normal", call, [0, 42], golden.FLOATS, [(), (5,), (2, 3)], [(257, 129)], lower=lo, upper=hi)
    categorical(out)


def categorical(out):
    rng = np.random.default_rng(11)
    table = [  # logits shape, axis, result shape or None
        ((5,), -1, None), ((5,), 0, (7,)), ((3, 4), -1, None), ((3, 4), 0, None), ((3, 4), 1, (2, 3)), ((2, 3, 4), 1, None), ((1,), -1, (4,))]
    for dt in golden.FLOATS:
        for seed in (0, 42):
            for shape, axis, to in table:
                logits = rng.uniform(-2, 2, shape).astype(golden.np_dtype(dt))
                key = random.key(seed)
                for mode in ("low", "high"):
                    x = random.categorical(key, logits, axis, to, mode=mode).astype(np.int32)
                    name = f"categorical/{dt} {seed} {shape} {axis} {to} {mode}"
                    case(out, name, key, "categorical", x, logits=logits, axis=axis, shape=to, mode=mode)
    logits = np.array([0.0, -np.inf, 1.0, np.log(2.0)], np.float32)
    key = random.key(8)
    x = random.categorical(key, logits, shape=(100000,)).astype(np.int32)
    case(out, "categorical/large with an impossible one", key, "categorical", x, logits=logits, axis=-1, shape="(100000)", mode="low")


def main():
    assert jax.config.jax_threefry_partitionable and jax.config.jax_default_prng_impl == "threefry2x32"
    os.makedirs("random", exist_ok=True)
    note = "jax_threefry_partitionable=True (default), impl threefry2x32; see FORMAT.md"
    bits = lambda out: every_shape(out, "bits", random.bits, SEEDS, ["u32"]) or every_shape(out, "bits", random.bits, [0, -7, 2**32 + 5], ["u8", "u16", "u64"])
    for name, write in (("keys", keys), ("bits", bits), ("uniform", uniforms), ("integers", integers), ("distributions", distributions)):
        out = golden.GoldenFile(f"random/{name}.tsv", True, note)
        write(out)
        out.close()


if __name__ == "__main__":
    main()
