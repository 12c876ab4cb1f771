package dev.jacobi.cpu.rows;

import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.TensorType;
import java.util.List;

/**
 * A program for some rows, or for what has no rows, with where its arguments come from and its
 * results go to. Values of the whole program are numbered.
 */
record RowPart(HloModule module, List<In> ins, List<Out> outs) {
  /** Where an argument comes from. */
  sealed interface In {
    /** A value as it is. */
    record Whole(int slot) implements In {}

    /** Some rows of a value along dimension {@code dim}; {@code type} is that of the rows. */
    record Rows(int slot, int dim, TensorType type) implements In {}

    /** The number of the first row, an i64. */
    record First() implements In {}

    /** What a sum begins with: the value for the first rows, {@code fn}'s identity for others. */
    record Start(int slot, Fn fn) implements In {}
  }

  /** Where a result goes to. */
  sealed interface Out {
    record Whole(int slot) implements Out {}

    /** To its place along dimension {@code dim}; {@code type} is that of the rows. */
    record Rows(int slot, int dim, TensorType type) implements Out {}

    /** It is combined with those of the rows before. */
    record Sum(int slot, Fn fn, TensorType type) implements Out {}
  }

  /** Whether rows may be computed twice: nothing is added up over the rows. */
  boolean isRepeatable() {
    return outs.stream().allMatch(Out.Rows.class::isInstance)
        && ins.stream().noneMatch(In.Start.class::isInstance);
  }
}
