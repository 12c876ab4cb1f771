"""Goldens of jax.lax's dot products (x64 off but for `types`): jnp/ and jaxpr/ of dots and ragged; with `types`: values/dot_types.tsv."""
import sys

import make_jnp  # sets the platform
import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

import golden
import make_jaxprs

M = ["f32[2,3]", "f32[3,4]"]
MM = "(((1,), (0,)), ((), ()))"
G = f"lambda x, y: lax.dot_general(x, y, {MM}"
DOTS = [
    ("lax_dot", M, "lax.dot"), ("lax_dot_vectors", ["f32[3]", "f32[3]"], "lax.dot"), ("lax_dot_matvec", ["f32[2,3]", "f32[3]"], "lax.dot"),
    ("lax_dot_dims", ["f32[2,3,4]", "f32[4,3,5]"], "lambda x, y: lax.dot(x, y, dimension_numbers=(((2, 1), (0, 1)), ((), ())))"),
    ("lax_batch_matmul", ["f32[2,3,4]", "f32[2,4,5]"], "lax.batch_matmul"), ("lax_batch_matmul_high", ["f32[2,3,4]", "f32[2,4,5]"], "lambda x, y: lax.batch_matmul(x, y, precision='high')"),
    ("dot_batches", ["f32[3,2,4]", "f32[5,4,3]"], "lambda x, y: lax.dot_general(x, y, (((0,), (2,)), ((2,), (1,))))"),
    ("dot_highest", M, G + ", precision=lax.Precision.HIGHEST)"), ("dot_pair", M, G + ", precision=('high', 'default'))"),
    *((f"dot_preset_{p.lower()}", M, G + f", precision='{p}')") for p in ("DEFAULT", "F32_F32_F32", "BF16_BF16_F32_X3", "BF16_BF16_F32_X6")),
    ("dot_preset_bf16", ["bf16[2,3]", "bf16[3,4]"], G + ", precision='BF16_BF16_F32')"), ("dot_preset_bf16_f32", ["bf16[2,3]", "bf16[3,4]"], G + ", precision='BF16_BF16_F32', preferred_element_type=jnp.float32)"),
    ("dot_preset_f16", ["f16[2,3]", "f16[3,4]"], G + ", precision='F16_F16_F16')"), ("dot_preset_converts", M, G + ", precision='F16_F16_F16')"),
    ("dot_bf16_f32", ["bf16[2,3]", "bf16[3,4]"], G + ", preferred_element_type=jnp.float32)"), ("dot_f16_f32", ["f16[2,3]", "f16[3,4]"], G + ", preferred_element_type=jnp.float32)"),
    ("dot_mixed", ["bf16[2,3]", "f32[3,4]"], G + ")"), ("dot_mixed_halves", ["f16[2,3]", "bf16[3,4]"], G + ")"), ("dot_i32_f32", ["i32[2,3]", "f32[3,4]"], G + ")"),
    ("dot_f32_c64", ["f32[2,3]", "c64[3,4]"], G + ")"), ("dot_f32_f16", M, G + ", preferred_element_type=jnp.float16)"),
    ("dot_no_contraction", ["f32[2]", "f32[3]"], "lambda x, y: lax.dot_general(x, y, (((), ()), ((), ())))"), ("dot_empty", ["f32[2,0]", "f32[0,3]"], G + ")")]
R, RD = "jax.lax.ragged_dot", "lax.RaggedDotDimensionNumbers"
MODES = {  # dimension numbers of the three modes, plain and with a batch
    "rows": f"{RD}((((1,), (1,)), ((), ())), [0], [0])", "rows_batched": f"{RD}((((2,), (2,)), ((0,), (1,))), [1], [0])",
    "contracting": f"{RD}((((0,), (0,)), ((), ())), [0], [])", "contracting_batched": f"{RD}((((1,), (1,)), ((0,), (0,))), [1], [])",
    "contracting_two": f"{RD}((((0, 1), (1, 0)), ((), ())), [1], [])", "batch": f"{RD}((((2,), (1,)), ((0,), (0,))), [0], [])",
    "rows_odd": f"{RD}((((0,), (2,)), ((), ())), [1], [1])", "rows_two": f"{RD}((((2,), (1,)), ((), ())), [1], [0])"}
