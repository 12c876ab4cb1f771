package dev.jacobi.remat;

import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Primitive;
import java.util.List;

/**
 * Decides of every operation inside of a checkpointed function whether its results may be kept for
 * the way back. What is not kept, or not needed there, costs no memory. Calls, loops and branches
 * are not asked about, but the operations in them are.
 */
@FunctionalInterface
public interface CheckpointPolicy {
  /**
   * Whether the results may be kept.
   *
   * @param primitive the operation with its parameters
   * @param operands types of its operands
   */
  boolean saves(Primitive primitive, List<Aval> operands);
}
