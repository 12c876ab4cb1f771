package dev.jacobi.random;

import static dev.jacobi.lax.Arithmetic.mul;

import dev.jacobi.Array;
import dev.jacobi.Key;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.Scalars;

/** Distributions of signs. */
public abstract class RandomCounts extends RandomGammas {
  RandomCounts() {}

  /**
   * Signs -1 and 1 as i32. {@code Random.rademacher(Random.key(0), shape(3))} is {@code [-1 -1 1]}.
   */
  public static Array rademacher(Key key, Shape shape) {
    return rademacher(key, shape, DType.I32);
  }

  /** The same in any element type of numbers. */
  public static Array rademacher(Key key, Shape shape, DType dtype) {
    DType drawn = Sampling.is64(dtype) ? DType.F64 : DType.F32; // as JAX without and with 64 bits
    Array up = Random.bernoulli(key, Scalars.of(drawn, 0.5), shape);
    Array ones = Convert.convertElementType(up, dtype);
    Array one = Scalars.of(dtype, 1);
    return Arithmetic.sub(mul(Scalars.of(dtype, 2), ones), one);
  }
}
