package dev.jacobi.hlo.partition;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.CollectiveOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where one device's program is written: a block of it, with the parts of arrays that are there,
 * each maybe under several shardings. Blocks within see what is there around them.
 */
final class Site {
  private final Site outer;
  private final Mesh mesh;
  private final Map<Value, Op> made;
  private final Collectives collectives;
  private final HloBuilder out = new HloBuilder();

  /** Parts of the program's values, the one that was there first in front. */
  private final Map<Value, Map<Sharding, Value>> parts = new HashMap<>();

  private final Map<List<String>, Value> coordinates = new HashMap<>();

  /** The outermost block. */
  Site(Mesh mesh, Map<Value, Op> made, Collectives collectives) {
    this(null, mesh, made, collectives);
    Value id = out.add(new CollectiveOp.ProcessId(true));
    Value number = out.add(new ElementwiseOp.Convert(id, DType.I32));
    for (Mesh.Axis axis : mesh.axes()) {
      Value steps = out.pointwise(Fn.DIV, number, constant(mesh.stride(axis.name())));
      Value at = out.pointwise(Fn.REM, steps, constant(axis.size()));
      coordinates.put(List.of(axis.name()), at);
    }
    coordinates.put(List.of(), constant(0));
  }

  private Site(Site outer, Mesh mesh, Map<Value, Op> made, Collectives collectives) {
    this.outer = outer;
    this.mesh = mesh;
    this.made = made;
    this.collectives = collectives;
  }

  /** A block within this one. */
  Site inner() {
    return new Site(this, mesh, made, collectives);
  }

  Site at(Loc line) {
    out.at(line);
    return this;
  }

  HloBuilder out() {
    return out;
  }

  List<Value> all(Op op) {
    return out.addAll(op);
  }

  private Value constant(long value) {
    return out.constant(Literal.scalar(DType.I32, value));
  }

  // --- arrays and their parts ---

  /** Says what a device's part of a value is. */
  void put(Value value, Sharding sharding, Value part) {
    parts.computeIfAbsent(value, _ -> new LinkedHashMap<>()).put(sharding, part);
  }

  /** The shardings under which a value is there, with the parts. */
  private Map<Sharding, Value> known(Value value) {
    Map<Sharding, Value> own = parts.get(value);
    Map<Sharding, Value> around = outer == null ? Map.of() : outer.known(value);
    if (own == null || around.isEmpty()) {
      return own == null ? around : own;
    }
    Map<Sharding, Value> known = new LinkedHashMap<>(around);
    known.putAll(own);
    return known;
  }

  /** How a value lies that is there; replicated if it is made when it is needed. */
  Sharding sharding(Value value) {
    Map<Sharding, Value> known = known(value);
    return known.isEmpty()
        ? Sharding.replicated(value.shape().rank())
        : known.keySet().iterator().next();
  }

  /** Whether a value costs nothing under any sharding. */
  boolean isFree(Value value) {
    return value.shape().isScalar() || Propagation.isRemade(value, made);
  }

  /** Bytes that a device receives until a value is there under a sharding. */
  double cost(Value value, Sharding sharding) {
    if (isFree(value)) {
      return 0;
    }
    Map<Sharding, Value> known = known(value);
    if (known.containsKey(sharding)) {
      return 0;
    }
    double least = Double.POSITIVE_INFINITY;
    for (Sharding from : known.keySet()) {
      List<Reshard.Step> steps = Reshard.plan(from, List.of(), sharding, mesh);
      least = Math.min(least, Reshard.bytes(steps, from, value.type(), mesh));
    }
    return least;
  }

  /** A device's part of a value under a sharding, brought there if it is not. */
  Value use(Value value, Sharding sharding) {
    Map<Sharding, Value> known = known(value);
    if (known.containsKey(sharding)) {
      return known.get(sharding);
    }
    Value part =
        Propagation.isRemade(value, made) ? remade(value, sharding) : moved(value, known, sharding);
    put(value, sharding, part);
    return part;
  }

  private Value moved(Value value, Map<Sharding, Value> known, Sharding to) {
    Sharding from = null;
    List<Reshard.Step> way = List.of();
    double least = Double.POSITIVE_INFINITY;
    for (Sharding sharding : known.keySet()) {
      List<Reshard.Step> steps = Reshard.plan(sharding, List.of(), to, mesh);
      double bytes = Reshard.bytes(steps, sharding, value.type(), mesh);
      if (from == null || bytes < least) {
        from = sharding;
        way = steps;
        least = bytes;
      }
    }
    return steps(way, known.get(from), value.type(), Fn.ADD);
  }

