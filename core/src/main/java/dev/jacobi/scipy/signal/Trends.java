package dev.jacobi.scipy.signal;

import dev.jacobi.Array;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Slices;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.scipy.operands.Operands;
import dev.jacobi.transform.NamedJit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Signals less their means or straight lines. */
public final class Trends {
  private Trends() {}

  /** A signal less its trend, which is linear between breakpoints. */
  public static Array detrend(Array x, Trend type, int axis, long... breakpoints) {
    int d = Operands.axis("detrend", x, axis);
    long n = x.dim(d);
    if (Arrays.stream(breakpoints).anyMatch(b -> b < 0 || b > n)) {
      throw new LaxTypeException(
          "detrend",
          "breakpoints must lie between 0 and " + n + ", not " + Arrays.toString(breakpoints));
    }
    long[] ends =
        LongStream.concat(LongStream.of(0, n), LongStream.of(breakpoints))
            .distinct()
            .sorted()
            .toArray();
    return NamedJit.call(
            "detrend",
            List.of(type, d, Longs.of(ends)),
            a -> {
              Array y = Jnp.moveaxis(Operands.inexact("detrend", a.getFirst())[0], d, -1);
              Array less = type == Trend.LINEAR ? pieces(y, ends) : without(y, type);
              return List.of(Jnp.moveaxis(less, -1, d));
            },
            List.of(x))
        .getFirst();
  }

  private static Array pieces(Array x, long[] ends) {
    int last = x.rank() - 1;
    List<Array> pieces = new ArrayList<>();
    for (int k = 0; k + 1 < ends.length; k++) {
      Longs start = Shape.of(Longs.fill(x.rank(), 0)).with(last, ends[k]).sizes();
      Longs end = x.shape().with(last, ends[k + 1]).sizes();
      pieces.add(without(Slices.slice(x, start, end, Longs.fill(x.rank(), 1)), Trend.LINEAR));
    }
    return pieces.isEmpty() ? x : Jnp.concatenate(pieces, -1);
  }

  /** The rows of an array less their trends. */
  static Array without(Array x, Trend type) {
    return switch (type) {
      case NONE -> x;
      case CONSTANT -> centred(x);
      case LINEAR -> {
        long n = x.dim(-1);
        Array flat = centred(x);
        if (n < 2) {
          yield flat;
        }
        Array t = Shapes.iota(x.dtype(), Shape.of(n), 0).minus((n - 1) / 2.0);
        double squares = n * ((double) n * n - 1) / 12; // the sum of t^2
        Array slope = Jnp.sum(Jnp.multiply(flat, t), Jnp.over(-1).keepDims()).div(squares);
        yield Jnp.subtract(flat, Jnp.multiply(slope, t));
      }
    };
  }

  private static Array centred(Array x) {
    return Jnp.subtract(x, Jnp.mean(x, Jnp.over(-1).keepDims()));
  }
}
