package dev.jacobi.nn;

import static dev.jacobi.numpy.Jnp.arange;
import static dev.jacobi.numpy.Jnp.logicalAnd;
import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Scalars;
import dev.jacobi.numpy.Jnp;
import org.jspecify.annotations.Nullable;

/** Attention with its options; logits and softmax of half precision are in single. */
final class Attention {
  private Attention() {}

  static Array of(Array query, Array key, Array value, AttentionOptions o) {
    if (query.rank() == 3 && key.rank() == 3 && value.rank() == 3) {
      return of(batch(query), batch(key), batch(value), o).reshape(sizes(query));
    }
    check(query, key, value);
    long groups = query.dim(2) / key.dim(2);
    Array k = groups == 1 ? key : Jnp.repeat(key, (int) groups, 2);
    Array v = groups == 1 ? value : Jnp.repeat(value, (int) groups, 2);
    DType t = query.dtype().bytes() == 2 ? DType.F32 : query.dtype();
    Array logits = Jnp.einsum("btnh,bsnh->bnts", query.astype(t), k.astype(t));
    double scale = o.scale() == null ? 1 / Math.sqrt(query.dim(-1)) : o.scale();
    Array scaled = logits.times(scale);
    Array biased = o.bias() == null ? scaled : scaled.plus(o.bias()).astype(t);
    Array counts = mask(biased.dim(2), biased.dim(3), o);
    Array seen = biased;
    if (counts != null) {
      double low = -0.7 * Jnp.finfo(t).max();
      seen = where(counts, biased, Scalars.of(t, low)); // finite, so that a row may be empty
    }
    Array weights = Nn.softmax(seen, -1).astype(key.dtype());
    Array result = Jnp.einsum("bnts,bsnh->btnh", weights, v);
    if (o.queryLengths() == null) {
      return result;
    }
    Array inside = arange(query.dim(1)).lt(o.queryLengths().reshape(-1, 1));
    return result.times(inside.reshape(query.dim(0), query.dim(1), 1, 1).astype(result.dtype()));
  }

  private static Array batch(Array x) {
    return x.reshape(1, x.dim(0), x.dim(1), x.dim(2));
  }

  private static long[] sizes(Array x) {
    return new long[] {x.dim(0), x.dim(1), x.dim(2)};
  }

  private static void check(Array query, Array key, Array value) {
    boolean fits =
        query.rank() == 4
            && key.rank() == 4
            && key.shape().equals(value.shape())
            && query.dim(0) == key.dim(0)
            && query.dim(3) == key.dim(3)
            && key.dim(2) > 0
            && query.dim(2) % key.dim(2) == 0;
    if (!fits) {
      throw new LaxTypeException(
          "dotProductAttention",
          "needs shapes (batch, length, heads, width), of queries with as many heads as keys or a"
              + " multiple, but got "
              + query.shape()
              + ", "
              + key.shape()
              + " and "
              + value.shape());
    }
  }

  /** Which keys count, broadcasting to (batch, heads, t, s), or null for all. */
  private static @Nullable Array mask(long t, long s, AttentionOptions o) {
    Array row = arange(t).reshape(-1, 1);
    Array column = arange(s);
    Array all = o.mask();
    if (o.causal()) {
      all = and(all, row.ge(column));
    }
    if (o.window() != null) {
      all = and(all, row.le(column.plus(o.window().before())));
      all = and(all, row.ge(column.minus(o.window().after())));
    }
    if (o.queryLengths() != null) {
      all = and(all, row.lt(o.queryLengths().reshape(-1, 1, 1, 1)));
    }
    if (o.keyLengths() != null) {
      all = and(all, column.lt(o.keyLengths().reshape(-1, 1, 1, 1)));
    }
    return all;
  }

  private static Array and(@Nullable Array mask, Array other) {
    return mask == null ? other : logicalAnd(mask, other);
  }
}
