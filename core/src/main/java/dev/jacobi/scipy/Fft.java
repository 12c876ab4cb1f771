package dev.jacobi.scipy;

import dev.jacobi.Array;
import dev.jacobi.scipy.fft.Cosines;
import dev.jacobi.scipy.fft.DctOptions;
import dev.jacobi.scipy.fft.DctnOptions;

/**
 * Cosine transforms, {@code scipy.fft}. Real and imaginary parts are transformed by themselves.
 * Results are f32, or f64 where the operand has 64 bits.
 */
public final class Fft {
  private Fft() {}

  /**
   * The cosine transform of the second type along the last dimension: {@code 2 sum_j x_j cos(pi k
   * (2j + 1) / 2n)}. {@code dev.jacobi.scipy.Fft.dct(array(1f, 2f))} is {@code [ 6. -1.4142137]}.
   */
  public static Array dct(Array x) {
    return dct(x, DctOptions.DEFAULT);
  }

  /**
   * The same of another type, number of points, along another dimension or with other factors.
   *
   * @throws dev.jacobi.lax.LaxTypeException if there is no such type or dimension, or no point
   */
  public static Array dct(Array x, DctOptions options) {
    return Cosines.along("dct", x, options, false);
  }

  /**
   * The inverse of {@link #dct(Array)}. {@code dev.jacobi.scipy.Fft.idct(array(4f, 0f))} is {@code
   * [1. 1.]}.
   */
  public static Array idct(Array x) {
    return idct(x, DctOptions.DEFAULT);
  }

  /** The inverse of {@link #dct(Array, DctOptions)} with the same options. */
  public static Array idct(Array x, DctOptions options) {
    return Cosines.along("idct", x, options, true);
  }

  /**
   * The cosine transform along all dimensions. {@code dev.jacobi.scipy.Fft.dctn(ones(2, 2))} is
   * {@code [[16. 0.] [ 0. 0.]]}.
   */
  public static Array dctn(Array x) {
    return dctn(x, DctnOptions.DEFAULT);
  }

  /**
   * The same of another type, along some dimensions, with other numbers of points or factors.
   *
   * @throws dev.jacobi.lax.LaxTypeException if there is no such type or dimension, a dimension is
   *     there twice, or sizes do not fit to dimensions
   */
  public static Array dctn(Array x, DctnOptions options) {
    return Cosines.along("dctn", x, options, false);
  }

  /**
   * The inverse of {@link #dctn(Array)}. {@code dev.jacobi.scipy.Fft.idctn(array(16f, 0f))} is
   * {@code [4. 4.]}.
   */
  public static Array idctn(Array x) {
    return idctn(x, DctnOptions.DEFAULT);
  }

  /** The inverse of {@link #dctn(Array, DctnOptions)} with the same options. */
  public static Array idctn(Array x, DctnOptions options) {
    return Cosines.along("idctn", x, options, true);
  }
}
