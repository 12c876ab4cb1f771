package dev.jacobi.scipy.fft;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Longs;
import dev.jacobi.numpy.FftNorm;
import org.jspecify.annotations.Nullable;

/**
 * Options of {@code Fft.dctn} and {@code Fft.idctn}.
 *
 * @param type 1 to 4; JAX has 2 only
 * @param s the number of points along each dimension; null for as many as there are
 * @param axes the dimensions that are transformed; null for the last ones of {@code s}, or for all
 * @param norm which direction is divided by twice the number of points (type 1: by two less)
 */
public record DctnOptions(int type, @Nullable Longs s, @Nullable Axes axes, FftNorm norm) {
  public static final DctnOptions DEFAULT = new DctnOptions(2, null, null, FftNorm.BACKWARD);

  public DctnOptions withType(int number) {
    return new DctnOptions(number, s, axes, norm);
  }

  public DctnOptions withS(long... points) {
    return new DctnOptions(type, Longs.of(points), axes, norm);
  }

  public DctnOptions withAxes(int... dimensions) {
    return new DctnOptions(type, s, Axes.of(dimensions), norm);
  }

  public DctnOptions withNorm(FftNorm which) {
    return new DctnOptions(type, s, axes, which);
  }
}
