package dev.jacobi.golden;

import dev.jacobi.Array;
import dev.jacobi.golden.NumpyFunctions.Table;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Lax;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.TopK;
import java.util.List;

/** Our form of the calls of {@code jax.lax} by names that no other family has. */
final class NumpyLaxNames {
  private NumpyLaxNames() {}

  static void add(Table t) {
    for (String type : List.of("i32", "u8", "bool")) {
      t.two("lax_bitwise_and_" + type, Lax::bitwiseAnd);
      t.two("lax_bitwise_or_" + type, Lax::bitwiseOr);
      t.two("lax_bitwise_xor_" + type, Lax::bitwiseXor);
    }
    t.none("lax_full", () -> List.of(Lax.full(Shape.of(2, 3), 1.5, DType.F16)));
    t.none("lax_full_int", () -> List.of(Lax.full(Shape.of(3), 7L, DType.I32)));
    t.three("lax_betainc", (a, b, x) -> betainc(a, b, x.times(0.9).plus(0.05)));
    t.three("lax_betainc_f64", Lax::betainc);
    t.three("lax_ragged_dot", (x, y, n) -> Lax.raggedDot(x, y, n));
    t.three("lax_ragged_dot_short", (x, y, n) -> Lax.raggedDot(x, y, n));
    t.one("top_k", x -> Jnp.topK(x, 2).values());
    t.of("top_k_both", x -> both(Jnp.topK(x.getFirst(), 2, 1)));
    t.of("top_k_int", x -> both(Jnp.topK(x.getFirst(), 3)));
    t.of("top_k_nan", x -> both(Jnp.topK(x.getFirst(), 3)));
  }

  private static Array betainc(Array a, Array b, Array x) {
    return Lax.betainc(Jnp.broadcastTo(a, 4), Jnp.broadcastTo(b, 4), x);
  }

  private static List<Array> both(TopK top) {
    return List.of(top.values(), top.indices());
  }
}
