package dev.jacobi.lax;

import static dev.jacobi.hlo.DType.BOOL;
import static dev.jacobi.hlo.DType.C128;
import static dev.jacobi.hlo.DType.F32;
import static dev.jacobi.hlo.DType.F64;
import static dev.jacobi.hlo.DType.I32;
import static dev.jacobi.hlo.DType.I64;
import static dev.jacobi.hlo.DType.U32;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.IndexOp.GatherDims;
import dev.jacobi.hlo.IndexOp.ScatterDims;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.ReductionOp.DotDims;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.SpectralOp.FftType;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.random.RandomPrimitives;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Operands of the primitives that move, join, reduce or index. */
final class StructuralSamples {
  private static final Axes NONE = Axes.of();

  private final List<Sample> rows = new ArrayList<>();

  private StructuralSamples() {}

  static List<Sample> all() {
    StructuralSamples samples = new StructuralSamples();
    samples.shapes();
    samples.stacks();
    samples.slices();
    samples.reductions();
    samples.orders();
    samples.dots();
    samples.transforms();
    samples.gathers();
    samples.rows.addAll(ConvSamples.all());
    samples.rows.addAll(RaggedSamples.all());
    samples.scatters();
    samples.keys();
    return samples.rows;
  }

  private void add(String label, Primitive p, Function<Draw, List<Array>> operands) {
    rows.add(Sample.of(label, p, operands));
  }

  /** One f64 operand between -2 and 2. */
  private void one(String label, Primitive p, long... sizes) {
    add(label, p, d -> List.of(d.f64(-2, 2, sizes)));
  }

  private void shapes() {
    one("new dimensions", new Shapes.BroadcastInDim(Shape.of(2, 3, 4), Axes.of(1)), 3);
    one("stretched", new Shapes.BroadcastInDim(Shape.of(2, 3), Axes.of(0, 1)), 1, 3);
    one("scalar", new Shapes.BroadcastInDim(Shape.of(2, 3), NONE));
    one("matrix", new Shapes.Reshape(Shape.of(3, 2)), 2, 3);
    one("to scalar", new Shapes.Reshape(Shape.scalar()), 1, 1);
    one("empty", new Shapes.Reshape(Shape.of(0, 2)), 3, 0);
    one("three", new Shapes.Transpose(Axes.of(2, 0, 1)), 2, 3, 4);
    one("both ends", new Shapes.Squeeze(Axes.of(0, 2)), 1, 3, 1);
    add("i32", new Shapes.Iota(I32, Shape.of(2, 3), 1), d -> List.of());
    add("f64", new Shapes.Iota(F64, Shape.of(4), 0), d -> List.of());
    one("f64", new Sizes.DimensionSize(1), 2, 3);
    one("empty", new Sizes.DimensionSize(0), 0, 3);
    one("all", new Concatenation.Rev(Axes.of(0, 1)), 2, 3);
    add(
        "three",
        new Concatenation.Concatenate(1),
        d -> List.of(d.f64(-2, 2, 2, 1), d.f64(-2, 2, 2, 3), d.f64(-2, 2, 2, 0)));
    add(
        "i64",
        new Concatenation.Concatenate(0),
        d -> List.of(d.of(I64, 0, 9, 2), d.of(I64, 0, 9, 3)));
  }

  private void stacks() {
    for (int axis = 0; axis < 3; axis++) {
      add(
          "along " + axis,
          new Stacking.Stack(axis),
          d -> List.of(d.f64(-2, 2, 2, 3), d.f64(-2, 2, 2, 3)));
    }
    add("scalars", new Stacking.Stack(0), d -> List.of(d.f64(-2, 2), d.f64(-2, 2), d.f64(-2, 2)));
    one("one", new Stacking.Stack(1), 3);
    add("c128", new Stacking.Stack(1), d -> List.of(d.of(C128, -2, 2, 2), d.of(C128, -2, 2, 2)));
    one("first", new Stacking.Unstack(0), 3, 2);
    one("second", new Stacking.Unstack(1), 3, 2);
    one("vector", new Stacking.Unstack(0), 4);
    one("first", new Stacking.Split(0, Longs.of(1, 3, 0)), 4, 2);
    one("second", new Stacking.Split(1, Longs.of(2, 2)), 3, 4);
    one("whole", new Stacking.Split(0, Longs.of(3)), 3);
    one("matrix", new Stacking.Tile(Longs.of(2, 3)), 3, 2);
    one("none", new Stacking.Tile(Longs.of(0)), 3);
    one("scalar", new Stacking.Tile(Longs.of()));
    add("keys", new Stacking.Stack(1), d -> List.of(keys(d), keys(d)));
    add("keys", new Stacking.Split(0, Longs.of(1, 1)), d -> List.of(keys(d)));
    add("keys", new Stacking.Unstack(0), d -> List.of(keys(d)));
    add("keys", new Stacking.Tile(Longs.of(3)), d -> List.of(keys(d)));
  }

