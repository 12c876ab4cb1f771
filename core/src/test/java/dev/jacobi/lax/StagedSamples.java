package dev.jacobi.lax;

import static dev.jacobi.hlo.DType.BF16;
import static dev.jacobi.hlo.DType.BOOL;
import static dev.jacobi.hlo.DType.C128;
import static dev.jacobi.hlo.DType.F32;
import static dev.jacobi.hlo.DType.F64;
import static dev.jacobi.hlo.DType.I32;
import static dev.jacobi.hlo.DType.U32;
import static dev.jacobi.hlo.DType.U8;

import dev.jacobi.Array;
import dev.jacobi.control.ControlSamples;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.IndexOp.ScatterDims;
import dev.jacobi.hlo.Shape;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.remat.CheckpointName;
import dev.jacobi.remat.RematSamples;
import dev.jacobi.transform.ApproxTopK;
import dev.jacobi.transform.Reducers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Operands of primitives that choose, search, hold a program, or speak to the compiler. */
final class StagedSamples {
  private final List<Sample> rows = new ArrayList<>();

  private StagedSamples() {}

  static List<Sample> all() {
    StagedSamples samples = new StagedSamples();
    samples.accuracies();
    samples.products();
    samples.cases();
    samples.barriers();
    samples.scatters();
    samples.searches();
    samples.control();
    samples.checkpoints();
    return samples.rows;
  }

  private void add(String label, Primitive p, Function<Draw, List<Array>> operands) {
    rows.add(Sample.of(label, p, operands));
  }

  private void accuracies() {
    List<ResultAccuracy> all =
        List.of(AccuracyMode.HIGHEST, AccuracyMode.DEFAULT, new Tolerance(1e-3, 1e-3, 8));
    for (Accurate.Function function : Accurate.Function.values()) {
      for (ResultAccuracy accuracy : all) {
        var p = new Accurate.WithAccuracy(function, accuracy);
        add(accuracy + " f64", p, d -> List.of(d.f64(0.3, 1.2, 2, 3)));
      }
      var highest = new Accurate.WithAccuracy(function, AccuracyMode.HIGHEST);
      add("scalar", highest, d -> List.of(d.f64(0.3, 1.2)));
      if (function != Accurate.Function.CBRT) {
        add("c128", highest, d -> List.of(d.of(C128, 0.3, 0.9, 3)));
      }
    }
  }

  private void products() {
    for (DType out : new DType[] {F32, F64, C128}) {
      var p = new Arithmetic.ProductIn(out);
      String label = "in " + out.shortName();
      add(label, p, d -> List.of(d.of(F32, -2, 2, 2, 3), d.of(F32, -2, 2, 2, 3)));
      add(label + " with a scalar", p, d -> List.of(d.of(F32, -2, 2, 4), d.f64(-2, 2)));
    }
    add("i32", new Arithmetic.ProductIn(I32), d -> List.of(d.of(U8, 0, 9, 3), d.of(U8, 0, 9, 3)));
    add("bf16", new Arithmetic.ProductIn(F32), d -> List.of(d.of(BF16, 1, 2), d.of(BF16, 1, 2)));
  }

  private void cases() {
    var select = new Compare.SelectN();
    for (DType which : new DType[] {I32, U8}) {
      String label = "four by " + which.shortName();
      add(label, select, d -> which(d.of(which, 0, 3, 2, 3), d, 4));
      add(label + " scalar", select, d -> which(d.of(which, 0, 3), d, 4));
    }
    add("one", select, d -> which(d.of(BOOL, 0, 1, 2, 3), d, 1));
    add("beyond", select, d -> which(d.i32(-2, 5, 2, 3), d, 3));
  }

  private static List<Array> which(Array which, Draw d, int cases) {
    List<Array> operands = new ArrayList<>();
    operands.add(which);
    for (int i = 0; i < cases; i++) {
      operands.add(d.f64(-2, 2, 2, 3));
    }
    return operands;
  }

  private void barriers() {
    var barrier = new Barrier.OptimizationBarrier();
    add("f64", barrier, d -> List.of(d.f64(-2, 2, 2, 3)));
    add("two shapes", barrier, d -> List.of(d.f64(-2, 2), d.of(C128, -2, 2, 3)));
    add("with i32", barrier, d -> List.of(d.f64(-2, 2, 2), d.i32(0, 9, 3), d.of(BOOL, 0, 1)));
    add("empty", barrier, d -> List.of(d.f64(-2, 2, 0)));
    add("f32", new Barrier.Empty(F32, Shape.of(2, 3)), d -> List.of());
    add("scalar", new Barrier.Empty(BOOL, Shape.scalar()), d -> List.of());
  }

  private void scatters() {
    ScatterDims rowsOf =
        new ScatterDims(Axes.of(1), Axes.of(0), Axes.of(), Axes.of(), Axes.of(0), 1);
    for (DType t : new DType[] {I32, U32}) {
      for (GatherScatterMode mode : GatherScatterMode.values()) {
        var places = new Scatter.ScatterOp(Scatter.Kind.SET, rowsOf, mode, false, false);
        var p = new ScatterApply(places, Reducers.updateBody(t, x -> x.times(x).plus(1)));
        add(
            "rows " + mode + " " + t.shortName(),
            p,
            d -> List.of(d.of(t, 0, 9, 4, 3), d.i32(0, 3, 5, 1), d.of(t, 0, 0, 5, 3)));
      }
    }
  }

  private void control() {
    ControlSamples.conditionals()
        .forEach(
            (label, cond) -> {
              int last = cond.branches().size() - 1;
              add(label, cond, d -> List.of(d.i32(0, last), d.f64(-2, 2, 3), d.f64(-2, 2)));
            });
    ControlSamples.scans()
        .forEach(
            (label, scan) ->
                add(
                    label,
                    scan,
                    d ->
                        List.of(
                            d.f64(0.5, 1, 3), d.f64(-1, 1), d.f64(-1, 1, 3), d.f64(-1, 1, 5, 3))));
    ControlSamples.loops()
        .forEach(
            (label, loop) ->
                add(
                    label,
                    loop,
                    d -> List.of(d.i32(3, 6), d.f64(0.5, 1, 3), d.i32(0, 1), d.f64(1, 2, 3))));
  }

  private void checkpoints() {
    RematSamples.all()
        .forEach((label, call) -> add(label, call, d -> List.of(d.f64(-2, 2, 3), d.f64(-2, 2))));
    var name = new CheckpointName("a");
    add("f64", name, d -> List.of(d.f64(-2, 2, 2, 3)));
    add("i32", name, d -> List.of(d.i32(0, 9)));
    add("empty", name, d -> List.of(d.of(C128, -2, 2, 0)));
  }

  private void searches() {
    for (boolean isMaxK : new boolean[] {true, false}) {
      for (int axis : new int[] {0, 1, -1}) {
        add(
            "along " + axis,
            new ApproxTopK(true, isMaxK, 2, 0.95, axis, -1),
            d -> List.of(d.f64(-2, 2, 3, 4, 5)));
      }
      add(
          "ties",
          new ApproxTopK(true, isMaxK, 4, 0.5, 0, -1),
          d -> List.of(Convert.convertElementType(d.i32(0, 3, 7), F32)));
      add(
          "all candidates",
          new ApproxTopK(false, isMaxK, 2, 0.9, 1, 300),
          d -> List.of(d.f64(-2, 2, 2, 300)));
    }
  }
}
