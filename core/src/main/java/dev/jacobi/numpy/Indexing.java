package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.Index;
import dev.jacobi.Mode;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Concatenation;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.DynamicSlices;
import dev.jacobi.lax.GatherScatterMode;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Scatter;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Slices;
import dev.jacobi.trace.ConcreteArray;
import dev.jacobi.trace.Context;
import dev.jacobi.trace.NullArgumentException;
import dev.jacobi.trace.ScalarArray;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reading and updating at indices, by JAX's choice of primitives: slices for static indices, a
 * dynamic slice for scalars, gather and scatter for the rest.
 */
public final class Indexing {
  private Indexing() {}

  /**
   * @param mode what happens out of bounds; null is an error
   * @param flag reading: whether a missing mode fills; updating: whether places are distinct
   * @param fill what reading gives out of bounds; null for JAX's choice
   */
  public record Bounds(@Nullable Mode mode, boolean flag, @Nullable Double fill) {
    static final Bounds PLAIN = new Bounds(null, false, null);

    boolean fills() {
      return mode == Mode.FILL || mode == Mode.DROP || mode == null && flag;
    }
  }

  /** The elements at a place. */
  public static Array get(Array x, List<Index> place, Bounds bounds) {
    List<Index> entries = Entries.expand(x, place);
    Entries.checkBounds(x, entries, bounds.mode());
    boolean arrays = entries.stream().anyMatch(Entries::isVector);
    boolean scalars = entries.stream().anyMatch(e -> e instanceof Index.Positions);
    boolean steps = entries.stream().anyMatch(e -> e instanceof Index.Range r && r.step() != 1);
    if (!scalars && (bounds.mode() == null || Entries.inBounds(x, entries))) {
      return fixed(x, entries);
    }
    if (!arrays && !steps && bounds.mode() == null && !bounds.flag()) {
      return dynamic(x, entries);
    }
    GatherScatterMode mode =
        bounds.fills()
            ? GatherScatterMode.FILL_OR_DROP
            : bounds.mode() == Mode.CLIP
                ? GatherScatterMode.CLIP
                : GatherScatterMode.PROMISE_IN_BOUNDS;
    return GatherPlan.of(x, entries, bounds.mode()).gather(x, mode, bounds.fill());
  }

  /** An array with new values at a place. */
  public static Array update(
      Scatter.Kind kind, Array x, List<Index> place, Array values, Bounds bounds) {
    Array y = fitting(x, values);
    if (place.size() == 1 && place.getFirst() instanceof Index.Mask m && y.rank() == 0) {
      return whereMasked(kind, x, m.array(), y);
    }
    List<Index> entries = Entries.expand(x, place);
    Entries.checkBounds(x, entries, bounds.mode());
    GatherPlan plan = GatherPlan.of(x, entries, bounds.mode());
    GatherScatterMode mode =
        switch (bounds.mode()) {
          case CLIP -> GatherScatterMode.CLIP;
          case PROMISE_IN_BOUNDS -> GatherScatterMode.PROMISE_IN_BOUNDS;
          case FILL, DROP, WRAP -> GatherScatterMode.FILL_OR_DROP;
          case null -> GatherScatterMode.FILL_OR_DROP;
        };
    Array changed = plan.scatter(kind, x, y, mode, bounds.flag());
    return Convert.convertElementType(changed, x.dtype(), x.aval().weak());
  }

  /**
   * New values in the array's type; values of a type above it would be narrowed and are refused.
   */
  private static Array fitting(Array x, Array values) {
    NullArgumentException.require(values, "at", "the new value");
    if (x.aval().key()) {
      return values;
    }
    Promotion.Type type = Promotion.join(List.of(x.aval(), values.aval()));
    if (type.dtype() != x.dtype()) {
      throw new LaxTypeException(
          "at",
          "values of type "
              + values.aval()
              + " do not fit an array of type "
              + x.aval()
              + " without loss; convert them with astype(values, "
              + x.dtype()
              + ")");
    }
    return Promotion.convert(values, x.dtype(), false);
  }

