package dev.jacobi.nn;

import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.LaxTypeException;

/**
 * Which dimensions of weights count inputs, outputs, and members of a batch; the others are a
 * receptive field, which counts for both. Negative dimensions count from the end.
 */
public record Fans(Longs in, Longs out, Longs batch) {
  /** Inputs in the last but one dimension, outputs in the last. */
  public static final Fans LAST = new Fans(Longs.of(-2), Longs.of(-1), Longs.of());

  /** Inputs in other dimensions. */
  public Fans withIn(long... axes) {
    return new Fans(Longs.of(axes), out, batch);
  }

  /** Outputs in other dimensions. */
  public Fans withOut(long... axes) {
    return new Fans(in, Longs.of(axes), batch);
  }

  /** Dimensions of independent members. */
  public Fans withBatch(long... axes) {
    return new Fans(in, out, Longs.of(axes));
  }

  /** Inputs and outputs of a unit. */
  record Sizes(double in, double out) {}

  Sizes of(Shape shape) {
    double all = 1;
    for (int d = 0; d < shape.rank(); d++) {
      all *= shape.dim(d);
    }
    double ins = product(shape, in);
    double outs = product(shape, out);
    double field = all / ins / outs / product(shape, batch);
    return new Sizes(ins * field, outs * field);
  }

  private static double product(Shape shape, Longs axes) {
    double product = 1;
    for (int i = 0; i < axes.size(); i++) {
      long axis = axes.get(i);
      long d = axis < 0 ? axis + shape.rank() : axis;
      if (d < 0 || d >= shape.rank()) {
        throw new LaxTypeException(
            "initializer",
            "axis "
                + axis
                + " is no dimension of the shape "
                + shape
                + "; name the dimensions of inputs and outputs by Fans");
      }
      product *= shape.dim((int) d);
    }
    return product;
  }
}