  private void slices() {
    one("strided", new Slices.Slice(Longs.of(1, 0), Longs.of(5, 3), Longs.of(2, 1)), 6, 3);
    one("nothing", new Slices.Slice(Longs.of(2), Longs.of(2), Longs.of(1)), 3);
    Longs low = Longs.of(1, -1);
    pad("edges, trimmed, interior", new Slices.Pad(low, Longs.of(0, 2), Longs.of(2, 0)), 2, 3);
    pad("empty", new Slices.Pad(Longs.of(1), Longs.of(1), Longs.of(1)), 0);
    add(
        "matrix",
        new DynamicSlices.DynamicSlice(Longs.of(2, 1)),
        d -> List.of(d.f64(-2, 2, 3, 4), d.i32(0, 3), d.i32(0, 3)));
    add(
        "matrix",
        new DynamicSlices.DynamicUpdateSlice(),
        d -> List.of(d.f64(-2, 2, 3, 4), d.f64(-2, 2, 2, 1), d.i32(0, 3), d.i32(0, 3)));
  }

  private void pad(String label, Slices.Pad pad, long... sizes) {
    add(label, pad, d -> List.of(d.f64(-2, 2, sizes), d.f64(-2, 2)));
  }

  private void reductions() {
    for (Axes axes : List.of(Axes.of(0), Axes.of(1, 2), Axes.of(0, 1, 2), NONE)) {
      one(axes.toString(), new Reductions.ReduceSum(axes), 2, 3, 4);
      one(axes.toString(), new Reductions.ReduceProd(axes), 2, 3, 4);
      one(axes.toString(), new Reductions.ReduceMax(axes), 2, 3, 4);
      one(axes.toString(), new Reductions.ReduceMin(axes), 2, 3, 4);
      for (DType t : new DType[] {BOOL, I32, U32}) {
        String label = axes + " " + t.shortName();
        add(label, new Reductions.ReduceAnd(axes), d -> List.of(d.of(t, 0, 1, 2, 2, 2)));
        add(label, new Reductions.ReduceOr(axes), d -> List.of(d.of(t, 0, 1, 2, 2, 2)));
        add(label, new Reductions.ReduceXor(axes), d -> List.of(d.of(t, 0, 1, 2, 2, 2)));
      }
    }
    one("empty", new Reductions.ReduceSum(Axes.of(1)), 2, 0);
    one("empty", new Reductions.ReduceProd(Axes.of(1)), 2, 0);
    add("c128", new Reductions.ReduceSum(Axes.of(0)), d -> List.of(d.of(C128, -2, 2, 3)));
    add("c128", new Reductions.ReduceProd(Axes.of(0)), d -> List.of(d.of(C128, -2, 2, 3)));
    add("i32", new Reductions.ReduceMax(Axes.of(0)), d -> List.of(d.i32(-9, 9, 4)));
    for (boolean greatest : new boolean[] {true, false}) {
      for (int axis = 0; axis < 2; axis++) {
        Axes axes = Axes.of(axis);
        Sample row =
            Sample.of(
                "axis " + axis + ", ties",
                new ArgReductions.ArgReduce(greatest, axes, I32),
                d -> List.of(d.i32(0, 2, 3, 4)));
        rows.add(row);
      }
      one("f64", new ArgReductions.ArgReduce(greatest, Axes.of(0), I64), 5);
    }
  }

