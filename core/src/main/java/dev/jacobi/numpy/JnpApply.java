package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Jacobi;
import dev.jacobi.Op1;
import dev.jacobi.Op2;
import dev.jacobi.Op3;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Dims;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Shapes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Functions on functions. */
public abstract class JnpApply extends JnpCalculus {
  JnpApply() {}

  /**
   * A function of vectors applied to each vector along a dimension; see {@link Jacobi#vmap}. {@code
   * applyAlongAxis(row -> sum(row), 1, ones(2, 3))} is {@code [3. 3.]}.
   */
  public static Array applyAlongAxis(Op1 f, int axis, Array x) {
    int rank = x.rank();
    int d = axis("applyAlongAxis", rank, axis);
    Op1 g = f;
    for (int k = 1; k < rank - d; k++) {
      g = Jacobi.vmap(g, Jacobi.in(k), Jacobi.out(-1));
    }
    for (int k = 0; k < d; k++) {
      g = Jacobi.vmap(g);
    }
    return g.apply(x);
  }

  /**
   * A function of an array and a dimension applied to one dimension after the other; what it takes
   * away comes back with size 1. {@code applyOverAxes((x, axis) -> sum(x, axis), ones(2, 3), 0, 1)}
   * is {@code [[6.]]}.
   */
  public static Array applyOverAxes(BiFunction<Array, Integer, Array> f, Array x, int... axes) {
    Array y = x;
    for (int axis : axes) {
      int d = axis("applyOverAxes", y.rank(), axis);
      Array z = f.apply(y, d);
      if (z.rank() != y.rank() && z.rank() != y.rank() - 1) {
        throw new LaxTypeException(
            "applyOverAxes", "the function gives shape " + z.shape() + " from " + y.shape());
      }
      y = z.rank() == y.rank() ? z : Shapes.expandDims(z, Axes.of(d));
    }
    return y;
  }

  /**
   * A function of scalars applied to the positions of a shape, given as f32. {@code fromfunction(i
   * -> i.get(0).plus(i.get(1)), 2, 3)} is {@code [[0. 1. 2.] [1. 2. 3.]]}.
   */
  public static Array fromfunction(Fn1<List<Array>, Array> f, long... sizes) {
    return fromfunction(f, Dims.shape("fromfunction", sizes), DType.F32);
  }

  /** The same with positions of an element type. */
  public static Array fromfunction(Fn1<List<Array>, Array> f, Shape shape, DType dtype) {
    int rank = shape.rank();
    if (rank == 0) {
      return f.apply(List.of());
    }
    Fn1<List<Array>, List<Array>> all = x -> List.of(f.apply(x));
    for (int d = rank - 1; d >= 0; d--) {
      int own = d;
      Fn1<List<Array>, List<Array>> inner = all;
      all =
          x -> {
            Fn1<Array, List<Array>> along =
                one -> {
                  List<Array> point = new ArrayList<>(x);
                  point.set(own, one);
                  return inner.apply(point);
                };
            return Jacobi.vmap(along).apply(x.get(own));
          };
    }
    List<Array> numbers = new ArrayList<>();
    for (long n : shape.toArray()) {
      numbers.add(Shapes.iota(dtype, Shape.of(n), 0));
    }
    return all.apply(numbers).getFirst();
  }

  /**
   * A function of scalars as one of arrays. {@code vectorize(x -> x.times(2)).apply(arange(3))} is
   * {@code [0 2 4]}.
   */
  public static Op1 vectorize(Op1 f) {
    return x ->
        Vectorized.elementwise(a -> List.of(f.apply(a.get(0)))).apply(List.of(x)).getFirst();
  }

  /** A function of two scalars as one of arrays that broadcast. */
  public static Op2 vectorize(Op2 f) {
    return (x, y) ->
        Vectorized.elementwise(a -> List.of(f.apply(a.get(0), a.get(1))))
            .apply(List.of(x, y))
            .getFirst();
  }

  /** A function of three scalars as one of arrays that broadcast. */
  public static Op3 vectorize(Op3 f) {
    return (x, y, z) ->
        Vectorized.elementwise(a -> List.of(f.apply(a.get(0), a.get(1), a.get(2))))
            .apply(List.of(x, y, z))
            .getFirst();
  }

  /**
   * A function of arrays with the core dimensions that a signature names, as {@code
   * "(n,m),(m)->(n)"}, as one of arrays with more dimensions in front, which broadcast.
   */
  public static Fn1<List<Array>, List<Array>> vectorize(
      Fn1<List<Array>, List<Array>> f, String signature) {
    return new Vectorized(f, signature).function();
  }
}
