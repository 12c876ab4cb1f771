package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.Shape;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.trace.Context;
import org.jspecify.annotations.Nullable;

/** Zeros, and sums in which null stands for zero. */
public final class Zeros {
  /** Adds tangents or cotangents of one type. */
  static final Binary ADD_ANY =
      Binary.linear("add_any", Fn.ADD, Domain.ALL, (x, y, z, t) -> t, (x, y, z, t) -> t)
          .transposed((ct, y) -> ct, (ct, x) -> ct);

  private Zeros() {}

  /** An array of zeros. */
  public static Array of(Aval aval) {
    return full(aval, 0);
  }

  /** Zeros of the type of {@code x}. */
  public static Array like(Array x) {
    return of(x.aval());
  }

  /** One value everywhere. */
  public static Array full(Aval aval, double value) {
    return Context.varied(full(Scalars.of(aval.dtype(), value), aval.shape()), aval.varying());
  }

  /** A scalar everywhere. */
  public static Array full(Array scalar, Shape shape) {
    return shape.isScalar() ? scalar : Shapes.broadcastInDim(scalar, shape, Axes.of());
  }

  /** Adds two tangents. */
  public static Array addAny(Array a, Array b) {
    return ADD_ANY.of(a, b);
  }

  /** Adds two tangents, either of which may vanish. */
  public static @Nullable Array sum(@Nullable Array a, @Nullable Array b) {
    return a == null ? b : b == null ? a : addAny(a, b);
  }
}
