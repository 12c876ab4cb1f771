package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Concatenation;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Slices;
import dev.jacobi.lax.Sort;
import java.util.ArrayList;
import java.util.List;

/** Polynomials: vectors of coefficients from the highest power down. */
public abstract class JnpPolynomial extends JnpMoments {
  JnpPolynomial() {}

  /** {@code u = quotient v + remainder}; the remainder keeps the length of u. */
  public record Polydiv(Array quotient, Array remainder) {}

  /** A fit and how good it is; see {@link Linalg.LstsqResult}. */
  public record Polyfit(
      Array coefficients, Array residuals, Array rank, Array singularValues, double rcond) {}

  /** A fit and the covariances of its coefficients. */
  public record PolyfitCov(Array coefficients, Array covariance) {}

  private static Array vector(String function, Array x) {
    if (x.rank() > 1) {
      throw new LaxTypeException(function, "takes vectors of coefficients, not " + x.aval());
    }
    return atleast1d(x);
  }

  private static Array[] inexact(String function, Array x, Array y) {
    Array a = vector(function, x);
    Array b = vector(function, y);
    DType t = inexactType(Promotion.join(List.of(a.aval(), b.aval())).dtype());
    return new Array[] {Promotion.convert(a, t, false), Promotion.convert(b, t, false)};
  }

  /** The sum of two polynomials. {@code polyadd(array(1, 2), array(5))} is {@code [1 7]}. */
  public static Array polyadd(Array x, Array y) {
    DType t = Promotion.join(List.of(x.aval(), y.aval())).dtype();
    Array a = Promotion.convert(vector("polyadd", x), t, false);
    Array b = Promotion.convert(vector("polyadd", y), t, false);
    long n = Math.max(a.dim(0), b.dim(0));
    return add(led(a, n), led(b, n));
  }

  /** With zeros in front. */
  private static Array led(Array x, long n) {
    return n == x.dim(0) ? x : padded(x, n - x.dim(0), 0);
  }

  private static Array padded(Array x, long before, long after) {
    Array zero = Scalars.of(x.dtype(), 0);
    return Slices.pad(x, zero, Longs.of(before), Longs.of(after), Longs.of(0));
  }

  /**
   * The difference of two polynomials. {@code polysub(array(1, 2), array(5))} is {@code [ 1 -3]}.
   */
  public static Array polysub(Array x, Array y) {
    DType t = Promotion.join(List.of(x.aval(), y.aval())).dtype();
    return polyadd(Promotion.convert(x, t, false), negative(Promotion.convert(y, t, false)));
  }

  /**
   * The product of two polynomials, in floating point. {@code polymul(array(1f, 2f), array(1f,
   * 3f))} is {@code [1. 5. 6.]}.
   */
  public static Array polymul(Array x, Array y) {
    Array[] xy = inexact("polymul", x, y);
    for (int k = 0; k < 2; k++) {
      xy[k] = xy[k].dim(0) == 0 ? zeros(Shape.of(1), xy[k].dtype()) : xy[k];
    }
    return convolve(xy[0], xy[1]);
  }

  /**
   * Division with remainder, in floating point; the divisor's first coefficient is not 0. {@code
   * polydiv(array(1f, 5f, 6f), array(1f, 2f))} is {@code Polydiv[quotient=[1. 3.], remainder=[0. 0.
   * 0.]]}.
   */
  public static Polydiv polydiv(Array u, Array v) {
    Array[] uv = inexact("polydiv", u, v);
    if (uv[1].dim(0) == 0) {
      throw new LaxTypeException("polydiv", "there is no divisor");
    }
    int n = Math.toIntExact(uv[1].dim(0) - 1);
    int steps = Math.toIntExact(uv[0].dim(0) - 1 - n + 1);
    if (steps < 1) {
      return new Polydiv(zeros(Shape.of(1), uv[0].dtype()), uv[0]);
    }
    Array scale = reciprocal(uv[1].get(0));
    Array rest = uv[0];
    List<Array> quotient = new ArrayList<>();
    for (int k = 0; k < steps; k++) {
      Array d = multiply(scale, rest.get(k));
      quotient.add(d);
      rest = subtract(rest, padded(multiply(d, uv[1]), k, steps - 1L - k));
    }
    return new Polydiv(stack(quotient), rest);
  }

  /** The derivative. {@code polyder(array(1f, 2f, 3f))} is {@code [2. 2.]}. */
  public static Array polyder(Array p) {
    return polyder(p, 1);
  }

  /** The derivative of order m. */
  public static Array polyder(Array p, int m) {
    if (m < 0) {
      throw new LaxTypeException("polyder", "an order cannot be " + m);
    }
    Array a = JnpMath.inexact(vector("polyder", p));
    int n = Math.toIntExact(a.dim(0));
    if (m == 0) {
      return a;
    }
    double[] factors = new double[Math.max(0, n - m)];
    for (int k = 0; k < factors.length; k++) {
      factors[k] = factorials(n - 1 - k, m);
    }
    return multiply(part(a, 0, until(factors.length)), constants(factors, a.dtype()));
  }

