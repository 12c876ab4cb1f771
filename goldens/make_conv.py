"""Goldens of convolutions: values/conv.tsv; with `functions`: jnp/conv.tsv (values and vmap of public functions) and jaxpr/conv.tsv."""
import os
import sys

os.environ["JAX_PLATFORMS"] = "cpu"
import jax

FUNCTIONS = sys.argv[1:] == ["functions"]
jax.config.update("jax_enable_x64", not FUNCTIONS)
import jax.numpy as jnp
import numpy as np
from jax import lax

import golden
import make_jaxprs
import samples
from values import emit

NHWC, ODD = ("NHWC", "HWIO", "NHWC"), ("CHNW", "WOIH", "HWCN")
ROWS = [  # label, shapes, parameters beside strides and padding
    ("plain", (2, 3, 7), (4, 3, 2), (1,), [(0, 0)], {}), ("padded", (1, 2, 4), (3, 2, 3), (1,), [(2, 1)], {}),
    ("trimmed", (1, 2, 6), (3, 2, 3), (1,), [(-1, 2)], {}), ("strided", (2, 2, 8), (2, 2, 3), (2,), [(1, 0)], {}),
    ("kernel dilated", (2, 2, 8), (2, 2, 3), (1,), [(0, 1)], dict(rhs_dilation=(3,))),
    ("input dilated", (1, 2, 4), (2, 2, 3), (1,), [(1, 2)], dict(lhs_dilation=(3,))),
    ("all at once", (2, 1, 5), (2, 1, 3), (2,), [(3, 1)], dict(lhs_dilation=(3,), rhs_dilation=(2,))),
    ("channels last", (2, 5, 6, 3), (3, 2, 3, 4), (1, 2), [(1, 1), (0, 1)], dict(dimension_numbers=NHWC)),
    ("odd layout", (2, 4, 3, 5), (3, 4, 2, 2), (2, 1), [(1, 0), (0, 2)], dict(dimension_numbers=ODD)),
    ("feature groups", (1, 3, 4, 4), (2, 2, 2, 6), (1, 1), [(0, 0), (1, 1)], dict(dimension_numbers=NHWC, feature_group_count=2)),
    ("depthwise", (2, 4, 5, 3), (3, 3, 1, 3), (1, 1), [(1, 1), (1, 1)], dict(dimension_numbers=NHWC, feature_group_count=3)),
    ("depthwise twice", (2, 4, 5, 3), (2, 2, 1, 6), (2, 1), [(1, 1), (1, 1)], dict(dimension_numbers=NHWC, feature_group_count=3)),
    ("batch groups", (4, 3, 3, 2), (2, 2, 2, 6), (1, 1), [(0, 1), (0, 0)], dict(dimension_numbers=NHWC, batch_group_count=2)),
    ("odd layout, batch groups", (2, 3, 6, 4), (2, 6, 2, 2), (1, 1), [(0, 0), (0, 0)], dict(dimension_numbers=ODD, batch_group_count=3)),
    ("no spatial dimension", (3, 2), (4, 2), (), [], {}), ("three", (1, 2, 3, 3, 2), (2, 2, 2, 1, 2), (1, 1, 1), [(0, 0), (1, 0), (0, 1)], {}),
    ("no window fits", (2, 2, 2), (3, 2, 4), (1,), [(0, 0)], {}), ("empty batch", (0, 2, 4), (3, 2, 2), (1,), [(0, 0)], {})]


def primitive(out):
    for dt in golden.ALL:
        for label, x, k, strides, padding, rest in ROWS if dt in ("f32", "f64") else ROWS[:1] + ROWS[6:7] + ROWS[9:10] if dt in ("i32", "c64", "bf16") else ROWS[:1]:
            rng = np.random.default_rng(golden.seed_of(f"conv {label} {dt}"))
            f = lambda a, b: lax.conv_general_dilated(a, b, strides, padding, **rest)
            if dt == "bool":
                continue  # XLA adds booleans modulo 2 here
            order = 0 if dt not in ("f32", "f64", "c64") or label in ("no window fits", "empty batch") else 2
            emit(out, "conv_general_dilated", f"{dt} {label}", f, [samples.regular(rng, dt, x, -2, 2), samples.regular(rng, dt, k, -2, 2)], order)
    for dt, preferred in (("bf16", "f32"), ("f16", "f32"), ("f32", "f64"), ("i8", "i32")):
        rng = np.random.default_rng(golden.seed_of(f"conv preferred {dt}"))
        f = lambda a, b: lax.conv_general_dilated(a, b, (1,), "VALID", preferred_element_type=golden.np_dtype(preferred))
        emit(out, "conv_general_dilated", f"{dt} to {preferred}", f, [samples.regular(rng, dt, (2, 3, 7), -2, 2), samples.regular(rng, dt, (4, 3, 2), -2, 2)])