  /** A scalar wherever a mask is set needs no positions, and so works while tracing. */
  private static Array whereMasked(Scatter.Kind kind, Array x, Array mask, Array y) {
    Entries.checkMask(x, mask, 0);
    Array wide = mask;
    if (mask.rank() < x.rank()) {
      wide = Shapes.expandDims(mask, Axes.range(mask.rank(), x.rank()));
    }
    Array changed =
        switch (kind) {
          case SET -> y;
          case ADD -> JnpMath.add(x, y);
          case SUB -> JnpMath.subtract(x, y);
          case MUL -> JnpMath.multiply(x, y);
          case MIN -> JnpMath.minimum(x, y);
          case MAX -> JnpMath.maximum(x, y);
        };
    return JnpLogic.where(wide, changed, x);
  }

  /** Static positions and ranges. */
  private static Array fixed(Array x, List<Index> entries) {
    Boxes boxes = Boxes.of(x.shape(), entries);
    boolean compileOnce = x instanceof ConcreteArray && Context.isEager() && boxes.unitSteps();
    Array box;
    if (compileOnce && !boxes.isWhole(x.shape())) {
      // starts as operands: another place needs no other program
      List<Array> starts =
          boxes.start().stream().mapToObj(s -> Scalars.ofLong(DType.I32, s)).toList();
      boolean wide = x.shape().toArray().length > 0 && maxDim(x) > Integer.MAX_VALUE;
      box = wide ? boxes.slice(x) : DynamicSlices.dynamicSlice(x, starts, boxes.sizes());
    } else {
      box = boxes.slice(x);
    }
    Array walked = boxes.reversed().isEmpty() ? box : Concatenation.rev(box, boxes.reversed());
    return boxes.reshape(walked);
  }

  private static long maxDim(Array x) {
    return java.util.Arrays.stream(x.shape().toArray()).max().orElse(1);
  }

  /** Scalars from the program's data, beside static positions and ranges. */
  private static Array dynamic(Array x, List<Index> entries) {
    Boxes boxes = Boxes.of(x.shape(), entries);
    List<Array> starts = new ArrayList<>();
    int d = 0;
    for (Index entry : entries) {
      if (entry instanceof Index.NewAxis) {
        continue;
      }
      Array start =
          entry instanceof Index.Positions p
              ? signed(p.array())
              : Scalars.ofLong(DType.I32, boxes.start().get(d));
      boolean wraps = entry instanceof Index.Positions || !Context.isEager();
      boolean open = Entries.isAll(entry) && !x.shape().isStatic(d);
      starts.add(wraps && !open ? wrapped(start, x.shape().dim(d)) : start);
      d++;
    }
    DType wide = starts.stream().anyMatch(s -> s.dtype() == DType.I64) ? DType.I64 : DType.I32;
    List<Array> same = starts.stream().map(s -> Promotion.convert(s, wide, false)).toList();
    return boxes.reshape(DynamicSlices.dynamicSlice(x, same, boxes.sizes()));
  }

  /**
   * Indices as i32, or i64 if they have 64 bits; large unsigned ones become negative, as in JAX.
   */
  static Array signed(Array index) {
    DType t = index.dtype();
    DType to = t.bits() == 64 ? DType.I64 : DType.I32;
    return Promotion.convert(index, to, false);
  }

  /** The same for indices that nobody checks: large ones stay large. */
  static Array large(Array index) {
    return switch (index.dtype()) {
      case U32 -> Promotion.convert(index, DType.I64, false);
      case U64 -> {
        Array most = Scalars.ofLong(DType.U64, Long.MAX_VALUE); // beyond any array
        yield Promotion.convert(JnpMath.minimum(index, most), DType.I64, false);
      }
      case BOOL, I8, I16, I32, I64, U8, U16, F16, BF16, F32, F64, C64, C128 -> signed(index);
    };
  }

  /** Indices modulo the size of a dimension. */
  static Array around(Array index, long n) {
    Array whole = index.dtype() == DType.U64 ? index : large(index);
    return signed(JnpMath.remainder(whole, Scalars.ofLong(whole.dtype(), n)));
  }

  /**
   * Negative indices count from the end; unsigned ones cannot be negative.
   *
   * @param mode null if they are checked
   */
  static Array normalized(Array index, long n, @Nullable Mode mode) {
    Array signed = mode == null ? signed(index) : large(index);
    return index.dtype().isUnsigned() ? signed : wrapped(signed, n);
  }

