package dev.jacobi.jaxpr;

import java.util.List;
import java.util.Optional;

/** A primitive whose operands and results may be in parts, one on each device of its grid. */
public interface GridPrimitive extends Primitive {
  /** How it would like its operands to lie. */
  List<Optional<GridLayout>> operandLayouts();
}
