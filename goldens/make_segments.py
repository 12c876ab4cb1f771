"""Goldens of jax.ops: jnp/segments.tsv (values and derivatives) and jaxpr/segments.tsv (x64 off)."""
import make_jnp  # sets the platform
import jax

import golden
import make_jaxprs

V, M, I = "f32[9]", "f32[9,2]", "i32[9]<4"
SEGMENT = "lambda x, i: jax.ops.segment_"
BOTH = [  # values and text; ! has no derivative: in JAX, products where two elements may meet
    ("segment_sum", [V, I], SEGMENT + "sum(x, i, num_segments=5)"), ("segment_sum_rows", [M, I], SEGMENT + "sum(x, i, num_segments=5)"),
    ("segment_prod!", [V, I], SEGMENT + "prod(lax.stop_gradient(x), i, num_segments=5)"), ("segment_max", [V, I], SEGMENT + "max(x, i, num_segments=5)"),
    ("segment_min_rows", [M, I], SEGMENT + "min(x, i, num_segments=5)"), ("segment_sum_sorted", [V, I], SEGMENT + "sum(x, i // 2, num_segments=4, indices_are_sorted=True)"),
    ("segment_sum_clip", [V, I], SEGMENT + "sum(x, i - 1, num_segments=2, mode='clip')"), ("segment_sum_bounds", [V, I], SEGMENT + "sum(x, i, num_segments=4, mode='promise_in_bounds')"),
    ("segment_sum_buckets", [M, I], SEGMENT + "sum(x, i, num_segments=4, bucket_size=2)"), ("segment_prod_buckets!", [V, I], SEGMENT + "prod(lax.stop_gradient(x), i, num_segments=4, bucket_size=4)"),
    ("segment_max_buckets", [V, I], SEGMENT + "max(x, i, num_segments=4, bucket_size=5)"), ("segment_min_u8_ids", [V, "u8[9]<4"], SEGMENT + "min(x, i, num_segments=4)"),
    ("segment_prod_unique", [V], "lambda x: jax.ops.segment_prod(x, jnp.array([8, 1, 2, 0, 5, 4, 3, 7, 6]), num_segments=9, unique_indices=True)")]
VALUES = [
    ("segment_sum_dropped", [V, I], SEGMENT + "sum(x, i - 1, num_segments=2)"), ("segment_sum_counted", [V, I], SEGMENT + "sum(x, i)"),
    ("segment_sum_none", [], "jax.ops.segment_sum(jnp.ones(3), jnp.arange(3), num_segments=0)"), ("segment_sum_empty", ["f32[0,3]", "i32[0]<4"], SEGMENT + "sum(x, i, num_segments=2)"),
    ("segment_count", [I], "lambda i: jax.ops.segment_sum(1, i, num_segments=4)"), ("segment_sum_spread", ["f32[1,2]", I], SEGMENT + "sum(x, i, num_segments=4)"),
    ("segment_sum_grid", ["f32[2,3]", "i32[3,2]<2"], SEGMENT + "sum(x, i, num_segments=3)"), ("segment_sum_c64", ["c64[9]", I], SEGMENT + "sum(x, i, num_segments=5)"),
    *((f"segment_{kind}_{dt}", [f"{dt}[9]", I], SEGMENT + f"{kind}(x, i, num_segments=5)") for dt in ("i8", "u16", "i32", "bf16", "f16") for kind in ("sum", "prod", "max", "min")),
    ("segment_max_bool", ["bool[9]", I], SEGMENT + "max(x, i, num_segments=5)"), ("segment_min_bool", ["bool[9]", I], SEGMENT + "min(x, i, num_segments=5)"),
    ("segment_sum_i8_buckets", ["i8[9]", I], SEGMENT + "sum(x, i, num_segments=5, bucket_size=3)"), ("segment_sum_bf16_buckets", ["bf16[9]", I], SEGMENT + "sum(x, i, num_segments=5, bucket_size=3)"),
    ("segment_max_nan", [], "jax.ops.segment_max(jnp.array([1.0, jnp.nan, 2.0, -jnp.inf]), jnp.array([0, 0, 1, 2]), num_segments=4)"),
    ("segment_sum_vmap", ["f32[3,9]", "i32[3,9]<4"], SEGMENT.replace("lambda x, i: ", "jax.vmap(lambda x, i: ") + "sum(x, i, num_segments=5))"),
    ("segment_max_vmap_data", ["f32[9,3]", I], "jax.vmap(lambda x, i: jax.ops.segment_max(x, i, num_segments=5), in_axes=(1, None))"),
    ("segment_min_vmap_ids", [V, "i32[3,9]<4"], "jax.vmap(lambda x, i: jax.ops.segment_min(x, i, num_segments=5), in_axes=(None, 0))"),
    ("segment_sum_vmap_buckets", ["f32[3,9]", "i32[3,9]<4"], "jax.vmap(lambda x, i: jax.ops.segment_sum(x, i, num_segments=5, bucket_size=4))"),
    ("segment_softmax", [V, I], "lambda x, i: (lambda e: e / jax.ops.segment_sum(e, i, 4)[i])(jnp.exp(x - jax.ops.segment_max(x, i, 4)[i]))")]


def main():
    out = golden.GoldenFile("jnp/segments.tsv", False, "see FORMAT.md")
    for name, types, source in BOTH + VALUES:
        make_jnp.write(out, name.rstrip("!"), types, source)
    out.close()
    out = golden.GoldenFile("jaxpr/segments.tsv", False, "see FORMAT.md and NOTES.md for the normaliser")
    for name, types, source in BOTH:
        types = [t.split("<")[0] for t in types]
        make_jaxprs.forward(out, name.rstrip("!"), types, source)
        if not name.endswith("!"):
            make_jaxprs.pushed(out, name, types, source)
        make_jaxprs.batched(out, name.rstrip("!"), types, source)
    out.close()


if __name__ == "__main__":
    jax.config.update("jax_enable_x64", False)
    main()
