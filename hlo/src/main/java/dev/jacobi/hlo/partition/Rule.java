package dev.jacobi.hlo.partition;

import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How an operation can be divided, like an index formula: each dimension of an operand or result is
 * a product of <i>factors</i>, the first of which makes the largest blocks, and a factor that
 * stands in several dimensions divides them together. {@code (b, k) x (k, n) -> (b, n)} is a matrix
 * product; {@code (a*b) -> (a, b)} a reshape. What has no factor stays whole.
 *
 * @param operands factors by operand and dimension
 * @param results factors by result and dimension
 * @param elementwise whether shardings should pass here first
 * @param whole why dimensions without factors stay whole; empty if there is no reason to tell
 */
record Rule(
    List<Factor> factors,
    List<List<List<Integer>>> operands,
    List<List<List<Integer>>> results,
    boolean elementwise,
    String whole,
    Local local) {
  /**
   * A number of steps that can be shared out among devices.
   *
   * @param combine if the results are then parts that must be combined, by what
   */
  record Factor(long size, Optional<Fn> combine) {}

  /** Writes what one device does. */
  @FunctionalInterface
  interface Local {
    /** Appends operations on the device's parts of the operands and gives its parts of results. */
    List<Value> write(Site site, List<Value> operands, Parts parts);
  }

  /** The dimensions of all operands and then of all results. */
  List<List<List<Integer>>> tensors() {
    return Stream.concat(operands.stream(), results.stream()).toList();
  }

  /** One rule per operation is written with this. */
  static final class Builder {
    private final List<Factor> factors = new ArrayList<>();
    private final List<List<List<Integer>>> operands = new ArrayList<>();
    private final List<List<List<Integer>>> results = new ArrayList<>();

    Builder(List<Value> operands, List<Value> results) {
      operands.forEach(v -> this.operands.add(none(v.shape())));
      results.forEach(v -> this.results.add(none(v.shape())));
    }

    private static List<List<Integer>> none(Shape shape) {
      List<List<Integer>> dims = new ArrayList<>();
      for (int d = 0; d < shape.rank(); d++) {
        dims.add(new ArrayList<>());
      }
      return dims;
    }

    /** A factor whose parts have nothing to do with each other. */
    int factor(long size) {
      return factor(size, Optional.empty());
    }

    /** A factor over which results are combined. */
    int factor(long size, Optional<Fn> combine) {
      factors.add(new Factor(size, combine));
      return factors.size() - 1;
    }

    /** Dimension {@code d} of operand {@code i} goes on with a factor. */
    Builder operand(int i, int d, int factor) {
      operands.get(i).get(d).add(factor);
      return this;
    }

    /** Dimension {@code d} of result {@code i} goes on with a factor. */
    Builder result(int i, int d, int factor) {
      results.get(i).get(d).add(factor);
      return this;
    }

    Rule build(Local local) {
      return build("", local);
    }

    Rule build(String whole, Local local) {
      return new Rule(factors, operands, results, false, whole, local);
    }

    Rule elementwise(Local local) {
      return new Rule(factors, operands, results, true, "", local);
    }

    /** The operation itself, which has no sizes of its own, on the parts. */
    Rule build(String whole, Op op) {
      return build(whole, (site, in, parts) -> site.all(with(op, in)));
    }
  }

  /** The operation with other operands, in their order. */
  static Op with(Op op, List<Value> operands) {
    var next = operands.iterator();
    return op.mapOperands(_ -> next.next());
  }
}
