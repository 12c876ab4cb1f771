package dev.jacobi;

import dev.jacobi.hlo.DType;
import dev.jacobi.numpy.DTypeClass;
import dev.jacobi.numpy.Jnp;

/** Questions about element types: {@code jax.dtypes}. */
public final class Dtypes {
  private Dtypes() {}

  /** The type itself: all types are always there, and none is narrowed. */
  public static DType canonicalizeDtype(DType dtype) {
    return dtype;
  }

  /** Whether an element type belongs to a class. */
  public static boolean issubdtype(DType dtype, DTypeClass type) {
    return Jnp.issubdtype(dtype, type);
  }

  /** How many bits an element takes in memory. */
  public static int itemsizeBits(DType dtype) {
    return 8 * dtype.bytes();
  }

  /** The element type that these arrays get together; Java's numbers are weakly typed. */
  public static DType resultType(Array... arrays) {
    return Jnp.resultType(arrays);
  }
}
