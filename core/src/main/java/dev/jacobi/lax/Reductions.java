package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.trace.Bind;
import dev.jacobi.trace.HostData;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reductions over dimensions. */
public final class Reductions {
  private Reductions() {}

  /** What reductions by a binary function share. */
  interface Reduction extends Primitive {
    Axes axes();

    Fn fn();

    Domain domain();

    /** The element that changes nothing. */
    Literal identity(DType dtype);

    /** The tangent of {@code y}, the reduction of {@code x}. */
    Array tangent(Array x, Array y, Array dx);

    @Override
    default List<Aval> abstractEval(List<Aval> operands) {
      Aval x = operands.getFirst();
      domain().check(name(), x.dtype());
      if (!Dims.areSome(axes(), x.rank())) {
        throw new LaxTypeException(name(), "axes " + axes() + " are not some dimensions of " + x);
      }
      return List.of(x.withShape(x.shape().without(axes())));
    }

    @Override
    default Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      Array x = primals.getFirst();
      Array y = Bind.bind(this, x);
      Array dx = tangents.getFirst();
      return Jvp.of(y, dx == null ? null : tangent(x, y, dx));
    }

    @Override
    default List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      throw new NotLinearException(this);
    }

    /** The same reduction over other axes. */
    Reduction over(Axes axes);

    @Override
    default Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
      int dim = dims.getFirst();
      Axes moved = axes().map(a -> a < dim ? a : a + 1);
      int below = (int) moved.stream().filter(a -> a < dim).count();
      return Batched.of(Bind.bind(over(moved), operands.getFirst()), dim - below);
    }

    @Override
    default List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
      HloBuilder b = context.builder();
      Value x = operands.getFirst();
      Value init = b.constant(identity(x.dtype()));
      return b.addAll(
          new ReductionOp.Reduce(
              List.of(x), List.of(init), axes(), HloBuilder.binaryBody(fn(), x.dtype())));
    }
  }

  record ReduceSum(Axes axes) implements Reduction {
    @Override
    public String name() {
      return "reduce_sum";
    }

    @Override
    public Fn fn() {
      return Fn.ADD;
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
    public Reduction over(Axes other) {
      return new ReduceSum(other);
    }

    @Override
    public Array tangent(Array x, Array y, Array dx) {
      return sum(dx, axes);
    }

    @Override
    public List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      Shape shape = operands.getFirst().aval().shape();
      return Collections.singletonList(spread(cotangents.getFirst(), shape, axes));
    }
  }

  record ReduceMax(Axes axes) implements Reduction {
    @Override
    public String name() {
      return "reduce_max";
    }

    @Override
    public Fn fn() {
      return Fn.MAX;
    }

    @Override
    public Domain domain() {
      return Domain.ALL;
    }

    @Override
    public Literal identity(DType dtype) {
      return lowest(dtype);
    }

    @Override
    public Reduction over(Axes other) {
      return new ReduceMax(other);
    }

    @Override
    public Array tangent(Array x, Array y, Array dx) {
      return amongTies(x, y, dx, axes);
    }
  }

  record ReduceMin(Axes axes) implements Reduction {
    @Override
    public String name() {
      return "reduce_min";
    }

    @Override
    public Fn fn() {
      return Fn.MIN;
    }

    @Override
    public Domain domain() {
      return Domain.ALL;
    }

    @Override
    public Literal identity(DType dtype) {
      return highest(dtype);
    }

    @Override
    public Reduction over(Axes other) {
      return new ReduceMin(other);
    }

    @Override
    public Array tangent(Array x, Array y, Array dx) {
      return amongTies(x, y, dx, axes);
    }
  }

  record ReduceProd(Axes axes) implements Reduction {
    @Override
    public String name() {
      return "reduce_prod";
    }

    @Override
    public Fn fn() {
      return Fn.MUL;
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
    public Reduction over(Axes other) {
      return new ReduceProd(other);
    }

    /** The product rule on a tree of halves: exact where elements are zero. */
    @Override
    public Array tangent(Array x, Array y, Array dx) {
      Array p = rows(x);
      Array t = rows(dx);
      while (p.dim(0) > 1) {
        long n = p.dim(0);
        Array one = Zeros.full(Aval.of(p.dtype(), p.shape().with(0, n % 2)), 1);
        Array evenP = n % 2 == 0 ? p : Concatenation.concatenate(List.of(p, one), 0);
        Array evenT = n % 2 == 0 ? t : Concatenation.concatenate(List.of(t, Zeros.like(one)), 0);
        Array p1 = half(evenP, 0);
        Array p2 = half(evenP, 1);
        t = Zeros.addAny(Arithmetic.mul(half(evenT, 0), p2), Arithmetic.mul(p1, half(evenT, 1)));
        p = Arithmetic.mul(p1, p2);
      }
      return p.dim(0) == 0 ? Zeros.like(y) : Shapes.reshape(t, y.shape());
    }

    /** The reduced dimensions in front, as one. */
    private Array rows(Array x) {
      Axes kept = axes.complement(x.rank());
      Array front = Shapes.transpose(x, axes.plus(kept));
      long n = x.shape().select(axes).size();
      return Shapes.reshape(front, x.shape().select(kept).insert(0, n));
    }

    private static Array half(Array x, int which) {
      long n = x.dim(0) / 2;
      long[] start = new long[x.rank()];
      long[] limit = x.shape().toArray();
      start[0] = which * n;
      limit[0] = start[0] + n;
      return Slices.slice(x, Longs.of(start), Longs.of(limit), Longs.fill(x.rank(), 1));
    }
  }

  record ReduceAnd(Axes axes) implements Reduction {
    @Override
    public String name() {
      return "reduce_and";
    }

    @Override
    public Fn fn() {
      return Fn.AND;
    }

    @Override
    public Domain domain() {
      return Domain.BITS;
    }

    @Override
    public Literal identity(DType dtype) {
      return Literal.scalar(dtype, dtype.isBool() ? 1L : -1L);
    }

    @Override
    public Reduction over(Axes other) {
      return new ReduceAnd(other);
    }

    @Override
    public Array tangent(Array x, Array y, Array dx) {
      throw new NotLinearException(this);
    }
  }

  record ReduceOr(Axes axes) implements Reduction {
    @Override
    public String name() {
      return "reduce_or";
    }

    @Override
    public Fn fn() {
      return Fn.OR;
    }

    @Override
    public Domain domain() {
      return Domain.BITS;
    }

    @Override
    public Literal identity(DType dtype) {
      return Literal.scalar(dtype, 0L);
    }

    @Override
    public Reduction over(Axes other) {
      return new ReduceOr(other);
    }

    @Override
    public Array tangent(Array x, Array y, Array dx) {
      throw new NotLinearException(this);
    }
  }

  record ReduceXor(Axes axes) implements Reduction {
    @Override
    public String name() {
      return "reduce_xor";
    }

    @Override
    public Fn fn() {
      return Fn.XOR;
    }

    @Override
    public Domain domain() {
      return Domain.BITS;
    }

    @Override
    public Literal identity(DType dtype) {
      return Literal.scalar(dtype, 0L);
    }

    @Override
    public Reduction over(Axes other) {
      return new ReduceXor(other);
    }

    @Override
    public Array tangent(Array x, Array y, Array dx) {
      throw new NotLinearException(this);
    }
  }

  /**
   * Whether a concrete scalar changes nothing in a function of two elements, by its primitive's
   * name; false for functions that have no reduction of their own.
   */
  public static boolean isIdentity(String function, Array scalar) {
    if (scalar.rank() != 0) {
      return false;
    }
    Axes none = Axes.of();
    List<Reduction> all =
        List.of(
            new ReduceSum(none),
            new ReduceProd(none),
            new ReduceMax(none),
            new ReduceMin(none),
            new ReduceAnd(none),
            new ReduceOr(none),
            new ReduceXor(none));
    return all.stream()
        .filter(r -> r.fn().mnemonic().equals(mnemonic(function)))
        .filter(r -> r.domain().contains(scalar.dtype()))
        .anyMatch(r -> r.identity(scalar.dtype()).equals(HostData.of(scalar)));
  }

  private static String mnemonic(String function) {
    return switch (function) {
      case "max" -> "stablehlo.maximum";
      case "min" -> "stablehlo.minimum";
      case "mul" -> "stablehlo.multiply";
      default -> "stablehlo." + function;
    };
  }

  /** Elements of the reduced dimensions share the tangent of the extremum that they attain. */
  private static Array amongTies(Array x, Array y, Array dx, Axes axes) {
    Array hit = Compare.eq(x, spread(y, x.shape(), axes));
    Array weights = Convert.convertElementType(hit, dx.dtype());
    Array counts = sum(weights, axes);
    return Arithmetic.div(sum(Arithmetic.mul(dx, weights), axes), counts);
  }

  /** Repeats a reduced array along the reduced dimensions. */
  static Array spread(Array reduced, Shape shape, Axes axes) {
    return Shapes.broadcastInDim(reduced, shape, axes.complement(shape.rank()));
  }

  /** The least value: false, the smallest integer, or minus infinity. */
  static Literal lowest(DType dtype) {
    return dtype.isInexact()
        ? Literal.scalarOf(dtype, Double.NEGATIVE_INFINITY, 0)
        : Literal.scalar(dtype, dtype.isBool() ? 0L : dtype.minInteger());
  }

  /** The greatest value: true, the largest integer, or infinity. */
  static Literal highest(DType dtype) {
    return dtype.isInexact()
        ? Literal.scalarOf(dtype, Double.POSITIVE_INFINITY, 0)
        : Literal.scalar(dtype, dtype.isBool() ? 1L : dtype.maxInteger());
  }

  public static Array sum(Array x, Axes axes) {
    return Bind.bind(new ReduceSum(axes), x);
  }

  public static Array max(Array x, Axes axes) {
    return Bind.bind(new ReduceMax(axes), x);
  }

  public static Array min(Array x, Axes axes) {
    return Bind.bind(new ReduceMin(axes), x);
  }

  public static Array prod(Array x, Axes axes) {
    return Bind.bind(new ReduceProd(axes), x);
  }

  /** Exclusive or of booleans or bits. */
  public static Array xor(Array x, Axes axes) {
    return Bind.bind(new ReduceXor(axes), x);
  }

  /** And of booleans or bits. */
  public static Array and(Array x, Axes axes) {
    return Bind.bind(new ReduceAnd(axes), x);
  }

  /** Or of booleans or bits. */
  public static Array or(Array x, Axes axes) {
    return Bind.bind(new ReduceOr(axes), x);
  }
}
