package dev.jacobi.jaxpr;

import dev.jacobi.Array;
import java.util.List;

/** A primitive that Java performs itself where its operands have values. */
public interface HostPrimitive extends Primitive {
  /** The results for operands that all have values. */
  List<Array> evaluate(List<Array> operands);
}