RAGGED = [  # ! has no transpose in JAX
    ("ragged_dot", ["f32[5,3]", "f32[2,3,4]", "i32[2]<4"], R), ("ragged_dot_high", ["f32[5,3]", "f32[2,3,4]", "i32[2]<4"], f"lambda x, y, g: {R}(x, y, g, precision='high')"),
    ("ragged_dot_bf16", ["bf16[5,3]", "bf16[2,3,4]", "i32[2]<4"], f"lambda x, y, g: {R}(x, y, g, preferred_element_type=jnp.float32)"), ("ragged_dot_u8_sizes", ["f32[5,3]", "f32[3,3,4]", "u8[3]<3"], R),
    *((f"ragged_{name}{mark}", types, f"lambda x, y, g: lax.ragged_dot_general(x, y, g, {MODES[name]})") for name, mark, types in (
        ("rows", "", ["f32[5,3]", "f32[2,3,4]", "i32[2]<4"]), ("rows_batched", "", ["f32[2,5,3]", "f32[3,2,3,4]", "i32[2,3]<3"]), ("rows_odd", "", ["f32[3,5]", "f32[4,2,3]", "i32[2]<4"]),
        ("rows_two", "", ["f32[2,5,3]", "f32[3,3,4]", "i32[2,3]<3"]), ("contracting", "!", ["f32[5,3]", "f32[5,4]", "i32[2]<4"]), ("contracting_batched", "!", ["f32[2,5,3]", "f32[2,5,4]", "i32[2,3]<3"]),
        ("contracting_two", "!", ["f32[2,5,3]", "f32[5,2,4]", "i32[2,3]<3"]), ("batch", "!", ["f32[5,2,3]", "f32[5,3,4]", "i32[2]<4"])))]
SCALED = [
    ("scaled_dot!", ["bf16[2,8]", "bf16[8,3]", "bf16[2,2]", "bf16[4,3]"], "lambda a, b, s, t: lax.scaled_dot(a, b, lhs_scale=s, rhs_scale=t)"),
    ("scaled_dot_f32!", ["i8[5,2,8]", "i8[5,8,3]", "i8[5,2,4]<4", "i8[5,1,3]<4"], "lambda a, b, s, t: lax.scaled_dot(a, b, lhs_scale=s, rhs_scale=t, preferred_element_type=jnp.float32)"),
    ("scaled_dot_dims!", ["i8[8,2]", "f16[3,8]", "f32[2,2]", "f16[3,2]"], "lambda a, b, s, t: lax.scaled_dot(a, b, lhs_scale=s, rhs_scale=t, dimension_numbers=(((0,), (1,)), ((), ())))")]
PLAIN = [("scaled_dot_plain!", ["bf16[2,8]", "bf16[8,3]"], "lax.scaled_dot"), ("scaled_dot_half!", ["bf16[2,8]", "bf16[8,3]", "bf16[2,2]"], "lambda a, b, s: lax.scaled_dot(a, b, lhs_scale=s)")]
VMAPS = [("ragged_dot_vmap!", ["f32[2,5,3]", "f32[2,2,3,4]", "i32[2,2]<4"], f"jax.vmap({R})"), ("ragged_contracting_vmap!", ["f32[2,5,3]", "f32[2,5,4]", "i32[2,2]<4"], f"jax.vmap(lambda x, y, g: lax.ragged_dot_general(x, y, g, {MODES['contracting']}))")]


derivatives = make_jnp.derivatives


def functions(name, rows, values):
    out = golden.GoldenFile(f"jnp/{name}.tsv", False, "see FORMAT.md")
    for label, types, source in rows + values:
        make_jnp.derivatives = (lambda *_: None) if label.endswith("!") else derivatives
        make_jnp.write(out, label.rstrip("!"), types, source)
    out.close()
    out = golden.GoldenFile(f"jaxpr/{name}.tsv", False, "see FORMAT.md and NOTES.md for the normaliser")
    for label, types, source in rows:
        types = [t.split("<")[0] for t in types]
        label, has = label.rstrip("!"), not label.startswith("scaled")
        make_jaxprs.forward(out, label, types, source)
        if has and "c64" not in str(types):
            make_jaxprs.pushed(out, label, types, source)
        if has:
            make_jaxprs.batched(out, label, types, source)
    out.close()


def types():
    jax.config.update("jax_enable_x64", True)
    out = golden.GoldenFile("values/dot_types.tsv", True, "one line per lhs, rhs, preferred type or none, result or -; the product of [[1 0 1] [1 1 0]] (2 if not bool) and [[1 1] [0 1] [1 0]] (3 if not bool)")
    left, right = np.array([[1, 0, 1], [1, 1, 0]]), np.array([[1, 1], [0, 1], [1, 0]])
    names = golden.ALL
    for a in names:
        for b in names:
            x = jnp.asarray(left * (1 if a == "bool" else 2)).astype(golden.np_dtype(a))
            y = jnp.asarray(right * (1 if b == "bool" else 3)).astype(golden.np_dtype(b))
            for p in (None, *names):
                f = jax.jit(lambda x, y: lax.dot_general(x, y, (((1,), (0,)), ((), ())), preferred_element_type=p and golden.np_dtype(p)))
                try:
                    jax.eval_shape(f, x, y)
                except TypeError:
                    out.line("type", a, b, p or "none", "-")
                    continue
                out.line("type", a, b, p or "none", golden.type_text(f(x, y)), golden.elements(f(x, y)))
    out.close()


if __name__ == "__main__":
    if sys.argv[1:] == ["types"]:
        types()
    else:
        jax.config.update("jax_enable_x64", False)
        functions("dots", DOTS, [])
        functions("ragged", RAGGED + SCALED, PLAIN + VMAPS)