  /** {@code power (power - 1) ...}, so many factors. */
  private static double factorials(int power, int factors) {
    double product = 1;
    for (int k = 0; k < factors && k < power; k++) {
      product *= power - k;
    }
    return product;
  }

  private static Array constants(double[] values, DType t) {
    return astype(array(values), t);
  }

  /** The antiderivative that is 0 at 0. {@code polyint(array(2f, 2f))} is {@code [1. 2. 0.]}. */
  public static Array polyint(Array p) {
    return polyint(p, 1, weak(0));
  }

  /** The antiderivative of order m; constants of integration as a scalar or m of them. */
  public static Array polyint(Array p, int m, Array constants) {
    Array[] pk = inexact("polyint", p, constants);
    if (m < 0 || pk[1].dim(0) != 1 && pk[1].dim(0) != m) {
      throw new LaxTypeException(
          "polyint", "order " + m + " with constants of shape " + constants.shape());
    }
    if (m == 0) {
      return pk[0];
    }
    Array ends = pk[1].dim(0) == m ? pk[1] : repeat(pk[1], m);
    double[] divisors = new double[Math.toIntExact(pk[0].dim(0) + m)];
    for (int k = 0; k < divisors.length; k++) {
      divisors[k] = factorials(divisors.length - 1 - k, m);
    }
    Array all = Concatenation.concatenate(List.of(pk[0], ends), 0);
    return trueDivide(all, constants(divisors, all.dtype()));
  }

  /**
   * The polynomial with these roots, or the characteristic polynomial of a square matrix. {@code
   * poly(array(1f, 2f))} is {@code [ 1. -3. 2.]}.
   */
  public static Array poly(Array roots) {
    Array x = JnpMath.inexact(roots);
    boolean square = x.rank() == 2 && x.dim(0) == x.dim(1) && x.dim(0) > 0;
    Array zeros = square ? Linalg.eigvals(x) : vector("poly", x);
    if (zeros.dim(0) == 0) {
      return ones(Shape.scalar(), zeros.dtype());
    }
    return jitted("poly", "", a -> product(a.getFirst()), zeros);
  }

  private static Array product(Array roots) {
    Array p = ones(Shape.of(1), roots.dtype());
    for (Array root : roots) {
      p = subtract(padded(p, 0, 1), multiply(root, padded(p, 1, 0)));
    }
    return p;
  }

  /**
   * The roots, complex; zeros in front are left out, so that values must be known. {@code
   * real(roots(array(1f, 0f, -4f)))} is {@code [-1.9999999 2.0000002]}.
   */
  public static Array roots(Array p) {
    Array a = JnpMath.inexact(vector("roots", p));
    Array known = Concrete.value("roots", a, "Use rootsOf, which keeps zeros in front.");
    boolean[] set = known.toBooleanArray();
    int zeros = 0;
    while (zeros < set.length && !set[zeros]) {
      zeros++;
    }
    return companion(part(a, 0, from(zeros)));
  }

  /**
   * The roots, complex, and NaN for each zero in front. {@code rootsOf(array(1f, -3f, 2f)).shape()}
   * is {@code (2,)}.
   */
  public static Array rootsOf(Array p) {
    Array a = JnpMath.inexact(vector("rootsOf", p));
    long n = a.dim(0);
    if (n < 2) {
      return companion(a);
    }
    Array ahead = cumsum(astype(truth(a), DType.I32), 0);
    Array zeros = sum(equal(ahead, weak(0)));
    Array none = equal(zeros, weak(n));
    Array some = where(none, Scalars.of(a.dtype(), 1), a);
    Array at = remainder(add(Shapes.iota(DType.I32, a.shape(), 0), zeros), weak(n));
    Array found = companion(take(some, at, 0, dev.jacobi.Mode.CLIP));
    List<Array> keys = List.of(astype(equal(found, weak(0)), DType.I32), found);
    Array last = Sort.sort(keys, 0, true, 1).getLast();
    Array valid = less(Shapes.iota(DType.I32, last.shape(), 0), subtract(weak(n - 1), zeros));
    Array nan = Scalars.of(last.dtype().real(), Double.NaN);
    return where(valid, last, dev.jacobi.lax.Complexes.complex(nan, nan));
  }

  /** The eigenvalues of the companion matrix; source: Horn and Johnson, Matrix Analysis, 3.3. */
  private static Array companion(Array p) {
    DType t = p.dtype().complex().orElse(DType.C64);
    long n = p.dim(0);
    if (n < 2) {
      return zeros(Shape.of(0), t);
    }
    Array top = negative(trueDivide(part(p, 0, from(1)), p.get(0)));
    Array rest = eye(n - 2, n - 1, 0, p.dtype());
    return Linalg.eigvals(
        Concatenation.concatenate(List.of(Shapes.expandDims(top, Axes.of(0)), rest), 0));
  }

