package dev.jacobi.cpu.fuse;

import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How an index into a view's result becomes an index into its operand. */
public final class Views {
  private Views() {}

  /** The operand of a view. */
  public static Value operand(Op view) {
    return view.operands().getFirst();
  }

  /** The operand's indices for the result's; reshapes may ask for a split or have no affine map. */
  public static IndexMap.Result through(Op view, List<Affine> result, long[] extents) {
    int vars = extents.length;
    return switch (view) {
      case ShapeOp.BroadcastInDim o -> IndexMap.Result.of(broadcast(o, result, vars));
      case ShapeOp.Transpose o -> {
        List<Affine> operand = new ArrayList<>(result);
        for (int i = 0; i < result.size(); i++) {
          operand.set(o.permutation().get(i), result.get(i));
        }
        yield IndexMap.Result.of(operand);
      }
      case ShapeOp.Slice o -> {
        List<Affine> operand = new ArrayList<>();
        for (int d = 0; d < result.size(); d++) {
          operand.add(result.get(d).times(o.strides().get(d)).plus(o.start().get(d)));
        }
        yield IndexMap.Result.of(operand);
      }
      case ShapeOp.Reverse o -> {
        List<Affine> operand = new ArrayList<>(result);
        o.dims().stream()
            .forEach(
                d -> operand.set(d, result.get(d).times(-1).plus(o.operand().type().dim(d) - 1)));
        yield IndexMap.Result.of(operand);
      }
      case ShapeOp.Reshape o -> {
        Affine linear = IndexMap.linear(result, o.shape(), vars);
        yield IndexMap.delinearize(linear, o.operand().shape(), extents);
      }
      default -> throw new IllegalArgumentException(view.mnemonic() + " is no view");
    };
  }

  private static List<Affine> broadcast(ShapeOp.BroadcastInDim o, List<Affine> result, int vars) {
    Shape from = o.operand().shape();
    List<Affine> operand = new ArrayList<>();
    for (int d = 0; d < from.rank(); d++) {
      operand.add(from.dim(d) == 1 ? Affine.constant(vars, 0) : result.get(o.dims().get(d)));
    }
    return operand;
  }

  /**
   * A position in a value while walking from a consumer towards its sources: indices if they are
   * affine, and else only the row-major offset, which reshapes keep.
   */
  public record Position(Optional<List<Affine>> indices, Affine linear) {
    /** The position at which an operation of {@code shape} reads an operand of its own shape. */
    public static Position identity(Shape shape) {
      List<Affine> indices = IndexMap.identity(shape);
      return new Position(Optional.of(indices), IndexMap.linear(indices, shape, shape.rank()));
    }

    /** The position in the view's operand; empty if it is not affine. */
    public Optional<Position> through(Op view, long[] extents) {
      if (view instanceof ShapeOp.Reshape o) {
        return Optional.of(
            new Position(
                IndexMap.delinearize(linear, o.operand().shape(), extents).indices(), linear));
      }
      return indices
          .flatMap(i -> Views.through(view, i, extents).indices())
          .map(i -> at(i, operand(view).shape(), extents.length));
    }

    static Position at(List<Affine> indices, Shape shape, int vars) {
      return new Position(Optional.of(indices), IndexMap.linear(indices, shape, vars));
    }
  }
}
