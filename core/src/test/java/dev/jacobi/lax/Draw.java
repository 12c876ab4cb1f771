package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.dispatch.Backends;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.trace.ConcreteArray;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Operands drawn from a seed: the same seed gives the same arrays. */
final class Draw {
  private final Random random;

  Draw(long seed) {
    random = new Random(seed);
  }

  /** Numbers between bounds; imaginary parts between 0.3 and 0.8; integers include both bounds. */
  Array of(DType dtype, double low, double high, long... sizes) {
    Shape shape = Shape.of(sizes);
    MemorySegment data = Literal.allocate(new TensorType(dtype, shape));
    for (int i = 0; i < shape.size(); i++) {
      double x = low + (high - low) * random.nextDouble();
      if (dtype.isInexact()) {
        Literal.set(dtype, data, i, x, 0.3 + 0.5 * random.nextDouble());
      } else {
        Literal.setLong(dtype, data, i, (long) low + random.nextInt((int) (high - low) + 1));
      }
    }
    return array(dtype, shape, data);
  }

  Array f64(double low, double high, long... sizes) {
    return of(DType.F64, low, high, sizes);
  }

  Array i32(int low, int high, long... sizes) {
    return of(DType.I32, low, high, sizes);
  }

  /** A direction for derivatives: of the type of {@code x}, elements between -1 and 1. */
  Array like(Array x) {
    Shape shape = x.shape();
    MemorySegment data = Literal.allocate(new TensorType(x.dtype(), shape));
    for (int i = 0; i < shape.size(); i++) {
      double im = 2 * random.nextDouble() - 1;
      Literal.set(x.dtype(), data, i, 2 * random.nextDouble() - 1, im);
    }
    return array(x.dtype(), shape, data);
  }

  /** Different whole numbers below {@code n}, as index vectors of length 1. */
  Array places(int n, int count) {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      all.add(i);
    }
    Collections.shuffle(all, random);
    Shape shape = Shape.of(count, 1);
    MemorySegment data = Literal.allocate(new TensorType(DType.I32, shape));
    for (int i = 0; i < count; i++) {
      Literal.setLong(DType.I32, data, i, all.get(i));
    }
    return array(DType.I32, shape, data);
  }

  static Array array(DType dtype, Shape shape, MemorySegment data) {
    var buffer = Backends.current().fromHost(new TensorType(dtype, shape), data);
    return new ConcreteArray(Aval.of(dtype, shape), buffer);
  }
}
