package dev.jacobi.scipy.fft;

import dev.jacobi.numpy.FftNorm;
import org.jspecify.annotations.Nullable;

/**
 * Options of {@code Fft.dct} and {@code Fft.idct}.
 *
 * @param type 1 to 4; JAX has 2 only
 * @param n the number of points, to which the operand is cut or padded with zeros; null for as many
 *     as it has
 * @param axis the dimension that is transformed; a negative one counts from the end
 * @param norm which direction is divided by twice the number of points (type 1: by two less)
 */
public record DctOptions(int type, @Nullable Integer n, int axis, FftNorm norm) {
  public static final DctOptions DEFAULT = new DctOptions(2, null, -1, FftNorm.BACKWARD);

  public DctOptions withType(int number) {
    return new DctOptions(number, n, axis, norm);
  }

  public DctOptions withN(int points) {
    return new DctOptions(type, points, axis, norm);
  }

  public DctOptions withAxis(int dimension) {
    return new DctOptions(type, n, dimension, norm);
  }

  public DctOptions withNorm(FftNorm which) {
    return new DctOptions(type, n, axis, which);
  }
}
