package dev.jacobi.lax;

import static dev.jacobi.hlo.DType.C128;
import static dev.jacobi.hlo.DType.F32;

import dev.jacobi.Array;
import dev.jacobi.hlo.ElementwiseOp.Direction;
import dev.jacobi.hlo.Shape;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.transform.ReducerSamples;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Operands of cumulative functions, of reductions of windows, and of general reductions. */
final class WindowSamples {
  private final List<Sample> rows = new ArrayList<>();

  private WindowSamples() {}

  static List<Sample> all() {
    WindowSamples samples = new WindowSamples();
    samples.cumulations();
    samples.windows();
    samples.selections();
    samples.reducers();
    return samples.rows;
  }

  private void add(String label, Primitive p, Function<Draw, List<Array>> operands) {
    rows.add(Sample.of(label, p, operands));
  }

  private void one(String label, Primitive p, long... sizes) {
    add(label, p, d -> List.of(d.f64(-2, 2, sizes)));
  }

  private static List<Primitive> cumulations(int axis, boolean reverse) {
    return List.of(
        new Cumulative.Cumsum(axis, reverse),
        new Cumulative.Cumprod(axis, reverse),
        new Cumulative.Cummax(axis, reverse),
        new Cumulative.Cummin(axis, reverse),
        new Cumulative.Cumlogsumexp(axis, reverse));
  }

  private void cumulations() {
    for (boolean reverse : new boolean[] {false, true}) {
      for (int axis = 0; axis < 2; axis++) {
        for (Primitive p : cumulations(axis, reverse)) {
          one("axis " + axis + (reverse ? " reverse" : ""), p, 5, 4);
        }
      }
      cumulations(0, reverse).forEach(p -> one("empty", p, 0));
      cumulations(1, reverse).forEach(p -> one("single", p, 2, 1));
      for (Primitive p : cumulations(0, reverse)) {
        add("f32", p, d -> List.of(d.of(F32, -2, 2, 7)));
      }
    }
    for (Primitive p : cumulations(0, false).subList(0, 4)) {
      add("i32", p, d -> List.of(d.i32(-3, 3, 6)));
    }
    add("c128", new Cumulative.Cumsum(0, true), d -> List.of(d.of(C128, -2, 2, 3)));
    add("c128", new Cumulative.Cumprod(0, false), d -> List.of(d.of(C128, -2, 2, 3)));
    add("c128", new Cumulative.Cumlogsumexp(0, false), d -> List.of(d.of(C128, -1, 1, 3)));
  }

  private static List<Window> shapes() {
    return List.of(
        Window.of(2, 3),
        Window.of(2, 2).withStrides(2, 1).withPadding(new long[][] {{0, 1}, {1, 0}}),
        Window.of(3, 2).withStrides(2, 3).withSamePadding(Shape.of(5, 4)),
        Window.of(2, 2).withPadding(new long[][] {{-1, 1}, {1, -1}}),
        Window.of(1, 1));
  }

  private static List<Window> dilated() {
    return List.of(
        Window.of(2, 2).withBaseDilation(2, 3).withPadding(new long[][] {{1, 0}, {0, 1}}),
        Window.of(2, 3).withWindowDilation(3, 1).withStrides(1, 2));
  }

  private void windows() {
    for (Window w : shapes()) {
      one(w.toString(), new Windows.ReduceWindowSum(w), 5, 4);
      one(w.toString(), new Windows.ReduceWindowMax(w), 5, 4);
      one(w.toString(), new Windows.ReduceWindowMin(w), 5, 4);
    }
    for (Window w : dilated()) {
      one(w.toString(), new Windows.ReduceWindowSum(w), 5, 4);
      // some cover nothing, and none has a transpose if the window is dilated
      add(w.toString(), new Windows.ReduceWindowMax(w), d -> List.of(d.i32(-9, 9, 5, 4)));
      add(w.toString(), new Windows.ReduceWindowMin(w), d -> List.of(d.i32(-9, 9, 5, 4)));
    }
    one("scalar", new Windows.ReduceWindowSum(Window.of()));
    one("no stop", new Windows.ReduceWindowMax(Window.of(3)), 2);
    add("i32", new Windows.ReduceWindowSum(Window.of(3)), d -> List.of(d.i32(-9, 9, 7)));
    add("i32", new Windows.ReduceWindowMin(Window.of(3)), d -> List.of(d.i32(-9, 9, 7)));
    add("c128", new Windows.ReduceWindowSum(Window.of(2)), d -> List.of(d.of(C128, -2, 2, 4)));
  }

  private void selections() {
    for (Direction direction : List.of(Direction.GE, Direction.LE)) {
      for (Window w : shapes()) {
        long[] stops = w.stops("sample", Shape.of(5, 4)).toArray();
        rows.add(
            Sample.of(
                w.toString(),
                new Windows.SelectAndScatterAdd(direction, w),
                d -> List.of(d.f64(-2, 2, stops), d.f64(-2, 2, 5, 4))));
        gather(direction, w);
      }
      gather(direction, dilated().getFirst());
    }
    // a window without a transpose: integers have none to ask for
    add(
        "dilated i32",
        new Windows.SelectAndGatherAdd(Direction.GE, dilated().getLast()),
        d -> List.of(d.i32(-9, 9, 5, 4), d.i32(-9, 9, 5, 4)));
  }

  private void gather(Direction direction, Window w) {
    add(
        w.toString(),
        new Windows.SelectAndGatherAdd(direction, w),
        d -> List.of(d.f64(-2, 2, 5, 4), d.f64(-2, 2, 5, 4)));
  }

  /** Their derivatives are in {@link ReducerSamples}: not in initial values, and not transposed. */
  private void reducers() {
    ReducerSamples.all()
        .forEach(
            p ->
                add(
                    "i32",
                    p,
                    d ->
                        List.of(d.i32(-9, 9, 4, 3), d.i32(-9, 9, 4, 3), d.i32(0, 1), d.i32(0, 1))));
  }
}
