package dev.jacobi.scipy.krylov;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.control.LoopOptions;
import dev.jacobi.control.Loops;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Scalars;
import dev.jacobi.transform.TreeFn;
import java.util.List;

/** Loops over lists of arrays. */
final class Iteration {
  private Iteration() {}

  @SuppressWarnings("unchecked") // the loop gives what it takes
  static List<Array> loop(
      Fn1<List<Array>, Array> goesOn, Fn1<List<Array>, List<Array>> step, List<Array> state) {
    return (List<Array>)
        Loops.whileLoop(
            new TreeFn(goesOn, x -> goesOn.apply((List<Array>) x[0])),
            new TreeFn(step, x -> step.apply((List<Array>) x[0])),
            state,
            LoopOptions.DEFAULT);
  }

  static Array zero() {
    return Scalars.of(DType.I32, 0);
  }
}
