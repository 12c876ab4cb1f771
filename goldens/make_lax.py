"""Goldens of jax.lax's functions that are not primitives' samples elsewhere: jnp/lax.tsv and jaxpr/lax.tsv (x64 off)."""
import make_jnp  # sets the platform
import jax
from jax import lax

import golden
import make_jaxprs

V, M, C = "f32[3]", "f32[2,3]", "f32[2,3,4]"
I, K = "i32[]<3", "u32[4]<99"
G1 = "lax.GatherDimensionNumbers((1,), (0,), (0,))"
S1 = "lax.ScatterDimensionNumbers((1,), (0,), (0,))"
CASES = [  # ! is not differentiable, ~ has no rule for batches, ^ no text of its own
    # parts of arrays
    ("slice_in_dim", [M], "lambda x: lax.slice_in_dim(x, 0, -1, 1, axis=1)"), ("slice_in_dim_step", ["f32[7]"], "lambda x: lax.slice_in_dim(x, 1, None, 3)"),
    ("index_in_dim", [M], "lambda x: lax.index_in_dim(x, -1, 1)"), ("index_in_dim_flat", [M], "lambda x: lax.index_in_dim(x, 1, 0, keepdims=False)"),
    ("lax_dynamic_slice", [M, "i32[]<3"], "lambda x, i: lax.dynamic_slice(x, (i, i), (1, 2))"), ("dynamic_slice_mixed", [M, "i32[]<3"], "lambda x, i: lax.dynamic_slice(x, (i, -1), (1, 1))"),
    ("lax_dynamic_slice_in_dim", ["f32[7]", I], "lambda x, i: lax.dynamic_slice_in_dim(x, i - 5, 3)"), ("dynamic_slice_u8", [M, "u8[]<3"], "lambda x, i: lax.dynamic_slice(x, (i, i), (1, 2))"),
    ("dynamic_index_in_dim", [M, I], "lambda x, i: lax.dynamic_index_in_dim(x, i, 1, keepdims=False)"), ("dynamic_index_in_dim_kept", [M, I], "lambda x, i: lax.dynamic_index_in_dim(x, i - 3, -1)"),
    ("dynamic_update_slice_in_dim", ["f32[7]", "f32[2]", I], "lambda x, y, i: lax.dynamic_update_slice_in_dim(x, y, i, 0)"),
    ("dynamic_update_index_in_dim", [M, "f32[2]", I], "lambda x, y, i: lax.dynamic_update_index_in_dim(x, y, i, 1)"),
    ("index_take^", [C, "i32[5]<9", "i32[5]<9"], "lambda x, i, j: lax.index_take(x, (i - 4, j), (0, 2))"),
    ("lax_gather", ["f32[4,3]", "i32[5,1]<4"], f"lambda x, i: lax.gather(x, i, {G1}, (1, 3))"), ("lax_gather_fill", ["f32[4,3]", "i32[5,1]<7"], f"lambda x, i: lax.gather(x, i, {G1}, (1, 3), mode='fill', fill_value=2.5)"),
    *[(f"lax_{f}", ["f32[4,3]", "i32[2,1]<6", "f32[2,3]"], f"lambda x, i, u: lax.{f}(x, i, u, {S1})") for f in ("scatter", "scatter_add", "scatter_sub", "scatter_min", "scatter_max")],
    ("lax_scatter_mul", ["f32[4,3]", "f32[2,3]"], f"lambda x, u: lax.scatter_mul(x, jnp.array([[2], [0]]), u, {S1}, unique_indices=True)^"),
    ("scatter_apply!", ["f32[4,3]", "i32[5,1]<6"], f"lambda x, i: lax.scatter_apply(x, i, lambda v: v * 2 + 1, {S1}, update_shape=(5, 3))"),
    # shapes and choices
    ("lax_broadcast", [V], "lambda x: lax.broadcast(x, (2,))"), ("broadcast_like", [V, M], "lambda x, y: lax.broadcast_like(x, y)"), ("broadcast_to_rank", [V], "lambda x: lax.broadcast_to_rank(x, 3)"),
    ("collapse", [C], "lambda x: lax.collapse(x, 1)"), ("collapse_empty", [C], "lambda x: lax.collapse(x, 1, 1)"), ("lax_reshape", [M], "lambda x: lax.reshape(x, (3, 2), (1, 0))"),
    ("lax_squeeze", ["f32[1,3,1]"], "lambda x: lax.squeeze(x, (-1,))"), ("lax_expand_dims", [M], "lambda x: lax.expand_dims(x, (0, -1))"), ("lax_full_like", [V], "lambda x: lax.full_like(x, 2)"),
    ("lax_pad", [M, "f32[]"], "lambda x, y: lax.pad(x, y, ((1, 0, 2), (-1, 2, 0)))"), ("lax_broadcasted_iota!", [V], "lambda x: x + lax.broadcasted_iota(x.dtype, (3,), 0)"),
    ("select_n", ["i32[3]<3", V, V, V], "lambda w, x, y, z: lax.select_n(w, x, y, z)"), ("select_n_bool", ["bool[3]", V, V], "lambda w, x, y: lax.select_n(w, x, y)"),
    ("select_n_scalar", ["i32[]<4", V, V], "lambda w, x, y: lax.select_n(w, x, y, x, y)^"), ("bitwise_not!", ["i32[3]"], "lax.bitwise_not"),
    ("mul_out_dtype", ["bf16[3]", "bf16[3]"], "lambda x, y: lax.mul(x, y, out_dtype=np.dtype('float32'))"), ("lax_reciprocal", [V], "lax.reciprocal"), ("lax_clamp", [V], "lambda x: lax.clamp(-0.5, x, 0.5)"),
    # reductions and order
    *[(f"lax_{f}", [C], f"lambda x: lax.{f}(x, (0, 2))") for f in ("reduce_sum", "reduce_prod", "reduce_max", "reduce_min")],
    *[(f"lax_{f}!", ["i32[2,3]"], f"lambda x: lax.{f}(x, (1,))") for f in ("reduce_and", "reduce_or", "reduce_xor")],
    ("lax_reduce", [M], "lambda x: lax.reduce(x, np.float32(1), lax.mul, (0,))"),
    ("lax_sort_key_val", [M, M], "lambda x, y: lax.sort_key_val(x, y, 0)"), ("lax_argmax!", [M], "lambda x: lax.argmax(x, 1, np.int8)"),
    ("approx_max_k", ["f32[3,9]"], "lambda x: lax.approx_max_k(x, 2)"), ("approx_min_k", ["f32[3,9]"], "lambda x: lax.approx_min_k(x, 4, 0 + 1)"), ("approx_max_k_axis", ["f32[5,3]"], "lambda x: lax.approx_max_k(x, 3, 0, 0.5)[0]"),
    ("approx_min_k_ties", ["i32[2,40]<9"], "lambda x: lax.approx_min_k(x.astype(jnp.float32), 20)[0]"), ("approx_max_k_ties", ["i32[3,700]<30"], "lambda x: lax.approx_max_k(x.astype(jnp.bfloat16), 9)[0]"),
    ("approx_candidates", ["f32[2,400]"], "lambda x: lax.approx_max_k(x, 2, recall_target=0.9, aggregate_to_topk=False)"),
    # what is said to the compiler
    ("optimization_barrier", [M], "lambda x: lax.optimization_barrier(x)"), ("optimization_barrier_two", [V, M], "lambda x, y: lax.optimization_barrier((x * 2, {'a': y}))"), ("stage", [V], "lambda x: lax.stage(x)"),
    *[(f"{f}_highest", [V + ">" if f in ("log", "sqrt", "rsqrt", "cbrt", "log1p") else V], f"lambda x: lax.{f}(x, accuracy=lax.AccuracyMode.HIGHEST)")
      for f in ("cbrt", "cos", "exp", "exp2", "expm1", "log", "log1p", "logistic", "rsqrt", "sin", "sqrt", "tan", "tanh")],
    ("exp_tolerance", [V], "lambda x: lax.exp(x, accuracy=lax.Tolerance(1e-3, 1e-3))"), ("composite!~", [M], "lambda x: lax.composite(lambda x: lax.exp(x).sum(0), 'my.sum')(x)"),
    ("composite_attributes!~", [V, V], "lambda x, y: lax.composite(lambda x, y, scale: (x * y, x - y), 'my.pair', 2)(x, y, scale=2)"),
    # random bits
    ("rng_bit_generator!", [K], "lambda k: lax.rng_bit_generator(k, (5,))"), ("rng_bit_generator_philox!", [K], "lambda k: lax.rng_bit_generator(k, (2, 3), np.uint8, lax.RandomAlgorithm.RNG_PHILOX)"),
    ("rng_bit_generator_threefry!", [K], "lambda k: lax.rng_bit_generator(k, (2, 3), np.uint16, lax.RandomAlgorithm.RNG_THREE_FRY)"),
    # convolutions
    ("conv_local", ["f32[2,2,5]", "f32[3,4,4]"], "lambda x, k: lax.conv_general_dilated_local(x, k, (1,), 'VALID', (2,))"),
    ("conv_local_nhwc", ["f32[1,4,5,2]", "f32[2,5,8,3]"], "lambda x, k: lax.conv_general_dilated_local(x, k, (2, 1), 'SAME', (2, 2), dimension_numbers=('NHWC', 'HWIO', 'NHWC'))"),
    ("conv_local_odd", ["f32[2,3,4,1]", "f32[4,2,8,2]"], "lambda x, k: lax.conv_general_dilated_local(x, k, (1, 1), [(0, 1), (0, 0)], (2, 2), rhs_dilation=(1, 1), dimension_numbers=('CHWN', 'WHIO', 'HNCW'))"),
]


