package dev.jacobi.transform;

import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.UnknownSizeException;
import dev.jacobi.hlo.refine.SymbolicSizeException;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.trace.NullArgumentException;
import dev.jacobi.trace.UserCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which leaves of a function's arguments have the batch whose size the program does not know. It is
 * their leading dimension, and all have the same.
 *
 * @param in per argument: 0, or NONE if it has no batch; missing ones have it
 */
record SymbolicBatch(InAxes in) {
  SymbolicBatch {
    NullArgumentException.require(in, "symbolicBatch", "the arguments that have the batch");
  }

  /** Stands for a size where types do not fit. */
  static final long MISFIT = -2;

  /** The types for which the function is traced: those of the arguments with the size left open. */
  List<Aval> open(String function, TreeFn.Args args) {
    List<Aval> avals = new ArrayList<>();
    long size = -1;
    int first = -1;
    for (int i = 0; i < args.defs().size(); i++) {
      for (@Nullable Integer dim : in.of(i).dims(args.defs().get(i))) {
        Aval aval = args.leaves().get(avals.size()).aval();
        if (dim == null) {
          avals.add(aval);
          continue;
        }
        requireLeading(function, i, dim, aval);
        if (aval.shape().isStatic(0)) {
          long n = aval.dim(0);
          if (size >= 0 && n != size) {
            throw mismatch(function, args, first, avals.size());
          }
          size = n;
          first = first < 0 ? avals.size() : first;
        }
        avals.add(aval.withShape(aval.shape().with(0, Shape.DYNAMIC)));
      }
    }
    if (avals.stream().allMatch(a -> a.shape().isStatic())) {
      throw new SymbolicBatchException(
          function + " at " + UserCode.line() + " is for any batch, but no argument has one");
    }
    return avals;
  }

  private static void requireLeading(String function, int argument, int dim, Aval aval) {
    if (aval.rank() == 0 || dim != 0) {
      throw new SymbolicBatchException(
          function
              + " at "
              + UserCode.line()
              + " is for any batch, which must be the leading dimension; argument "
              + argument
              + (dim == 0 ? " has a scalar" : " has it at axis " + dim + " of " + aval)
              + ". symbolicBatch(in(NONE, 0)) says which arguments have it.");
    }
  }

  private static SymbolicBatchException mismatch(
      String function, TreeFn.Args args, int first, int second) {
    return new SymbolicBatchException(
        function
            + " at "
            + UserCode.line()
            + ": batches must be of one size, but leaf "
            + first
            + " of shape "
            + args.leaves().get(first).shape()
            + " has "
            + args.leaves().get(first).dim(0)
            + " rows and leaf "
            + second
            + " of shape "
            + args.leaves().get(second).shape()
            + " has "
            + args.leaves().get(second).dim(0)
            + ". symbolicBatch(in(NONE, 0)) says which arguments have the batch.");
  }

  /** Runs what traces or lowers, and says of what it needs that the size of the batch is open. */
  static <T> T named(String function, Supplier<T> staged) {
    try {
      return staged.get();
    } catch (UnknownSizeException e) {
      throw new SymbolicBatchException(
          function
              + " is traced for any size of the batch, but reads a size as a number at "
              + UserCode.line(e)
              + ": "
              + e.getMessage()
              + ". Sizes.dimensionSize(x, 0) is the size as a value; jit without symbolicBatch"
              + " knows the number.",
          e);
    } catch (SymbolicSizeException e) {
      throw new SymbolicBatchException(function + ": " + e.getMessage(), e);
    }
  }

  /** The size after one more type: as before if it has no batch, MISFIT if it does not fit. */
  static long joined(Aval open, Aval given, long size) {
    Shape s = open.shape();
    if (s.isScalar() || s.isStatic(0)) {
      return open.equals(given) ? size : MISFIT;
    }
    Shape g = given.shape();
    boolean fits =
        g.rank() == s.rank()
            && g.isStatic()
            && (size == -1 || g.dim(0) == size)
            && open.dtype() == given.dtype()
            && open.weak() == given.weak()
            && open.key() == given.key();
    for (int d = 1; fits && d < s.rank(); d++) {
      fits = s.dim(d) == g.dim(d);
    }
    return fits ? g.dim(0) : MISFIT;
  }

  /** Types with the size filled in. */
  static List<Aval> filled(List<Aval> avals, long size) {
    return avals.stream()
        .map(a -> a.shape().isStatic() ? a : a.withShape(filled(a.shape(), size)))
        .toList();
  }

  private static Shape filled(Shape shape, long size) {
    return shape.map(n -> n == Shape.DYNAMIC ? size : n);
  }

  static boolean isOpen(Aval[] avals) {
    return Arrays.stream(avals).anyMatch(a -> !a.shape().isStatic());
  }
}
