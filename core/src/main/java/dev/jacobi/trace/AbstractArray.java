package dev.jacobi.trace;

import dev.jacobi.jaxpr.Aval;

/** A shape and an element type without a value, as {@code evalShape} takes and gives. */
public final class AbstractArray extends ArrayForm {
  public AbstractArray(Aval aval) {
    super(aval);
  }
}
