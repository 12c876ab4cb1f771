package dev.jacobi.control;

import static dev.jacobi.hlo.DType.F64;
import static dev.jacobi.hlo.DType.I32;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Concatenation;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.Reductions;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import dev.jacobi.trace.Bind;
import dev.jacobi.transform.Flat;
import dev.jacobi.transform.Jaxprs;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Conditionals and loops for the table of laws, up to three in each other. */
public final class ControlSamples {
  private static final Aval X = Aval.of(F64, 3);
  private static final Aval SCALAR = Aval.of(F64);
  private static final Aval COUNT = Aval.of(I32);

  private ControlSamples() {}

  private static Jaxpr program(List<Aval> avals, Flat f) {
    return Jaxprs.traceClosed(avals, f);
  }

  private static Array times(Array x, Array y) {
    return Arithmetic.mul(x, y);
  }

  private static Array plus(Array x, Array y) {
    return Arithmetic.add(x, y);
  }

  /** {@code (i32[], f64[3], f64[]) -> (f64[3], f64[3])}. */
  public static Map<String, Cond> conditionals() {
    List<Aval> avals = List.of(X, SCALAR);
    Jaxpr sines =
        program(
            avals,
            a -> {
              Array s = Elementary.sin(a.get(0));
              return List.of(times(s, a.get(1)), times(s, s));
            });
    Jaxpr products =
        program(avals, a -> List.of(times(a.get(0), a.get(0)), plus(a.get(0), a.get(1))));
    Jaxpr constants = program(avals, a -> List.of(a.get(0), a.get(0)));
    Jaxpr nested =
        program(
            avals,
            a -> {
              Array positive = Compare.gt(Reductions.sum(a.get(0), Axes.of(0)), Scalars.of(F64, 0));
              Array index = Convert.convertElementType(positive, I32);
              return Bind.bind(
                  new Cond(List.of(sines, products)), List.of(index, a.get(0), a.get(1)));
            });
    Map<String, Cond> all = new TreeMap<>();
    all.put("two branches", new Cond(List.of(sines, products)));
    all.put("three, one of them linear", new Cond(List.of(sines, constants, products)));
    all.put("one in the other", new Cond(List.of(nested, constants)));
    return all;
  }

  /**
   * {@code (f64[3], f64[], f64[3], f64[5,3]) -> (f64[3], f64[], f64[5,3])}: constant, carry, xs.
   */
  public static Map<String, Scan> scans() {
    List<Aval> avals = List.of(X, SCALAR, X, X);
    Jaxpr recurrence =
        program(
            avals,
            a -> {
              Array next = plus(times(Elementary.sin(a.get(2)), a.get(0)), a.get(3));
              Array total = plus(a.get(1), Reductions.sum(times(a.get(2), a.get(3)), Axes.of(0)));
              return List.of(total, next, times(next, a.get(0)));
            });
    Jaxpr branching =
        program(
            avals,
            a -> {
              Array positive = Compare.gt(a.get(1), Scalars.of(F64, 0.5));
              Array index = Convert.convertElementType(positive, I32);
              Cond cond = conditionals().get("two branches");
              List<Array> two = Bind.bind(cond, List.of(index, a.get(2), a.get(1)));
              Array total = Elementary.sin(plus(a.get(1), Reductions.sum(two.get(1), Axes.of(0))));
              return List.of(total, plus(two.get(0), a.get(3)), times(two.get(1), a.get(0)));
            });
    Jaxpr deep =
        program(
            avals,
            a -> {
              Scan inner = new Scan(branching, 2, true, 1, 2, 1);
              Array both = Concatenation.concatenate(List.of(row(a.get(3)), row(a.get(2))), 0);
              List<Array> outs = Bind.bind(inner, List.of(a.get(0), a.get(1), a.get(2), both));
              return List.of(outs.get(0), outs.get(1), Reductions.sum(outs.get(2), Axes.of(0)));
            });
    Map<String, Scan> all = new TreeMap<>();
    all.put("forward", new Scan(recurrence, 5, false, 1, 2, 1));
    all.put("reverse", new Scan(recurrence, 5, true, 1, 2, 1));
    all.put("two steps a turn", new Scan(recurrence, 5, false, 1, 2, 2));
    all.put("written out", new Scan(recurrence, 5, true, 1, 2, 9));
    all.put("with branches", new Scan(branching, 5, false, 1, 2, 1));
    all.put("three deep", new Scan(deep, 5, false, 1, 2, 1));
    return all;
  }

  private static Array row(Array x) {
    return Shapes.reshape(x, x.shape().insert(0, 1));
  }

  /** {@code (i32[], f64[3], i32[], f64[3]) -> (i32[], f64[3])}: limit, factor, count and value. */
  public static Map<String, While> loops() {
    Jaxpr below = program(List.of(COUNT, COUNT, X), a -> List.of(Compare.lt(a.get(1), a.get(0))));
    Jaxpr step =
        program(
            List.of(X, COUNT, X),
            a ->
                List.of(
                    plus(a.get(1), Scalars.like(a.get(1), 1)),
                    Elementary.sin(times(a.get(2), a.get(0)))));
    Jaxpr small =
        program(
            List.of(COUNT, COUNT, X),
            a -> {
              Array sum = Reductions.sum(times(a.get(2), a.get(2)), Axes.of(0));
              Array goes = Compare.lt(a.get(1), a.get(0));
              return List.of(Bits.and(goes, Compare.gt(sum, Scalars.of(F64, 0.01))));
            });
    Map<String, While> all = new TreeMap<>();
    all.put("counted", new While(below, 1, step, 1));
    all.put("until small", new While(small, 1, step, 1));
    return all;
  }
}
