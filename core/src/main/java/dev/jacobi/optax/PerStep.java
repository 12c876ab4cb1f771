package dev.jacobi.optax;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A function of the step's number, in double precision for those leaves that have it. */
final class PerStep {
  private final UnaryOperator<Array> f;
  private final Array count;
  private @Nullable Array narrow;
  private @Nullable Array wide;

  PerStep(UnaryOperator<Array> f, Array count) {
    this.f = f;
    this.count = count;
  }

  /** The value, rounded to the type of a leaf. */
  Array like(Array leaf) {
    return at(leaf).astype(leaf.dtype());
  }

  /** The value, in single precision unless the leaf has double. */
  Array at(Array leaf) {
    if (leaf.dtype().real() == DType.F64) {
      wide = wide == null ? f.apply(count.astype(DType.I64)) : wide;
      return wide;
    }
    narrow = narrow == null ? f.apply(count) : narrow;
    return narrow;
  }
}
