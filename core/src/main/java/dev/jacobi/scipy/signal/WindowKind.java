package dev.jacobi.scipy.signal;

import java.util.stream.IntStream;

/** SciPy's windows by their formulas. */
public enum WindowKind {
  BOXCAR,
  TRIANG,
  BARTLETT,
  HANN,
  HAMMING,
  GENERAL_HAMMING,
  BLACKMAN,
  NUTTALL,
  BLACKMANHARRIS,
  FLATTOP,
  PARZEN,
  BOHMAN,
  BARTHANN,
  COSINE,
  LANCZOS,
  KAISER,
  GAUSSIAN,
  TUKEY,
  EXPONENTIAL;

  /** The first n of n + 1 values of the symmetric window, so that it goes on periodically. */
  double[] periodic(int n, double parameter) {
    return n == 1
        ? new double[] {1}
        : IntStream.range(0, n).mapToDouble(k -> at(k, n + 1, parameter)).toArray();
  }

  /** Value k of m. */
  private double at(int k, int m, double p) {
    double place = 2.0 * k / (m - 1) - 1; // from -1 to 1
    double far = Math.abs(place);
    double off = k - (m - 1) / 2.0; // in samples from the middle
    return switch (this) {
      case BOXCAR -> 1;
      case TRIANG -> (2.0 * Math.min(k + 1, m - k) - (m % 2 == 0 ? 1 : 0)) / (m + m % 2);
      case BARTLETT -> 1 - far;
      case HANN -> cosines(place, 0.5, 0.5);
      case HAMMING -> cosines(place, 0.54, 0.46);
      case GENERAL_HAMMING -> cosines(place, p, 1 - p);
      case BLACKMAN -> cosines(place, 0.42, 0.5, 0.08);
      case NUTTALL -> cosines(place, 0.3635819, 0.4891775, 0.1365995, 0.0106411);
      case BLACKMANHARRIS -> cosines(place, 0.35875, 0.48829, 0.14128, 0.01168);
      case FLATTOP -> cosines(place, 0.21557895, 0.41663158, 0.277263158, 0.083578947, 0.006947368);
      case PARZEN -> parzen(Math.abs(off), m);
      case BOHMAN ->
          far == 1 ? 0 : (1 - far) * Math.cos(Math.PI * far) + Math.sin(Math.PI * far) / Math.PI;
      case BARTHANN -> 0.62 - 0.24 * far + 0.38 * Math.cos(Math.PI * far);
      case COSINE -> Math.sin(Math.PI / m * (k + 0.5));
      case LANCZOS -> place == 0 ? 1 : Math.sin(Math.PI * place) / (Math.PI * place);
      case KAISER -> bessel(p * Math.sqrt(Math.max(0, 1 - place * place))) / bessel(p);
      case GAUSSIAN -> Math.exp(-off * off / (2 * p * p));
      case TUKEY -> tukey(k, m, p);
      case EXPONENTIAL -> Math.exp(-Math.abs(off) / p);
    };
  }

  private static double cosines(double place, double... factors) {
    double sum = 0;
    for (int j = 0; j < factors.length; j++) {
      sum += factors[j] * Math.cos(j * Math.PI * place);
    }
    return sum;
  }

  private static double parzen(double off, int m) {
    double r = off / (m / 2.0);
    return off <= (m - 1) / 4.0 ? 1 - 6 * r * r + 6 * r * r * r : 2 * Math.pow(1 - r, 3);
  }

  private static double tukey(int k, int m, double alpha) {
    double from = Math.min(k, m - 1 - k); // the window is symmetric
    double width = Math.clamp(alpha, 0, 1) * (m - 1) / 2;
    return from >= width ? 1 : (1 - Math.cos(Math.PI * from / width)) / 2;
  }

  /** The modified Bessel function of order 0, by its power series. */
  private static double bessel(double x) {
    double term = 1;
    double sum = 1;
    for (int k = 1; term > sum * 1e-17; k++) {
      term *= x * x / (4.0 * k * k);
      sum += term;
    }
    return sum;
  }
}
