package dev.jacobi.numpy;

import dev.jacobi.trace.UserCode;

/** A mask chose elements while it had no value, so that nobody can say how many. */
public final class MaskTracedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MaskTracedException() {
    super(
        "indexing with a mask at "
            + UserCode.line()
            + ": the number of elements depends on the"
            + " mask's values, which a traced function does not have. Use where(mask, x, y), or a"
            + " reduction with over().where(mask); at(mask(m)) takes scalars.");
  }
}