  /**
   * Powers of the elements of a vector as rows, the highest first: (n, n). {@code vander(array(1,
   * 2, 3))} is {@code [[1 1 1] [4 2 1] [9 3 1]]}.
   */
  public static Array vander(Array x) {
    return vander(x, x.rank() == 1 ? x.dim(0) : 0, false);
  }

  /** So many powers of the elements of a vector as rows; the zeroth first if increasing. */
  public static Array vander(Array x, long columns, boolean increasing) {
    if (x.rank() != 1) {
      throw new LaxTypeException("vander", "takes vectors, not shape " + x.shape());
    }
    DType t = x.dtype().isBool() ? DType.I32 : x.dtype();
    Array n = Shapes.iota(t, shape(columns), 0);
    Array powers = increasing ? n : subtract(weak(columns - 1), n);
    return power(Shapes.expandDims(Promotion.convert(x, t, false), Axes.of(1)), powers);
  }

  /**
   * The polynomial of a degree with the least squared distance from points. {@code
   * round(polyfit(array(0f, 1f, 2f), array(1f, 3f, 5f), 1), 3)} is {@code [2. 1.]}.
   */
  public static Array polyfit(Array x, Array y, int degree) {
    return polyfit(x, y, degree, PolyfitOptions.DEFAULT).coefficients();
  }

  /** The same with options and measures; y is (m) or (m, k), coefficients (n) or (n, k). */
  public static Polyfit polyfit(Array x, Array y, int degree, PolyfitOptions options) {
    return new Fit(x, y, degree, options).all();
  }

  /**
   * The same with the covariances of the coefficients. {@code polyfitCov(array(0f, 1f, 2f, 3f),
   * array(1f, 3f, 5f, 7f), 1, PolyfitOptions.DEFAULT, false).coefficients()} is {@code [2. 1.]}.
   *
   * @param scaled whether they are scaled by the residuals
   */
  public static PolyfitCov polyfitCov(
      Array x, Array y, int degree, PolyfitOptions options, boolean scaled) {
    return new Fit(x, y, degree, options).covariance(scaled);
  }

  /** Columns of powers scaled to length 1, which makes the problem better conditioned. */
  private static final class Fit {
    private final Array powers;
    private final Array scale;
    private final Linalg.LstsqResult found;
    private final Array coefficients;
    private final double rcond;
    private final long points;

    Fit(Array x, Array y, int degree, PolyfitOptions options) {
      boolean fits = x.rank() == 1 && (y.rank() == 1 || y.rank() == 2) && x.dim(0) == y.dim(0);
      if (degree < 0 || !fits || x.dim(0) == 0) {
        throw new LaxTypeException(
            "polyfit", "degree " + degree + " through " + x.aval() + " and " + y.aval());
      }
      points = x.dim(0);
      Array w = options.weights();
      if (w != null && (w.rank() != 1 || w.dim(0) != points)) {
        throw new ShapeMismatchException("polyfit", "must be equal", List.of(x, w));
      }
      Array left = vander(JnpMath.inexact(x), degree + 1L, false);
      Array right = JnpMath.inexact(y);
      if (w != null) {
        Array column = Shapes.expandDims(w, Axes.of(1));
        left = multiply(left, column);
        right = multiply(right, right.rank() == 2 ? column : w);
      }
      DType t = Promotion.join(List.of(left.aval(), right.aval())).dtype();
      scale = sqrt(sum(square(left), 0));
      powers = Promotion.convert(trueDivide(left, scale), t, false);
      rcond =
          options.rcond() != null
              ? options.rcond()
              : points * (t.real() == DType.F64 ? Math.ulp(1.0) : Math.ulp(1f));
      found = Linalg.lstsq(powers, Promotion.convert(right, t, false), rcond);
      Array c = found.x();
      coefficients = trueDivide(c, c.rank() == 2 ? Shapes.expandDims(scale, Axes.of(1)) : scale);
    }

    Polyfit all() {
      return new Polyfit(coefficients, found.residuals(), found.rank(), found.s(), rcond);
    }

    PolyfitCov covariance(boolean scaled) {
      Array base = Linalg.inv(matmul(transpose(powers), powers));
      base = trueDivide(base, outer(scale, scale));
      long order = scale.dim(0);
      if (scaled && points <= order) {
        throw new LaxTypeException(
            "polyfit", points + " points are too few to scale covariances by residuals");
      }
      boolean many = coefficients.rank() == 2;
      Array wide = many ? Shapes.expandDims(base, Axes.of(2)) : base;
      if (!scaled) {
        return new PolyfitCov(coefficients, wide);
      }
      Array factor = trueDivide(found.residuals(), weak(points - order));
      return new PolyfitCov(coefficients, multiply(wide, factor));
    }
  }
}
