package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.WindowOp;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.trace.Bind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** Cumulative reductions: element i combines all up to i, or from i on. */
public final class Cumulative {
  private Cumulative() {}

  /** What cumulative reductions share. */
  interface Cumulation extends Primitive {
    int axis();

    boolean reverse();

    /** The same along another axis. */
    Cumulation along(int axis, boolean reverse);

    Domain domain();

    /** The element that changes nothing. */
    Literal identity(DType dtype);

    /** The function of two scalars. */
    Block body(LowerContext context, DType dtype);

    /** The function of two arrays with its tangent. */
    Jvp combine(List<Array> primals, List<Array> tangents);

    @Override
    default List<Aval> abstractEval(List<Aval> operands) {
      Aval x = operands.getFirst();
      domain().check(name(), x.dtype());
      if (axis() < 0 || axis() >= x.rank()) {
        throw new LaxTypeException(name(), "axis " + axis() + " is no dimension of " + x);
      }
      return List.of(x);
    }

    /** Values and tangents go through the tree of an associative scan together. */
    @Override
    default Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      Array x = primals.getFirst();
      Array dx = tangents.getFirst();
      Array y = Bind.bind(this, x);
      if (dx == null) {
        return Jvp.of(y, null);
      }
      BinaryOperator<List<Array>> pairs =
          (a, b) -> {
            Jvp c = combine(List.of(a.get(0), b.get(0)), List.of(a.get(1), b.get(1)));
            return List.of(c.primals().getFirst(), c.tangents().getFirst());
          };
      return Jvp.of(y, associativeScan(pairs, List.of(x, dx), axis(), reverse()).get(1));
    }

