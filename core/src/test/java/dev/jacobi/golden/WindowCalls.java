package dev.jacobi.golden;

import dev.jacobi.Array;
import dev.jacobi.Op2;
import dev.jacobi.golden.PrimitiveCalls.Call;
import dev.jacobi.golden.PrimitiveCalls.Parameters;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.Cumulative;
import dev.jacobi.lax.SelectionCalls;
import dev.jacobi.lax.Window;
import dev.jacobi.lax.Windows;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.transform.Reducers;

/** The calls of cases about cumulative functions, windows and general reductions. */
final class WindowCalls {
  private WindowCalls() {}

  /** The call, or null if Jacobi has no such primitive. */
  static Call of(String primitive, Parameters p) {
    return switch (primitive) {
      case "cumsum" -> x -> Cumulative.cumsum(x.get(0), axis(p), reverse(p));
      case "cumprod" -> x -> Cumulative.cumprod(x.get(0), axis(p), reverse(p));
      case "cummax" -> x -> Cumulative.cummax(x.get(0), axis(p), reverse(p));
      case "cummin" -> x -> Cumulative.cummin(x.get(0), axis(p), reverse(p));
      case "cumlogsumexp" -> x -> Cumulative.cumlogsumexp(x.get(0), axis(p), reverse(p));
      case "reduce_window_sum" -> x -> Windows.reduceWindowSum(x.get(0), window(p));
      case "reduce_window_max" -> x -> Windows.reduceWindowMax(x.get(0), window(p));
      case "reduce_window_min" -> x -> Windows.reduceWindowMin(x.get(0), window(p));
      case "select_and_scatter_add" ->
          x -> SelectionCalls.scatter(x.get(0), x.get(1), greatest(p), window(p));
      case "select_and_gather_add" ->
          x -> SelectionCalls.gather(x.get(0), x.get(1), greatest(p), window(p));
      case "reduce" -> x -> Reducers.reduce(x.get(0), x.get(1), body(p), p.axes("dimensions"));
      case "reduce_window" -> x -> Reducers.reduceWindow(x.get(0), x.get(1), body(p), window(p));
      case "reduce_precision" ->
          x ->
              Convert.reducePrecision(
                  x.get(0), (int) p.number("exponent_bits"), (int) p.number("mantissa_bits"));
      default -> null;
    };
  }

  private static int axis(Parameters p) {
    return (int) p.number("axis");
  }

  private static boolean reverse(Parameters p) {
    return p.text("reverse").equals("True");
  }

  private static boolean greatest(Parameters p) {
    return p.text("select_prim").equals("ge");
  }

  private static Window window(Parameters p) {
    long[] pads = p.longs("padding");
    long[][] pairs = new long[pads.length / 2][];
    for (int d = 0; d < pairs.length; d++) {
      pairs[d] = new long[] {pads[2 * d], pads[2 * d + 1]};
    }
    Window w =
        Window.of(p.longs("window_dimensions"))
            .withStrides(p.longs("window_strides"))
            .withPadding(pairs);
    return p.isNone("base_dilation")
        ? w
        : w.withBaseDilation(p.longs("base_dilation"))
            .withWindowDilation(p.longs("window_dilation"));
  }

  /** The function, by the primitives in its program. */
  private static Op2 body(Parameters p) {
    String program = p.text("jaxpr");
    boolean adds = program.contains("= add");
    if (program.contains("= log")) {
      return (a, b) -> Jnp.log(Jnp.exp(a).plus(Jnp.exp(b)));
    }
    if (program.contains("= mul")) {
      return adds ? (a, b) -> a.plus(b).plus(a.times(b)) : Array::times;
    }
    return adds ? Array::plus : Jnp::maximum;
  }
}
