package dev.jacobi.tape;

import dev.jacobi.Array;
import dev.jacobi.jaxpr.Aval;
import java.util.List;

/** What a loop keeps on its way for the way back. */
public sealed interface Reversal permits Tape, Checkpoints {
  Steps steps();

  /** The same for what repeats steps: their effects happened going forward. */
  Reversal silent();

  /** Tells ways to keep it apart, for one loop. */
  long size();

  /** Types of what is kept. */
  List<Aval> kept();

  /** From the loop's operands to its results and what is kept. */
  List<Array> forward(List<Array> operands);

  /**
   * Cotangents of the operands that have tangents.
   *
   * @param cotangents of the results that have tangents
   */
  List<Array> reverse(List<Array> operands, List<Array> kept, List<Array> cotangents);
}