    @Override
    default List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      throw new NotLinearException(this);
    }

    @Override
    default Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
      int dim = dims.getFirst();
      int moved = axis() < dim ? axis() : axis() + 1;
      return Batched.of(Bind.bind(along(moved, reverse()), operands.getFirst()), dim);
    }

    /** Windows that grow by an element per step, as JAX writes them. */
    @Override
    default List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
      HloBuilder b = context.builder();
      Value x = operands.getFirst();
      long n = x.type().dim(axis());
      if (n == 0) {
        return operands;
      }
      int rank = x.type().rank();
      Longs ones = Longs.fill(rank, 1);
      Longs none = Longs.fill(rank, 0);
      Longs before = with(none, axis(), n - 1);
      WindowOp.Window window =
          new WindowOp.Window(
              with(ones, axis(), n), ones, reverse() ? none : before, reverse() ? before : none);
      return b.addAll(
          new WindowOp.ReduceWindow(
              List.of(x),
              List.of(b.constant(identity(x.dtype()))),
              window,
              ones,
              ones,
              body(context, x.dtype())));
    }
  }

  private static Longs with(Longs all, int d, long value) {
    long[] values = all.toArray();
    values[d] = value;
    return Longs.of(values);
  }

  record Cumsum(int axis, boolean reverse) implements Cumulation {
    @Override
    public String name() {
      return "cumsum";
    }

    @Override
    public Cumulation along(int other, boolean direction) {
      return new Cumsum(other, direction);
    }

    @Override
    public Domain domain() {
      return Domain.NUMERIC;
    }

    @Override
    public Literal identity(DType dtype) {
      return Literal.scalar(dtype, 0L);
    }

    @Override
    public Block body(LowerContext context, DType dtype) {
      return HloBuilder.binaryBody(Fn.ADD, dtype);
    }

    @Override
    public Jvp combine(List<Array> primals, List<Array> tangents) {
      throw new IllegalStateException("cumsum is linear");
    }

    /** Linear: the tangent is the sum of the tangents. */
    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      Array dx = tangents.getFirst();
      return Jvp.of(Bind.bind(this, primals).getFirst(), dx == null ? null : Bind.bind(this, dx));
    }

    /** What an element contributes to lies on the other side of it. */
    @Override
    public List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      return Collections.singletonList(cumsum(cotangents.getFirst(), axis, !reverse));
    }
  }

  record Cumprod(int axis, boolean reverse) implements Cumulation {
    @Override
    public String name() {
      return "cumprod";
    }

    @Override
    public Cumulation along(int other, boolean direction) {
      return new Cumprod(other, direction);
    }

    @Override
    public Domain domain() {
      return Domain.NUMERIC;
    }

    @Override
    public Literal identity(DType dtype) {
      return Literal.scalar(dtype, 1L);
    }

    @Override
    public Block body(LowerContext context, DType dtype) {
      return HloBuilder.binaryBody(Fn.MUL, dtype);
    }

    @Override
    public Jvp combine(List<Array> primals, List<Array> tangents) {
      return Arithmetic.MUL.jvp(primals, new ArrayList<>(tangents));
    }
  }

  record Cummax(int axis, boolean reverse) implements Cumulation {
    @Override
    public String name() {
      return "cummax";
    }

    @Override
    public Cumulation along(int other, boolean direction) {
      return new Cummax(other, direction);
    }

    @Override
    public Domain domain() {
      return Domain.NUMERIC;
    }

    @Override
    public Literal identity(DType dtype) {
      return Reductions.lowest(dtype);
    }

    @Override
    public Block body(LowerContext context, DType dtype) {
      return HloBuilder.binaryBody(Fn.MAX, dtype);
    }

    @Override
    public Jvp combine(List<Array> primals, List<Array> tangents) {
      return Arithmetic.MAX.jvp(primals, new ArrayList<>(tangents));
    }
  }

  record Cummin(int axis, boolean reverse) implements Cumulation {
    @Override
    public String name() {
      return "cummin";
    }

    @Override
    public Cumulation along(int other, boolean direction) {
      return new Cummin(other, direction);
    }

    @Override
    public Domain domain() {
      return Domain.NUMERIC;
    }

    @Override
    public Literal identity(DType dtype) {
      return Reductions.highest(dtype);
    }

    @Override
    public Block body(LowerContext context, DType dtype) {
      return HloBuilder.binaryBody(Fn.MIN, dtype);
    }

    @Override
    public Jvp combine(List<Array> primals, List<Array> tangents) {
      return Arithmetic.MIN.jvp(primals, new ArrayList<>(tangents));
    }
  }

  /** Logarithms of cumulative sums of exponentials. */
  record Cumlogsumexp(int axis, boolean reverse) implements Cumulation {
    @Override
    public String name() {
      return "cumlogsumexp";
    }

    @Override
    public Cumulation along(int other, boolean direction) {
      return new Cumlogsumexp(other, direction);
    }

    @Override
    public Domain domain() {
      return Domain.INEXACT;
    }

    @Override
    public Literal identity(DType dtype) {
      return Reductions.lowest(dtype);
    }

    @Override
    public Block body(LowerContext context, DType dtype) {
      return context.body(LogAddExp.program(dtype, Shape.scalar()));
    }

    @Override
    public Jvp combine(List<Array> primals, List<Array> tangents) {
      return LogAddExp.LOGADDEXP.jvp(primals, new ArrayList<>(tangents));
    }
  }

  /**
   * Prefixes by an associative function of several arrays: pairs are combined, scanned in turn, and
   * the elements in between follow from their predecessors.
   */
  private static List<Array> associativeScan(
      BinaryOperator<List<Array>> fn, List<Array> arrays, int axis, boolean reverse) {
    if (!reverse) {
      return scan(fn, arrays, axis);
    }
    Axes dims = Axes.of(axis);
    List<Array> turned = arrays.stream().map(x -> Concatenation.rev(x, dims)).toList();
    return scan(fn, turned, axis).stream().map(x -> Concatenation.rev(x, dims)).toList();
  }

  private static List<Array> scan(BinaryOperator<List<Array>> fn, List<Array> x, int axis) {
    long n = x.getFirst().dim(axis);
    if (n < 2) {
      return x;
    }
    List<Array> pairs = fn.apply(part(x, axis, 0, n - 1, 2), part(x, axis, 1, n, 2));
    List<Array> odd = scan(fn, pairs, axis);
    List<Array> before = n % 2 == 0 ? part(odd, axis, 0, n / 2 - 1, 1) : odd;
    List<Array> rest = fn.apply(before, part(x, axis, 2, n, 2));
    List<Array> first = part(x, axis, 0, 1, 1);
    List<Array> all = new ArrayList<>();
    for (int k = 0; k < x.size(); k++) {
      Array even = Concatenation.concatenate(List.of(first.get(k), rest.get(k)), axis);
      all.add(interleaved(even, odd.get(k), axis));
    }
    return all;
  }

  private static List<Array> part(List<Array> arrays, int axis, long from, long to, long step) {
    return arrays.stream()
        .map(
            x ->
                Slices.slice(
                    x,
                    with(Longs.fill(x.rank(), 0), axis, from),
                    with(x.shape().sizes(), axis, Math.max(from, to)),
                    with(Longs.fill(x.rank(), 1), axis, step)))
        .toList();
  }

  /** even[0], odd[0], even[1], ...; there are as many even ones, or one more. */
  private static Array interleaved(Array even, Array odd, int axis) {
    boolean same = even.dim(axis) == odd.dim(axis);
    Longs none = Longs.fill(even.rank(), 0);
    Longs one = with(none, axis, 1);
    Array zero = Scalars.like(even, 0);
    Array spread = Slices.pad(even, zero, none, same ? one : none, one);
    return Arithmetic.add(spread, Slices.pad(odd, zero, one, same ? none : one, one));
  }

  public static Array cumsum(Array x, int axis, boolean reverse) {
    return Bind.bind(new Cumsum(axis, reverse), x);
  }

  public static Array cumprod(Array x, int axis, boolean reverse) {
    return Bind.bind(new Cumprod(axis, reverse), x);
  }

  public static Array cummax(Array x, int axis, boolean reverse) {
    return Bind.bind(new Cummax(axis, reverse), x);
  }

  public static Array cummin(Array x, int axis, boolean reverse) {
    return Bind.bind(new Cummin(axis, reverse), x);
  }

  /** Logarithms of cumulative sums of exponentials, without overflow; not of integers. */
  public static Array cumlogsumexp(Array x, int axis, boolean reverse) {
    return Bind.bind(new Cumlogsumexp(axis, reverse), x);
  }
}
