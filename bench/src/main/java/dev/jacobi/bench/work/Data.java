package dev.jacobi.bench.work;

import dev.jacobi.Array;
import dev.jacobi.numpy.Jnp;
import java.util.Random;

/** Operands: normally distributed numbers, as the peers use. */
final class Data {
  static final int M = 1 << 20;

  private static final Random RANDOM = new Random(0);

  private Data() {}

  /** f32, standard normal. */
  static Array f32(long... sizes) {
    return scaled(1, sizes);
  }

  /** f32, normal with this standard deviation. */
  static Array scaled(double scale, long... sizes) {
    float[] values = new float[count(sizes)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (RANDOM.nextGaussian() * scale);
    }
    return Jnp.array(values).reshape(sizes);
  }

  /** f32, the magnitudes of standard normals, plus an offset. */
  static Array positive(double offset, long... sizes) {
    float[] values = new float[count(sizes)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (Math.abs(RANDOM.nextGaussian()) + offset);
    }
    return Jnp.array(values).reshape(sizes);
  }

  /** f64, the magnitudes of standard normals, plus an offset. */
  static Array positive64(double offset, long... sizes) {
    double[] values = new double[count(sizes)];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.abs(RANDOM.nextGaussian()) + offset;
    }
    return Jnp.array(values).reshape(sizes);
  }

  /** f64, standard normal. */
  static Array f64(long... sizes) {
    double[] values = new double[count(sizes)];
    for (int i = 0; i < values.length; i++) {
      values[i] = RANDOM.nextGaussian();
    }
    return Jnp.array(values).reshape(sizes);
  }

  /** i32 in [0, bound). */
  static Array indices(int bound, int n) {
    int[] values = new int[n];
    for (int i = 0; i < n; i++) {
      values[i] = RANDOM.nextInt(bound);
    }
    return Jnp.array(values);
  }

  private static int count(long... sizes) {
    long n = 1;
    for (long size : sizes) {
      n *= size;
    }
    return Math.toIntExact(n);
  }
}