G = "lax.conv_general_dilated"
CASES = [
    ("conv_same", ["f32[2,3,5,4]", "f32[4,3,2,3]"], "lambda x, k: lax.conv(x, k, (1, 1), 'SAME')"),
    ("conv_valid", ["f32[2,3,7]", "f32[4,3,2]"], "lambda x, k: lax.conv(x, k, (2,), 'VALID')"),
    ("conv_same_lower", ["f32[2,3,8]", "f32[4,3,4]"], f"lambda x, k: {G}(x, k, (3,), 'SAME_LOWER', rhs_dilation=(2,))"),
    ("conv_general", ["f32[2,3,5,4]", "f32[4,3,2,3]"], "lambda x, k: lax.conv_with_general_padding(x, k, (1, 2), [(1, 0), (-1, 2)], (2, 1), (1, 2))"),
    ("conv_nhwc", ["f32[2,5,4,3]", "f32[2,3,3,4]"], f"lambda x, k: {G}(x, k, (1, 2), 'SAME', dimension_numbers=('NHWC', 'HWIO', 'NHWC'))"),
    ("conv_odd", ["f32[3,4,2,5]", "f32[3,4,3,2]"], f"lambda x, k: {G}(x, k, (2, 1), 'SAME', dimension_numbers=('CHNW', 'WOIH', 'HWCN'))"),
    ("conv_feature_groups", ["f32[2,4,6]", "f32[6,2,3]"], f"lambda x, k: {G}(x, k, (1,), 'SAME', feature_group_count=2)"),
    ("conv_batch_groups", ["f32[4,2,6]", "f32[6,2,3]"], f"lambda x, k: {G}(x, k, (1,), 'SAME', batch_group_count=2)"),
    ("conv_transpose_same", ["f32[1,4,3,2]", "f32[3,2,2,3]"], "lambda x, k: lax.conv_transpose(x, k, (2, 3), 'SAME')"),
    ("conv_transpose_valid", ["f32[1,4,3,2]", "f32[3,2,2,3]"], "lambda x, k: lax.conv_transpose(x, k, (2, 1), 'VALID', rhs_dilation=(2, 1))"),
    ("conv_transpose_pairs", ["f32[1,4,2]", "f32[3,2,3]"], "lambda x, k: lax.conv_transpose(x, k, (2,), [(1, 2)])"),
    ("conv_transpose_consistent", ["f32[1,4,2]", "f32[3,2,3]"], "lambda x, k: lax.conv_transpose(x, k, (2,), ((1, 0),), use_consistent_padding=True)"),
    ("conv_transpose_kernel", ["f32[1,4,3,2]", "f32[3,2,3,2]"], "lambda x, k: lax.conv_transpose(x, k, (2, 2), 'SAME', transpose_kernel=True)"),
    ("conv_patches", ["f32[2,2,4,3]"], "lambda x: lax.conv_general_dilated_patches(x, (2, 3), (1, 2), 'SAME')"),
    ("conv_patches_nhwc", ["f32[2,4,3,2]"], "lambda x: lax.conv_general_dilated_patches(x, (2, 3), (1, 1), 'VALID', dimension_numbers=('NHWC', 'HWIO', 'NHWC'))"),
    ("conv_preferred", ["bf16[2,3,7]", "bf16[4,3,2]"], f"lambda x, k: {G}(x, k, (1,), 'VALID', preferred_element_type=jnp.float32)"),
    ("convolve", ["f32[5]", "f32[3]"], "jnp.convolve"), ("convolve_swapped", ["f32[2]", "f32[4]"], "jnp.convolve"),
    ("convolve_same", ["f32[5]", "f32[4]"], "lambda x, y: jnp.convolve(x, y, 'same')"), ("convolve_valid", ["i32[5]", "f32[3]"], "lambda x, y: jnp.convolve(x, y, 'valid')"),
    ("correlate", ["f32[5]", "f32[3]"], "jnp.correlate"), ("correlate_full", ["f32[3]", "f32[5]"], "lambda x, y: jnp.correlate(x, y, 'full')"),
    ("correlate_same", ["c64[3]", "c64[5]"], "lambda x, y: jnp.correlate(x, y, 'same')"),
]


def functions(out):
    for name, types, source in CASES:
        f = eval(source)
        for axes in [None] if len(types) == 1 else [None, (0, 0), (0, None), (None, 0)]:
            label = name if axes is None else f"{name}/vmap {axes}"
            rng = np.random.default_rng(golden.seed_of(label))
            args = []
            for i, t in enumerate(types):
                dt, shape = t[:-1].split("[")
                shape = tuple(map(int, shape.split(",")))
                args.append(jnp.asarray(samples.regular(rng, dt, shape if axes is None or axes[i] is None else (3, *shape), -2, 2)))
            out.case(label).line("source", source)
            if axes is not None:
                out.line("axes", *["none" if a is None else a for a in axes])
            for a in args:
                out.array("in", a)
            out.array("out", (f if axes is None else jax.vmap(f, axes))(*args))


def jaxprs(out):
    for name, types, source in CASES:
        make_jaxprs.forward(out, name, types, source)
        make_jaxprs.pushed(out, name, types, source)
        make_jaxprs.batched(out, name, types, source)


if __name__ == "__main__":
    files = [("jnp/conv.tsv", functions), ("jaxpr/conv.tsv", jaxprs)] if FUNCTIONS else [("values/conv.tsv", primitive)]
    for path, write in files:
        out = golden.GoldenFile(path, not FUNCTIONS, "see FORMAT.md")
        write(out)
        out.close()
