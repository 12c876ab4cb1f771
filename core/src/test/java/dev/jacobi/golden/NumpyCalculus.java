package dev.jacobi.golden;

import static dev.jacobi.numpy.Jnp.*;

import dev.jacobi.Array;
import dev.jacobi.golden.NumpyFunctions.Table;
import dev.jacobi.hlo.DType;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.PolyfitOptions;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/** The families {@code polynomials} and {@code calculus}. */
final class NumpyCalculus {
  private static final PolyfitOptions FIT = PolyfitOptions.DEFAULT;

  private NumpyCalculus() {}

  static void add(Table t) {
    arithmetic(t);
    orders(t);
    roots(t);
    fits(t);
    slopes(t);
    windows(t);
    functions(t);
  }

  private static void arithmetic(Table t) {
    t.two("polyadd", (p, q) -> polyadd(p, q));
    t.two("polyadd_mixed", (p, q) -> polyadd(p, q));
    t.two("polysub", (p, q) -> polysub(p, q));
    for (String name : List.of("", "_int", "_empty")) {
      t.two("polymul" + name, (p, q) -> polymul(p, q));
    }
    for (String name : List.of("", "_short", "_int")) {
      t.of(
          "polydiv" + name,
          x -> {
            Jnp.Polydiv d = polydiv(x.get(0), x.get(1));
            return List.of(d.quotient(), d.remainder());
          });
    }
  }

  private static void orders(Table t) {
    t.one("polyder", p -> polyder(p));
    t.one("polyder_3", p -> polyder(p, 3));
    t.one("polyder_0", p -> polyder(p, 0));
    t.one("polyder_all", p -> polyder(p, 2));
    t.one("polyint", p -> polyint(p));
    t.two("polyint_2", (p, k) -> polyint(p, 2, k));
    t.two("polyint_one", (p, k) -> polyint(p, 3, k));
    t.one("polyint_int", p -> polyint(p));
    t.one("vander", x -> vander(x));
    t.one("vander_rising", x -> vander(x, 5, true));
    t.one("vander_int", x -> vander(x, 3, false));
    t.one("vander_0", x -> vander(x, 0, false));
  }

  private static void roots(Table t) {
    for (String name : List.of("", "_c64", "_scalar", "_empty", "_int", "_matrix")) {
      t.one("poly" + name, x -> poly(x));
    }
    t.one("roots", p -> sort(Jnp.roots(p)));
    t.one("roots_behind", p -> sort(Jnp.roots(p)));
    t.one("roots_zeros", p -> Jnp.roots(p));
    t.one("roots_none", p -> Jnp.roots(p));
    t.one("roots_kept", p -> rootsOf(p));
  }

  private static void fits(Table t) {
    t.two("polyfit", (x, y) -> polyfit(x, y, 2));
    t.two("polyfit_matrix", (x, y) -> polyfit(x, y, 2));
    t.three("polyfit_weights", (x, y, w) -> polyfit(x, y, 1, FIT.withWeights(w)).coefficients());
    t.of(
        "polyfit_full",
        x -> {
          Jnp.Polyfit f = polyfit(x.get(0), x.get(1), 2, FIT);
          return List.of(f.coefficients(), f.residuals(), f.rank(), f.singularValues());
        });
    t.of("polyfit_cov", x -> pair(polyfitCov(x.get(0), x.get(1), 2, FIT, true)));
    t.of("polyfit_unscaled", x -> pair(polyfitCov(x.get(0), x.get(1), 2, FIT, false)));
  }

  private static List<Array> pair(Jnp.PolyfitCov f) {
    return List.of(f.coefficients(), f.covariance());
  }

  private static void slopes(Table t) {
    for (String name : List.of("", "_all", "_int", "_two")) {
      t.of("gradient" + name, x -> gradient(x.get(0)));
    }
    t.of("gradient_axis", x -> gradient(x.get(0), weak(0.5), 1));
    t.of("gradient_spacing", x -> gradient(x.get(0), List.of(x.get(1), weak(2.0))));
    t.of("gradient_places", x -> gradient(x.get(0), x.get(1)));
    for (String name : List.of("", "_int", "_one")) {
      t.one("trapezoid" + name, y -> trapezoid(y));
    }
    t.one("trapezoid_dx", y -> trapezoid(y, 0.25, 0));
    t.two("trapezoid_x", (y, x) -> trapezoid(y, x, -1));
    t.two("trapezoid_x_axis", (y, x) -> trapezoid(y, x, 0));
  }

  private static void windows(Table t) {
    Map<String, LongFunction<Array>> windows =
        Map.of(
            "bartlett", Jnp::bartlett,
            "blackman", Jnp::blackman,
            "hamming", Jnp::hamming,
            "hanning", Jnp::hanning);
    windows.forEach(
        (name, f) -> {
          for (int n : new int[] {0, 1, 2, 7, 12}) {
            if (n != 2 || !name.equals("blackman")) { // JAX's rounding is larger than the result
              t.none(name + "_" + n, () -> List.of(f.apply(n)));
            }
          }
        });
    t.none("kaiser_7", () -> List.of(kaiser(7, 8.6)));
    t.none("kaiser_12", () -> List.of(kaiser(12, 0)));
    t.none("kaiser_1", () -> List.of(kaiser(1, 3)));
  }

  private static void functions(Table t) {
    t.one("apply_along_axis", x -> applyAlongAxis(v -> cumsum(v), 1, x));
    t.one("apply_along_axis_sum", x -> applyAlongAxis(v -> sum(v), 0, x));
    t.one("apply_along_axis_outer", x -> applyAlongAxis(v -> outer(v, v), 1, x));
    t.one("apply_over_axes", x -> applyOverAxes((a, d) -> sum(a, d), x, 0, 2));
    t.none(
        "fromfunction",
        () -> List.of(Jnp.fromfunction(p -> p.get(0).times(10).plus(p.get(1)), 3, 4)));
    t.none(
        "fromfunction_int",
        () -> List.of(Jnp.fromfunction(p -> p.get(0).times(arange(2)), shape(3, 4), DType.I32)));
    t.two(
        "vectorize",
        (x, y) -> Jnp.vectorize((a, b) -> where(a.gt(b), a.times(b), sin(b))).apply(x, y));
    t.one("vectorize_1", x -> Jnp.vectorize(a -> a.times(a)).apply(x));
    t.of(
        "vectorize_signature",
        x -> Jnp.vectorize(a -> List.of(matmul(a.get(0), a.get(1))), "(n,m),(m)->(n)").apply(x));
    t.of(
        "vectorize_shared",
        x -> Jnp.vectorize(a -> List.of(dot(a.get(0), a.get(1))), "(n),(n)->()").apply(x));
    t.of(
        "vectorize_two",
        x -> Jnp.vectorize(a -> List.of(sum(a.get(0)), flip(a.get(0))), "(n)->(),(n)").apply(x));
    t.two("array_equiv", (x, y) -> arrayEquiv(x, y));
    t.two("array_equiv_not", (x, y) -> arrayEquiv(x, y));
    t.one("array_equiv_same", x -> arrayEquiv(x, x));
  }
}
