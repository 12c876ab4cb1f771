package dev.jacobi.cpu.loop;

import dev.jacobi.cpu.fuse.Affine;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.Literal;
import java.util.List;

/**
 * One value of a nest, computed for every iteration. Operands are positions of earlier nodes in the
 * nest's list. A node is pure: it may be recomputed or left out.
 */
public sealed interface Node {
  DType dtype();

  /** Positions of the nodes that it reads. */
  default List<Integer> args() {
    return List.of();
  }

  /** An element of an array parameter at an affine element offset. */
  record Load(int param, DType dtype, Affine at) implements Node {}

  /** A scalar constant. */
  record Const(Literal literal) implements Node {
    @Override
    public DType dtype() {
      return literal.dtype();
    }
  }

  /** A scalar parameter. */
  record Scalar(int param, DType dtype) implements Node {}

  /** An index as a number. */
  record Index(DType dtype, Affine at) implements Node {}

  /** An elementwise function. */
  record Apply(Fn fn, DType dtype, List<Integer> args) implements Node {}

  /** A comparison; {@code operand} is the type that is compared. */
  record Compare(
      ElementwiseOp.Direction direction,
      ElementwiseOp.Order order,
      DType operand,
      List<Integer> args)
      implements Node {
    @Override
    public DType dtype() {
      return DType.BOOL;
    }
  }

  /** A conversion from another element type. */
  record Convert(DType from, DType dtype, List<Integer> args) implements Node {}

  /** The same bits as another element type of the same width. */
  record Bitcast(DType from, DType dtype, List<Integer> args) implements Node {}

  /** Rounding to a smaller floating format. */
  record Reduced(int exponentBits, int mantissaBits, DType dtype, List<Integer> args)
      implements Node {}

  /**
   * An element at an offset known only when the program runs: {@code at} plus, for every step, its
   * index clamped to 0..max times its stride.
   */
  record Fetch(int param, DType dtype, Affine at, List<Step> steps) implements Node {
    @Override
    public List<Integer> args() {
      return steps.stream().map(Step::index).toList();
    }
  }

  /** One computed index of a {@link Fetch}. */
  record Step(int index, DType type, long stride, long max) {}

  /** Result {@code result} of the nest's reduction {@code reduction}, complete for this row. */
  record Reduction(int reduction, int result, DType dtype) implements Node {}

  /** Parameter {@code index} of a combiner. */
  record Arg(int index, DType dtype) implements Node {}
}
