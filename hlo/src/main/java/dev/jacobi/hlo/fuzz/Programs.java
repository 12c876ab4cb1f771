package dev.jacobi.hlo.fuzz;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Random programs, each a function of its seed. Rows draw operations; this class finds their
 * operands among the values that are there, or makes some that fit.
 */
public final class Programs {
  /** Draws one operation (and what it needs), and adds it to the program. */
  @FunctionalInterface
  interface Row {
    void draw(Programs p);
  }

  private static final List<Row> ROWS =
      Stream.of(
              ElementwiseRows.ALL,
              ShapeRows.ALL,
              IndexRows.ALL,
              ReductionRows.ALL,
              ControlRows.ALL,
              WindowRows.ALL,
              ConvRows.ALL,
              SpectralRows.ALL,
              OrderRows.ALL)
          .flatMap(List::stream)
          .toList();

  final Draw draw;
  final HloBuilder b = new HloBuilder();
  private final List<Value> values = new ArrayList<>();

  private Programs(Draw draw) {
    this.draw = draw;
  }

  /** The program of a seed. */
  public static HloModule of(long seed) {
    Draw draw = new Draw(seed, seed % 50 == 0 ? 200_000 : 3_000);
    Programs p = new Programs(draw);
    int params = 1 + draw.below(4);
    for (int i = 0; i < params; i++) {
      p.values.add(p.b.param(new TensorType(draw.dtype(_ -> true), draw.shape())));
    }
    int steps = 2 + draw.below(12);
    for (int i = 0; i < steps; i++) {
      draw.pick(ROWS).draw(p);
    }
    return module(p.b.build(p.results()));
  }

  /** Values for the program's parameters, a function of the seed. */
  public static List<Literal> arguments(HloModule module, long seed) {
    Draw draw = new Draw(~seed, 0);
    return module.main().inputs().stream().map(draw::literal).toList();
  }

  static HloModule module(Block body) {
    return new HloModule("fuzz", Map.of("main", new HloFunc("main", true, body)), Map.of());
  }

  /** The last value, and some others. */
  private List<Value> results() {
    List<Value> results = new ArrayList<>();
    results.add(values.getLast());
    for (int i = draw.below(3); i > 0; i--) {
      results.add(draw.pick(values));
    }
    return results.stream().distinct().toList();
  }

  /** Adds an operation; later ones may read its results, unless they are large. */
  List<Value> add(Op op) {
    List<Value> results = b.addAll(op);
    results.stream().filter(v -> v.shape().size() <= draw.most()).forEach(values::add);
    return results;
  }

  /** Any value that fits, if one does. */
  private List<Value> fitting(Predicate<Value> fits) {
    return values.stream().filter(fits).toList();
  }

  /** An array of a type that {@code takes} allows: one that is there, or one converted. */
  Value any(Predicate<DType> takes) {
    List<Value> fitting = fitting(v -> takes.test(v.dtype()));
    if (!fitting.isEmpty() && !draw.oneIn(4)) {
      return draw.pick(fitting);
    }
    return converted(draw.pick(values), draw.dtype(takes));
  }

  /** Like {@link #any}, of a rank that {@code takes} allows too. */
  Value any(Predicate<DType> takes, Predicate<Shape> fits) {
    List<Value> fitting = fitting(v -> takes.test(v.dtype()) && fits.test(v.shape()));
    if (!fitting.isEmpty()) {
      return draw.pick(fitting);
    }
    Shape shape = draw.shape();
    while (!fits.test(shape)) {
      shape = draw.shape();
    }
    return fresh(new TensorType(draw.dtype(takes), shape));
  }

  private Value converted(Value v, DType dtype) {
    return v.dtype() == dtype ? v : add(new ElementwiseOp.Convert(v, dtype)).getFirst();
  }

  /** An array of exactly this type, preferring those that are there. */
  Value like(TensorType type) {
    List<Value> same = fitting(v -> v.type().equals(type));
    if (!same.isEmpty() && !draw.oneIn(4)) {
      return draw.pick(same);
    }
    List<Value> shaped = fitting(v -> v.shape().equals(type.shape()));
    if (!shaped.isEmpty() && draw.coin()) {
      return converted(draw.pick(shaped), type.dtype());
    }
    return fresh(type);
  }

  /** An array made for the purpose: a constant, a counter or a scalar spread out. */
  Value fresh(TensorType type) {
    Shape shape = type.shape();
    int kind = draw.below(4);
    if (kind == 0 && !shape.isScalar() && !type.dtype().isBool()) {
      return b.add(new ElementwiseOp.Iota(type, draw.below(shape.rank())));
    }
    if (kind == 1 || shape.size() > 500) {
      Value scalar = scalar(type.dtype());
      return shape.isScalar()
          ? scalar
          : b.add(new ShapeOp.BroadcastInDim(scalar, Axes.of(), shape));
    }
    return constant(type);
  }

  Value constant(TensorType type) {
    return b.constant(draw.literal(type));
  }

  /** A scalar of this type. */
  Value scalar(DType dtype) {
    List<Value> scalars = fitting(v -> v.dtype() == dtype && v.shape().isScalar());
    return !scalars.isEmpty() && draw.coin()
        ? draw.pick(scalars)
        : constant(TensorType.scalar(dtype));
  }

  /** A scalar index, within bounds or not. */
  Value index(DType dtype, long bound) {
    return draw.oneIn(4)
        ? scalar(dtype)
        : b.constant(Literal.scalar(dtype, draw.between(-1, Math.min(bound, 100))));
  }
}