  private void orders() {
    for (int d = 0; d < 3; d++) {
      one("along " + d, new Sort.SortOp(d, true, 1), 2, 3, 4);
      one("along " + d, new Sort.TopK(d, 2), 2, 3, 4);
    }
    for (DType t : new DType[] {BOOL, I32, U32, F32, C128}) {
      add(t.shortName(), new Sort.SortOp(0, true, 1), d -> List.of(d.of(t, 0, 3, 7)));
    }
    for (DType t : new DType[] {BOOL, I32, U32, F32}) {
      add(t.shortName() + ", ties", new Sort.TopK(0, 5), d -> List.of(d.of(t, 0, 2, 7)));
    }
    one("empty", new Sort.SortOp(1, false, 1), 2, 0);
    one("none", new Sort.TopK(1, 0), 2, 3);
    add(
        "two keys, ties, and what moves with them",
        new Sort.SortOp(1, true, 2),
        d -> List.of(d.i32(0, 2, 2, 5), d.f64(-2, 2, 2, 5), d.f64(-2, 2, 2, 5)));
    add(
        "one key of two",
        new Sort.SortOp(0, true, 1),
        d -> List.of(d.f64(-2, 2, 4, 2), d.of(C128, -2, 2, 4, 2)));
  }

  private void dots() {
    dot("matrix matrix", dims(NONE, NONE, Axes.of(1), Axes.of(0)), s(2, 3), s(3, 4));
    dot("inner", dims(NONE, NONE, Axes.of(0), Axes.of(0)), s(5), s(5));
    dot("outer", dims(NONE, NONE, NONE, NONE), s(2), s(3));
    DotDims odd = dims(Axes.of(2), Axes.of(1), Axes.of(0), Axes.of(2));
    dot("batch in odd places", odd, s(3, 2, 4), s(5, 4, 3));
    DotDims crossed = dims(NONE, NONE, Axes.of(0, 2), Axes.of(2, 1));
    dot("two contracted, crossed", crossed, s(2, 3, 4), s(5, 4, 2));
    dot("empty", dims(NONE, NONE, Axes.of(1), Axes.of(0)), s(2, 0), s(0, 3));
    DotDims matmul = dims(NONE, NONE, Axes.of(1), Axes.of(0));
    add("i32", product(matmul, I32), d -> List.of(d.i32(-9, 9, 2, 3), d.i32(-9, 9, 3, 2)));
    add(
        "f32 to f64",
        product(matmul, F64),
        d -> List.of(d.of(F32, -2, 2, 2, 3), d.of(F32, -2, 2, 3, 2)));
    add("i32 and f64", product(matmul, F64), d -> List.of(d.i32(-9, 9, 2, 3), d.f64(-2, 2, 3, 2)));
    add(
        "c128",
        product(matmul, C128),
        d -> List.of(d.of(C128, -2, 2, 2, 3), d.of(C128, -2, 2, 3, 2)));
  }

  private static DotDims dims(Axes xBatch, Axes yBatch, Axes xContract, Axes yContract) {
    return new DotDims(xBatch, yBatch, xContract, yContract);
  }

  private static long[] s(long... sizes) {
    return sizes;
  }

  private static Dot.DotGeneral product(DotDims dims, DType preferred) {
    return new Dot.DotGeneral(dims, Optional.empty(), Optional.of(preferred));
  }

  private void dot(String label, DotDims dims, long[] x, long[] y) {
    add(label, product(dims, F64), d -> List.of(d.f64(-2, 2, x), d.f64(-2, 2, y)));
  }

  private void transforms() {
    for (long n : new long[] {1, 2, 5, 8}) {
      Longs length = Longs.of(n);
      add("of " + n, new Fft.FftOp(FftType.FFT, length), d -> List.of(d.of(C128, -2, 2, 2, n)));
      add("of " + n, new Fft.FftOp(FftType.IFFT, length), d -> List.of(d.of(C128, -2, 2, n)));
      one("real of " + n, new Fft.FftOp(FftType.RFFT, length), 3, n);
      add(
          "to real of " + n,
          new Fft.FftOp(FftType.IRFFT, length),
          d -> List.of(d.of(C128, -2, 2, 2, n / 2 + 1)));
    }
    one("two dimensions", new Fft.FftOp(FftType.RFFT, Longs.of(3, 4)), 2, 3, 4);
    add(
        "two dimensions",
        new Fft.FftOp(FftType.IRFFT, Longs.of(3, 5)),
        d -> List.of(d.of(C128, -2, 2, 3, 3)));
  }

