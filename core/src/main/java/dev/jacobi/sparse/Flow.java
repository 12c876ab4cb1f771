package dev.jacobi.sparse;

import dev.jacobi.Array;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.trace.ConcreteArray;
import dev.jacobi.trace.ScalarArray;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a value of a program while it is looked at for dependencies.
 *
 * @param value the value, if it depends neither on the input nor on a traced array
 * @param on per element, in row-major order, the elements of the input that its derivative may see;
 *     null if none does
 */
record Flow(Aval aval, @Nullable Array value, int[] @Nullable [] on) {
  static Flow known(Array value) {
    boolean concrete = value instanceof ConcreteArray || value instanceof ScalarArray;
    return new Flow(value.aval(), concrete ? value : null, null);
  }

  /** A value that may differ, but has no derivative. */
  static Flow constant(Aval aval) {
    return new Flow(aval, null, null);
  }

  static Flow of(Aval aval, int[][] on) {
    boolean none = !aval.dtype().isInexact() || Arrays.stream(on).allMatch(s -> s.length == 0);
    return none ? constant(aval) : new Flow(aval, null, on);
  }

  /** The input itself: each element depends on itself. */
  static Flow input(Aval aval) {
    int[][] on = new int[size(aval)][];
    Arrays.setAll(on, i -> new int[] {i});
    return of(aval, on);
  }

  /** Every element of every result depends on all that the operands depend on. */
  static List<Flow> all(List<Flow> operands, List<Aval> outs) {
    IndexSets union = new IndexSets();
    for (Flow operand : operands) {
      if (operand.on != null) {
        for (int[] set : operand.on) {
          union.add(set);
        }
      }
    }
    int[] everything = union.take();
    return outs.stream()
        .map(
            aval -> {
              int[][] on = new int[size(aval)][];
              Arrays.fill(on, everything);
              return of(aval, on);
            })
        .toList();
  }

  int[] at(int element) {
    return on == null ? IndexSets.EMPTY : on[element];
  }

  boolean isActive() {
    return on != null;
  }

  static int size(Aval aval) {
    return Math.toIntExact(aval.shape().size());
  }
}
