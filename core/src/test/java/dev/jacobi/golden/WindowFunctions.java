package dev.jacobi.golden;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Jacobi;
import dev.jacobi.Op1;
import dev.jacobi.Op2;
import dev.jacobi.hlo.Axes;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.Cumulative;
import dev.jacobi.lax.Window;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.transform.Reducers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Our form of the Python functions of {@code goldens/make_windows.py}, by name. */
final class WindowFunctions {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private final Map<String, Fn1<List<Array>, List<Array>>> all = new LinkedHashMap<>();

  private WindowFunctions() {
    cumulative();
    windows();
    others();
  }

  static Map<String, Fn1<List<Array>, List<Array>>> all() {
    return new WindowFunctions().all;
  }

  private void one(String name, Op1 f) {
    all.put(name, x -> List.of(f.apply(x.getFirst())));
  }

  private interface Scan {
    Array of(Array x, int axis, boolean reverse);
  }

  private void cumulative() {
    Map<String, Scan> scans =
        Map.of(
            "cumsum", Cumulative::cumsum,
            "cumprod", Cumulative::cumprod,
            "cummax", Cumulative::cummax,
            "cummin", Cumulative::cummin,
            "cumlogsumexp", Cumulative::cumlogsumexp);
    scans.forEach(
        (name, scan) -> {
          one("lax_" + name, x -> scan.of(x, 1, false));
          one("lax_" + name + "_reverse", x -> scan.of(x, 0, true));
        });
    one("lax_cumsum_i32", x -> Cumulative.cumsum(x, 0, false));
    one("lax_cumsum_one", x -> Cumulative.cumsum(x, 0, false));
  }

  private void window(String name, double init, Op2 f, Window window) {
    one(name, x -> Reducers.reduceWindow(x, Jnp.weak(init), f, window));
  }

  private static long[] pair(long before, long after) {
    return new long[] {before, after};
  }

  private void windows() {
    Window three = Window.of(3).withStrides(2).withPadding(pair(1, 2));
    Window two = Window.of(2, 2).withPadding(pair(0, 1), pair(1, 0)).withStrides(2, 1);
    Window dilated =
        Window.of(2, 2)
            .withStrides(1, 2)
            .withPadding(pair(1, 1), pair(0, 1))
            .withBaseDilation(2, 1)
            .withWindowDilation(1, 2);
    Op2 own = (a, b) -> a.plus(b).plus(a.times(b));
    window("window_sum", 0, Array::plus, three);
    window("window_sum_two", 0, Array::plus, two);
    window("window_sum_dilated", 0, Array::plus, dilated);
    window("window_sum_trimmed", 0, Array::plus, Window.of(2).withPadding(pair(-1, 1)));
    window("window_max", -INFINITY, Jnp::maximum, three);
    window(
        "window_max_two", -INFINITY, Jnp::maximum, Window.of(1, 2, 2, 1).withStrides(1, 2, 2, 1));
    one(
        "window_max_same",
        x -> {
          Window same = Window.of(2, 3).withStrides(2, 1).withSamePadding(x.shape());
          return Reducers.reduceWindow(x, Jnp.weak(-INFINITY), Jnp::maximum, same);
        });
    window("window_min", INFINITY, Jnp::minimum, three);
    window("window_min_dilated", INFINITY, Jnp::minimum, dilated);
    one(
        "window_max_i32",
        x ->
            Reducers.reduceWindow(
                x,
                Jnp.weak(Integer.MIN_VALUE),
                Jnp::maximum,
                Window.of(2).withPadding(pair(0, 0))));
    window("window_mul", 1, Array::times, Window.of(2).withPadding(pair(0, 1)));
    window("window_own", 0, own, Window.of(2, 1).withStrides(1, 2));
    one("reduce_own", x -> Reducers.reduce(x, Jnp.weak(0.0), own, Axes.of(0)));
    all.put(
        "reduce_two",
        x ->
            Reducers.reduce(
                x,
                List.of(Jnp.weak(0.0), Jnp.weak(1.0)),
                (a, b) -> List.of(a.get(0).plus(b.get(0)), a.get(1).times(b.get(1))),
                Axes.of(1)));
  }

  private void others() {
    Window pairs = Window.of(2).withStrides(2);
    Array least = Jnp.weak(-INFINITY);
    Op1 greatest = x -> Jnp.sum(Reducers.reduceWindow(x, least, Jnp::maximum, pairs));
    one("grad_window_max", Jacobi.grad(greatest));
    Window ahead = Window.of(2).withPadding(pair(0, 1));
    Op1 product =
        x -> Jnp.sum(x.times(Reducers.reduceWindow(x, Jnp.weak(0.0), Array::plus, ahead)));
    one("grad_window_sum", Jacobi.grad(product));
    one("reduce_precision", x -> Convert.reducePrecision(x, 5, 10));
    all.put("clamp_arrays", x -> List.of(Compare.clamp(x.get(0), x.get(1), x.get(2))));
    all.put(
        "select_n_three",
        x -> List.of(Compare.selectN(x.get(0), List.of(x.get(1), x.get(2), x.get(1)))));
  }
}