  private void gathers() {
    GatherDims rowsOf = new GatherDims(Axes.of(1), Axes.of(0), NONE, NONE, Axes.of(0), 1);
    for (GatherScatterMode mode : GatherScatterMode.values()) {
      add(
          "rows " + mode,
          new Gather.GatherOp(rowsOf, Longs.of(1, 3), mode, false, false, null),
          d -> List.of(d.f64(-2, 2, 4, 3), d.i32(0, 3, 5, 1)));
    }
    add(
        "out of bounds filled",
        new Gather.GatherOp(
            rowsOf, Longs.of(1, 3), GatherScatterMode.FILL_OR_DROP, false, false, 7.0),
        d -> List.of(d.f64(-2, 2, 4, 3), d.i32(-3, 6, 5, 1)));
    GatherDims boxes = new GatherDims(Axes.of(0, 2), NONE, NONE, NONE, Axes.of(1, 0), 1);
    add(
        "boxes clipped",
        new Gather.GatherOp(boxes, Longs.of(2, 2), GatherScatterMode.CLIP, false, false, null),
        d -> List.of(d.f64(-2, 2, 4, 3), d.i32(-1, 5, 3, 2)));
    GatherDims batched = new GatherDims(NONE, Axes.of(1), Axes.of(0), Axes.of(0), Axes.of(1), 2);
    add(
        "batching dimension",
        new Gather.GatherOp(batched, Longs.of(1, 1), GatherScatterMode.CLIP, false, false, null),
        d -> List.of(d.f64(-2, 2, 3, 4), d.i32(0, 3, 3, 2, 1)));
  }

  private void scatters() {
    ScatterDims rowsOf = new ScatterDims(Axes.of(1), Axes.of(0), NONE, NONE, Axes.of(0), 1);
    for (Scatter.Kind kind : Scatter.Kind.values()) {
      boolean unique = kind == Scatter.Kind.MUL;
      for (GatherScatterMode mode :
          List.of(GatherScatterMode.CLIP, GatherScatterMode.FILL_OR_DROP)) {
        add(
            "rows " + mode,
            new Scatter.ScatterOp(kind, rowsOf, mode, false, unique),
            d ->
                List.of(
                    d.f64(0.5, 2, 4, 3),
                    unique ? d.places(4, 3) : d.i32(0, 3, 3, 1),
                    d.f64(0.5, 2, 3, 3)));
      }
      add(
          "dropped i32",
          new Scatter.ScatterOp(kind, rowsOf, GatherScatterMode.FILL_OR_DROP, false, false),
          d -> List.of(d.i32(0, 9, 4, 3), d.i32(-3, 6, 5, 1), d.i32(0, 9, 5, 3)));
    }
    add(
        "unique rows",
        new Scatter.ScatterOp(Scatter.Kind.SET, rowsOf, GatherScatterMode.CLIP, false, true),
        d -> List.of(d.f64(-2, 2, 4, 3), d.places(4, 2), d.f64(-2, 2, 2, 3)));
    ScatterDims batched = new ScatterDims(NONE, Axes.of(1), Axes.of(0), Axes.of(0), Axes.of(1), 2);
    add(
        "batching dimension",
        new Scatter.ScatterOp(Scatter.Kind.ADD, batched, GatherScatterMode.CLIP, false, false),
        d -> List.of(d.f64(-2, 2, 3, 4), d.i32(0, 3, 3, 2, 1), d.f64(-2, 2, 3, 2)));
  }

  private void keys() {
    for (Primitive p : RandomPrimitives.all()) {
      add(
          "keys",
          p,
          switch (p.name()) {
            case "random_seed" -> d -> List.of(d.of(I64, 0, 999, 2));
            case "random_wrap" -> d -> List.of(d.of(U32, 0, 999, 2, 2));
            case "rng_bit_generator" -> d -> List.of(d.of(U32, 0, 999, 4));
            case "random_fold_in" -> d -> List.of(keys(d), d.of(U32, 0, 9, 2));
            case "random_gamma" -> d -> List.of(keys(d), d.of(F32, 0.3, 3, 2, 3));
            default -> d -> List.of(keys(d));
          });
      if (p.name().equals("random_fold_in")) {
        add("one number", p, d -> List.of(keys(d), d.of(U32, 0, 9)));
      }
    }
    add("keys", new Shapes.Reshape(Shape.of(1, 2)), d -> List.of(keys(d)));
    add("keys", new Slices.Slice(Longs.of(1), Longs.of(2), Longs.of(1)), d -> List.of(keys(d)));
  }

  private static Array keys(Draw d) {
    return RandomPrimitives.wrap(d.of(U32, 0, 999, 2, 2));
  }
}