  private static Array wrapped(Array index, long n) {
    if (index instanceof ScalarArray s && Context.isEager()) {
      long i = s.lit().bits();
      return Scalars.ofLong(index.dtype(), i < 0 ? i + n : i);
    }
    Array size = Scalars.ofLong(index.dtype(), n);
    Array negative = Compare.lt(index, Scalars.like(index, 0));
    return Compare.select(negative, Arithmetic.add(index, size), index);
  }

  /** The box that static entries cut out of each dimension, and what is done to its dimensions. */
  private record Boxes(
      Longs start, Longs limit, Longs steps, Longs sizes, Axes reversed, Axes dropped, Axes added) {
    static Boxes of(Shape shape, List<Index> entries) {
      int rank = shape.rank();
      long[] start = new long[rank];
      long[] limit = new long[rank];
      long[] steps = new long[rank];
      long[] sizes = new long[rank];
      List<Integer> reversed = new ArrayList<>();
      List<Integer> dropped = new ArrayList<>();
      List<Integer> added = new ArrayList<>();
      int d = 0;
      int out = 0;
      for (Index entry : entries) {
        if (entry instanceof Index.NewAxis) {
          added.add(out++);
          continue;
        }
        long n = Entries.isAll(entry) ? shape.at(d) : shape.dim(d);
        steps[d] = 1;
        if (Entries.isAll(entry)) {
          limit[d] = n;
          sizes[d] = n;
          out++;
        } else if (entry instanceof Index.Range range) {
          Index.Walk walk = range.walk(n);
          long step = Math.abs(walk.step());
          long span = walk.count() == 0 ? 0 : (walk.count() - 1) * step + 1;
          long least = walk.step() > 0 ? walk.first() : walk.first() - span + 1;
          start[d] = walk.count() == 0 ? 0 : least;
          limit[d] = start[d] + span;
          if (walk.count() > 0 && step > 1 && walk.step() > 0) { // JAX's limit is the user's
            long stop = range.stop() == null ? n : range.stop();
            limit[d] = Math.min(stop < 0 ? stop + n : stop, n);
          }
          if (walk.count() > 0 && walk.step() < 0) {
            limit[d] = walk.first() + 1;
          }
          steps[d] = step;
          sizes[d] = walk.count();
          if (walk.step() < 0 && walk.count() > 0) {
            reversed.add(d);
          }
          out++;
        } else {
          long i = entry instanceof Index.At at ? at.position() : 0;
          start[d] = i < 0 ? i + n : i;
          limit[d] = start[d] + 1;
          sizes[d] = 1;
          dropped.add(d);
        }
        d++;
      }
      return new Boxes(
          Longs.of(start),
          Longs.of(limit),
          Longs.of(steps),
          Longs.of(sizes),
          GatherPlan.axes(reversed),
          GatherPlan.axes(dropped),
          GatherPlan.axes(added));
    }

    boolean unitSteps() {
      return steps.stream().allMatch(s -> s == 1);
    }

    boolean isWhole(Shape shape) {
      return Shape.of(sizes).equals(shape);
    }

    Array slice(Array x) {
      return Slices.slice(x, start, limit, steps);
    }

    Array reshape(Array box) {
      Array squeezed = Shapes.squeeze(box, dropped);
      return added.isEmpty() ? squeezed : Shapes.expandDims(squeezed, added);
    }
  }

  /** Positions along each dimension at which a mask is set. */
  static List<Array> nonzero(Array mask) {
    if (!(mask.underlying() instanceof ConcreteArray)) {
      throw new MaskTracedException();
    }
    boolean[] set = mask.underlying().toBooleanArray();
    long[] strides = mask.shape().strides();
    int[] where = IntStream.range(0, set.length).filter(i -> set[i]).toArray();
    List<Array> positions = new ArrayList<>();
    for (int d = 0; d < mask.rank(); d++) {
      int dim = d;
      int[] along =
          IntStream.of(where).map(i -> (int) (i / strides[dim] % mask.shape().dim(dim))).toArray();
      positions.add(JnpCreate.array(along));
    }
    return positions;
  }
}
