package dev.jacobi.hlo.fuzz;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
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
              ElementwiseRows.ALL, // most programs are mostly these
              ElementwiseRows.ALL,
              ShapeRows.ALL,
              ShapeRows.ALL,
              IndexRows.ALL,
              ReductionRows.ALL,
              ControlRows.ALL,
              LaneRows.ALL,
              WindowRows.ALL,
              ConvRows.ALL,
              LinalgRows.TRANSFORMS,
              OrderRows.ALL,
              DynamicRows.ALL,
              WrittenOutRows.ALL,
              LinalgRows.ALL)
          .flatMap(List::stream)
          .toList();

  final Draw draw;
  final HloBuilder b = new HloBuilder();

  /** How deep regions and calls may still nest. */
  final int depth;

  private final Map<String, HloFunc> funcs;
  private final List<Value> values = new ArrayList<>();
  private List<Value> params = List.of();
  private Optional<Op> last = Optional.empty();
  private int outer; // values that an enclosing block has made

  private Programs(Draw draw, int depth, Map<String, HloFunc> funcs) {
    this.draw = draw;
    this.depth = depth;
    this.funcs = funcs;
  }

  /** The program of a seed. */
  public static HloModule of(long seed) {
    Draw draw = new Draw(seed, seed % 50 == 0 ? 200_000 : 3_000);
    Programs p = new Programs(draw, 2, new LinkedHashMap<>());
    int params = 1 + draw.below(4);
    for (int i = 0; i < params; i++) {
      p.values.add(p.b.param(new TensorType(draw.dtype(_ -> true), draw.shape())));
    }
    p.steps(2 + draw.below(12));
    Block body = p.b.build(p.results());
    List<Map<String, String>> none = Collections.nCopies(body.results().size(), Map.of());
    p.funcs.put("main", new HloFunc("main", true, body, donations(draw, body), none));
    return new HloModule("fuzz", p.funcs, Map.of());
  }

  private void steps(int n) {
    for (int i = 0; i < n; i++) {
      draw.pick(ROWS).draw(this);
    }
  }

  /** Values for the program's parameters, a function of the seed. */
  public static List<Literal> arguments(HloModule module, long seed) {
    Draw draw = new Draw(~seed, 0);
    return module.main().inputs().stream().map(draw::literal).toList();
  }

  /** The last value, and some others, now and then one twice. */
  private List<Value> results() {
    List<Value> results = new ArrayList<>();
    results.add(values.getLast());
    for (int i = draw.below(3); i > 0; i--) {
      results.add(draw.pick(values));
    }
    return draw.oneIn(4) ? results : results.stream().distinct().toList();
  }

  /** Some parameters of some programs may be written over, for a certain result or for any. */
  private static List<Map<String, String>> donations(Draw draw, Block body) {
    List<TensorType> free = new ArrayList<>(body.resultTypes());
    List<Map<String, String>> attrs = new ArrayList<>();
    boolean donates = draw.oneIn(4);
    for (Value param : body.params()) {
      int k = free.indexOf(param.type());
      if (!donates || draw.coin()) {
        attrs.add(Map.of());
      } else if (k >= 0 && draw.coin()) {
        free.set(k, null);
        attrs.add(Map.of("tf.aliasing_output", k + " : i32"));
      } else {
        attrs.add(Map.of("jax.buffer_donor", "true"));
      }
    }
    return attrs;
  }

  /** A program of one function, and what it calls. */
  static HloModule module(Block body, Map<String, HloFunc> funcs) {
    Map<String, HloFunc> all = new LinkedHashMap<>();
    all.put("main", new HloFunc("main", true, body));
    called(body, funcs, all);
    return new HloModule("fuzz", all, Map.of());
  }

  private static void called(Block body, Map<String, HloFunc> funcs, Map<String, HloFunc> all) {
    for (Instr instr : body.instrs()) {
      instr.op().regions().forEach(r -> called(r, funcs, all));
      String name =
          switch (instr.op()) {
            case ControlOp.Call o -> o.callee();
            case ControlOp.Composite o -> o.decomposition();
            default -> null;
          };
      if (name != null && !all.containsKey(name)) {
        all.put(name, funcs.get(name));
        called(funcs.get(name).body(), funcs, all);
      }
    }
  }

  /** A block within this program, with parameters; it sees the values around it, or none. */
  Programs inner(List<TensorType> params, boolean sees) {
    Programs p = new Programs(draw, depth - 1, funcs);
    if (sees) {
      p.values.addAll(values);
    }
    p.outer = p.values.size();
    p.params = params.stream().map(p.b::param).toList();
    p.values.addAll(p.params);
    p.steps(1 + draw.below(3));
    return p;
  }

  /** The parameters of an inner block. */
  List<Value> params() {
    return params;
  }

  /** A result for this block, of its own values if one fits. */
  Value result(TensorType type) {
    List<Value> own =
        values.subList(outer, values.size()).stream().filter(v -> v.type().equals(type)).toList();
    return own.isEmpty() ? like(type) : draw.coin() ? own.getLast() : draw.pick(own);
  }

  /** A function of parameters of these types: an old one, or a new one. */
  HloFunc function(List<TensorType> params) {
    List<HloFunc> fitting = funcs.values().stream().filter(f -> f.inputs().equals(params)).toList();
    if (!fitting.isEmpty()) {
      return draw.pick(fitting);
    }
    Programs p = inner(params, false);
    HloFunc f = new HloFunc("f" + funcs.size(), false, p.b.build(p.results()));
    funcs.put(f.name(), f);
    return f;
  }

  /** Adds an operation; later ones may read its results, unless they are large. */
  List<Value> add(Op op) {
    return add(op, _ -> true);
  }

  /** Adds an operation of whose results later ones may read some. */
  List<Value> add(Op op, IntPredicate seen) {
    List<Value> results = b.addAll(op);
    last = Optional.of(op);
    for (int k = 0; k < results.size(); k++) {
      if (seen.test(k) && results.get(k).shape().size() <= draw.most()) {
        values.add(results.get(k));
      }
    }
    return results;
  }

  /** The operation that a row adds last, if it adds one. */
  Optional<Op> drawn(Row row) {
    last = Optional.empty();
    row.draw(this);
    return last;
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
