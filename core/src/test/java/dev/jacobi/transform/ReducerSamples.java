package dev.jacobi.transform;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Window;
import java.util.Collections;
import java.util.List;

/** General reductions of pairs: the greater first element, and its companion. */
public final class ReducerSamples {
  private ReducerSamples() {}

  /** Over i32 pairs of shape (4, 3). */
  public static List<Primitive> all() {
    Jaxpr greater = greater(DType.I32);
    return List.of(
        new GeneralReduce(greater, Axes.of(0)),
        new GeneralReduce(greater, Axes.of(1, 0)),
        new GeneralReduceWindow(greater, Window.of(2, 2)),
        new GeneralReduceWindow(
            greater, Window.of(2, 1).withStrides(2, 1).withPadding(new long[][] {{1, 1}, {0, 1}})));
  }

  static Jaxpr greater(DType t) {
    Aval scalar = Aval.of(t, Shape.scalar());
    return Jaxprs.traceClosed(
        Collections.nCopies(4, scalar),
        a -> {
          Array first = Compare.ge(a.get(0), a.get(2));
          return List.of(
              Compare.select(first, a.get(0), a.get(2)),
              Compare.select(first, a.get(1), Arithmetic.add(a.get(3), a.get(3))));
        });
  }
}