  /** Goes the steps from one sharding to another. */
  Value steps(List<Reshard.Step> steps, Value part, TensorType whole, Fn combine) {
    Value now = part;
    for (Reshard.Step step : steps) {
      TensorType type = whole.withShape(step.after().local(whole.shape(), mesh));
      now =
          step instanceof Reshard.Cut cut
              ? cut(now, cut, type.shape())
              : collectives.write(step, now, type, combine, out);
    }
    return now;
  }

  private Value cut(Value part, Reshard.Cut step, Shape shape) {
    List<Value> starts = new ArrayList<>();
    for (int d = 0; d < shape.rank(); d++) {
      starts.add(d == step.dim() ? start(step.axes(), shape.dim(d)) : constant(0));
    }
    return out.add(new IndexOp.DynamicSlice(part, starts, shape.sizes()));
  }

  // --- where a device stands ---

  /** The device's place among those along some axes, counted in blocks of so many elements. */
  Value start(List<String> axes, long block) {
    return out.pointwise(Fn.MUL, coordinate(axes), constant(block));
  }

  private Value coordinate(List<String> axes) {
    for (Site site = this; site != null; site = site.outer) {
      if (site.coordinates.containsKey(axes)) {
        return site.coordinates.get(axes);
      }
    }
    String last = axes.getLast();
    Value blocks =
        out.pointwise(
            Fn.MUL, coordinate(axes.subList(0, axes.size() - 1)), constant(mesh.size(last)));
    Value at = out.pointwise(Fn.ADD, blocks, coordinate(List.of(last)));
    coordinates.put(axes, at);
    return at;
  }

  /** Whether the device is the first one along some axes. */
  Value isFirst(List<String> axes) {
    return out.compare(ElementwiseOp.Direction.EQ, coordinate(axes), constant(0));
  }

  /** The array on the first device along some axes, and on others what combines to nothing. */
  Value onFirst(List<String> axes, Value array, Fn combine) {
    Value neutral = out.constant(Partials.identity(combine, array.dtype()));
    return out.pointwise(Fn.SELECT, isFirst(axes), array, out.broadcast(neutral, array.shape()));
  }

  // --- values that are made where they are read ---

  private Value remade(Value value, Sharding sharding) {
    TensorType type = value.type().withShape(sharding.local(value.shape(), mesh));
    return switch (made.get(value)) {
      case ElementwiseOp.Constant o when isSplat(o.literal()) ->
          out.constant(Literal.copyOf(type, o.literal().data()));
      case ElementwiseOp.Constant o -> {
        Value whole = out.constant(o.literal());
        Sharding from = Sharding.replicated(type.rank());
        List<Reshard.Step> steps = Reshard.plan(from, List.of(), sharding, mesh);
        yield steps(steps, whole, value.type(), Fn.ADD);
      }
      case ElementwiseOp.Iota o -> iota(o, sharding.axes(o.dim()), type);
      case ShapeOp.BroadcastInDim o ->
          out.broadcast(use(o.operand(), Sharding.replicated(0)), type.shape());
      default -> throw new IllegalStateException("nothing to be made anew: " + value);
    };
  }

  private static boolean isSplat(Literal literal) {
    long bytes = literal.type().byteSize();
    long one = literal.dtype().bytes();
    return bytes <= one
        || MemorySegment.mismatch(literal.data(), 0, bytes - one, literal.data(), one, bytes) < 0;
  }

  /** Counts on from the device's first element; as an integer, since that is exact. */
  private Value iota(ElementwiseOp.Iota op, List<String> axes, TensorType type) {
    if (axes.isEmpty()) {
      return out.add(new ElementwiseOp.Iota(type, op.dim()));
    }
    TensorType counts = type.withDtype(DType.I32);
    Value count = out.add(new ElementwiseOp.Iota(counts, op.dim()));
    Value start = out.broadcast(start(axes, type.dim(op.dim())), type.shape());
    Value at = out.pointwise(Fn.ADD, count, start);
    return type.element() == DType.I32
        ? at
        : out.add(new ElementwiseOp.Convert(at, type.element()));
  }

  // --- regions ---

  /** The operation with copies of its regions that read this program's values around them. */
  Op closed(Op op) {
    if (op.regions().isEmpty()) {
      return op;
    }
    Map<Value, Value> around = new HashMap<>();
    for (Value v : op.captures()) {
      around.put(v, use(v, Sharding.replicated(v.shape().rank())));
    }
    List<Block> regions = op.regions().stream().map(r -> Flat.region(r, around)).toList();
    return op.withRegions(regions);
  }
}
