package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.trace.Bind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Arrays of one shape along a new dimension and back, and parts of an array along a dimension. */
public final class Stacking {
  private Stacking() {}

  /** Arrays side by side along a new dimension {@code axis}. */
  record Stack(int axis) implements Primitive {
    @Override
    public String name() {
      return "stack";
    }

    @Override
    public List<Aval> abstractEval(List<Aval> operands) {
      if (operands.isEmpty()) {
        throw new LaxTypeException(name(), "needs at least one array");
      }
      Aval first = operands.getFirst();
      boolean weak = true;
      for (Aval x : operands) {
        if (x.dtype() != first.dtype()
            || x.key() != first.key()
            || !x.shape().equals(first.shape())) {
          throw new LaxTypeException(
              name(), "arrays must agree in element type and shape, but got " + operands);
        }
        weak &= x.weak();
      }
      Shape shape = first.shape().insert(axis, operands.size());
      return List.of(first.withShape(shape).withWeak(weak));
    }

    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      List<Array> ts = new ArrayList<>();
      for (int i = 0; i < primals.size(); i++) {
        Array t = tangents.get(i);
        ts.add(t == null ? Zeros.like(primals.get(i)) : t);
      }
      return Jvp.of(stack(primals, axis), stack(ts, axis));
    }

    @Override
    public List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      List<Array> layers = unstack(Objects.requireNonNull(cotangents.getFirst()), axis);
      List<@Nullable Array> pulled = new ArrayList<>();
      for (int i = 0; i < layers.size(); i++) {
        pulled.add(operands.get(i).isLinear() ? layers.get(i) : null);
      }
      return pulled;
    }

    @Override
    public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
      Integer common = dims.getFirst();
      if (common != null && dims.stream().allMatch(common::equals)) {
        boolean isBefore = axis <= common;
        Array stacked = stack(operands, isBefore ? axis : axis + 1);
        return Batched.of(stacked, isBefore ? common + 1 : common);
      }
      List<Array> front = new ArrayList<>();
      for (int i = 0; i < operands.size(); i++) {
        front.add(Dims.batchAt(operands.get(i), dims.get(i), size, 0));
      }
      return Batched.of(stack(front, axis + 1), 0);
    }

    @Override
    public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
      HloBuilder b = context.builder();
      Shape layer = operands.getFirst().shape().insert(axis, 1);
      List<Value> layers =
          operands.stream().map(x -> b.add(new ShapeOp.Reshape(x, layer))).toList();
      return layers.size() == 1 ? layers : b.addAll(new ShapeOp.Concatenate(layers, axis));
    }
  }

  /** The entries of a dimension, one result each. */
  record Unstack(int axis) implements Primitive {
    @Override
    public String name() {
      return "unstack";
    }

    @Override
    public List<Aval> abstractEval(List<Aval> operands) {
      Aval x = operands.getFirst();
      if (axis >= x.rank()) {
        throw new LaxTypeException(name(), x + " has no dimension " + axis);
      }
      Aval entry = x.withShape(x.shape().without(Axes.of(axis)));
      return Collections.nCopies(Math.toIntExact(x.dim(axis)), entry);
    }

    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      return new Jvp(
          unstack(primals.getFirst(), axis),
          List.copyOf(unstack(Objects.requireNonNull(tangents.getFirst()), axis)));
    }

    @Override
    public List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      Aval x = operands.getFirst().aval();
      return List.of(stack(instantiated(cotangents, abstractEval(List.of(x))), axis));
    }

    @Override
    public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
      int dim = Objects.requireNonNull(dims.getFirst());
      boolean isBefore = axis < dim;
      List<Array> entries = unstack(operands.getFirst(), isBefore ? axis : axis + 1);
      return new Batched(entries, Collections.nCopies(entries.size(), isBefore ? dim - 1 : dim));
    }

    @Override
    public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
      HloBuilder b = context.builder();
      List<Value> entries = new ArrayList<>();
      for (Aval out : outs) {
        Value layer = part(b, operands.getFirst(), axis, entries.size(), 1);
        entries.add(b.add(new ShapeOp.Reshape(layer, out.physical().shape())));
      }
      return entries;
    }
  }

  /** Parts of given sizes along a dimension, one after the other. */
  record Split(int axis, Longs sizes) implements Primitive {
    @Override
    public String name() {
      return "split";
    }

    @Override
    public List<Aval> abstractEval(List<Aval> operands) {
      Aval x = operands.getFirst();
      boolean fits = axis < x.rank();
      long sum = 0;
      for (int i = 0; i < sizes.size(); i++) {
        fits &= sizes.get(i) >= 0;
        sum += sizes.get(i);
      }
      if (!fits || sum != x.dim(axis)) {
        throw new LaxTypeException(
            name(), "cannot split dimension " + axis + " of " + x + " into parts of " + sizes);
      }
      List<Aval> parts = new ArrayList<>();
      for (int i = 0; i < sizes.size(); i++) {
        parts.add(x.withShape(x.shape().with(axis, sizes.get(i))));
      }
      return parts;
    }

    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      return new Jvp(
          split(primals.getFirst(), axis, sizes),
          List.copyOf(split(Objects.requireNonNull(tangents.getFirst()), axis, sizes)));
    }

    @Override
    public List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      List<Aval> parts = abstractEval(List.of(operands.getFirst().aval()));
      return List.of(Concatenation.concatenate(instantiated(cotangents, parts), axis));
    }

    @Override
    public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
      int dim = Objects.requireNonNull(dims.getFirst());
      List<Array> parts = split(operands.getFirst(), axis < dim ? axis : axis + 1, sizes);
      return new Batched(parts, Collections.nCopies(parts.size(), dim));
    }

    @Override
    public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
      List<Value> parts = new ArrayList<>();
      long from = 0;
      for (int i = 0; i < sizes.size(); i++) {
        parts.add(part(context.builder(), operands.getFirst(), axis, from, sizes.get(i)));
        from += sizes.get(i);
      }
      return parts;
    }
  }

  /** The array laid out {@code reps[d]} times along each dimension d. */
  record Tile(Longs reps) implements Linear {
    @Override
    public String name() {
      return "tile";
    }

    @Override
    public Aval shape(Aval operand) {
      if (reps.size() != operand.rank() || !allFromZero()) {
        throw new LaxTypeException(name(), "cannot lay out " + operand + " " + reps + " times");
      }
      long[] sizes = operand.shape().toArray();
      for (int d = 0; d < sizes.length; d++) {
        sizes[d] *= reps.get(d);
      }
      return operand.withShape(Shape.of(sizes));
    }

    private boolean allFromZero() {
      boolean all = true;
      for (int d = 0; d < reps.size(); d++) {
        all &= reps.get(d) >= 0;
      }
      return all;
    }

    /** Copies and entries of each dimension side by side: (copies 0, size 0, copies 1, ...). */
    private Shape spread(Shape shape) {
      long[] sizes = new long[2 * shape.rank()];
      for (int d = 0; d < shape.rank(); d++) {
        sizes[2 * d] = d < reps.size() ? reps.get(d) : 1; // the words of a key are not repeated
        sizes[2 * d + 1] = shape.dim(d);
      }
      return Shape.of(sizes);
    }

    @Override
    public Array transpose(Array cotangent, Aval operand) {
      Array copies = Shapes.reshape(cotangent, spread(operand.shape()));
      return Reductions.sum(copies, Axes.range(operand.rank()).map(d -> 2 * d));
    }

    @Override
    public Batched vmap(Array operand, int dim, long size) {
      long[] all = new long[operand.rank()];
      for (int d = 0; d < all.length; d++) {
        all[d] = d == dim ? 1 : reps.get(d < dim ? d : d - 1);
      }
      return Batched.of(tile(operand, Longs.of(all)), dim);
    }

    @Override
    public Value lower(LowerContext context, Value operand, Aval out) {
      Axes own = Axes.range(operand.shape().rank()).map(d -> 2 * d + 1);
      Shape spread = spread(operand.shape());
      Value copies = context.builder().add(new ShapeOp.BroadcastInDim(operand, own, spread));
      return context.builder().add(new ShapeOp.Reshape(copies, out.physical().shape()));
    }
  }

  private static Value part(HloBuilder b, Value x, int axis, long from, long size) {
    long[] start = new long[x.shape().rank()];
    long[] limit = x.shape().toArray();
    start[axis] = from;
    limit[axis] = from + size;
    Longs ones = Longs.fill(start.length, 1);
    return b.add(new ShapeOp.Slice(x, Longs.of(start), Longs.of(limit), ones));
  }

  private static List<Array> instantiated(List<@Nullable Array> cotangents, List<Aval> avals) {
    List<Array> all = new ArrayList<>();
    for (int i = 0; i < avals.size(); i++) {
      Array ct = cotangents.get(i);
      all.add(ct == null ? Zeros.of(avals.get(i)) : ct);
    }
    return all;
  }

  /** Arrays of one type side by side along a new dimension. */
  public static Array stack(List<Array> arrays, int axis) {
    return Bind.bind(new Stack(axis), arrays).getFirst();
  }

  /** The entries of a dimension. */
  public static List<Array> unstack(Array x, int axis) {
    return Bind.bind(new Unstack(axis), List.of(x));
  }

  /** Parts of given sizes along a dimension, which they must fill. */
  public static List<Array> split(Array x, int axis, Longs sizes) {
    return Bind.bind(new Split(axis, sizes), List.of(x));
  }

  /** The array several times along each of its dimensions. */
  public static Array tile(Array x, Longs reps) {
    return Bind.bind(new Tile(reps), x);
  }
}