def plain(text):
    return text.split("<")[0].split(">")[0]


def main():
    values = golden.GoldenFile("jnp/lax.tsv", False, "see FORMAT.md")
    texts = golden.GoldenFile("jaxpr/lax.tsv", False, "see FORMAT.md and NOTES.md for the normaliser")
    for name, types, source in CASES:
        has_text = not (name + source).endswith("^") and "^" not in name
        source, marks = source.rstrip("^"), name[len(name.rstrip("!~^")):]
        name = name.rstrip("!~^")
        make_jnp.write(values, name, types, source) if "!" not in marks else unpushed(values, name, types, source)
        if not has_text:
            continue
        types = [plain(t) for t in types]
        make_jaxprs.forward(texts, name, types, source)
        if "!" not in marks:
            make_jaxprs.pushed(texts, name, types, source)
        if "~" not in marks and len(types) < 4:
            make_jaxprs.batched(texts, name, types, source)
    mapped(values)
    values.close()
    texts.close()


def unpushed(out, name, types, source):
    """Values only."""
    derivatives = make_jnp.derivatives
    make_jnp.derivatives = lambda *args: None
    make_jnp.write(out, name, types, source)
    make_jnp.derivatives = derivatives


def mapped(out):
    """Of a batch of states JAX uses the first alone."""
    for algorithm in ("RNG_DEFAULT", "RNG_THREE_FRY"):
        unpushed(out, f"rng_bit_generator_vmap_{algorithm}", ["u32[3,4]<99"], f"jax.vmap(lambda k: lax.rng_bit_generator(k, (2,), np.uint32, lax.RandomAlgorithm.{algorithm}))")


if __name__ == "__main__":
    main()
