package dev.jacobi.hlo.fuzz;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.List;

/** Reductions and dot products. */
final class ReductionRows {
  private ReductionRows() {}

  static final List<Programs.Row> ALL =
      List.of(
          ReductionRows::reduce,
          ReductionRows::reduce,
          ReductionRows::argReduce,
          ReductionRows::reduceTwo,
          ReductionRows::compose,
          ReductionRows::dot,
          ReductionRows::dot);

  /** The associative functions of a type. */
  static List<Fn> combiners(DType dtype) {
    return switch (dtype.kind()) {
      case BOOL -> List.of(Fn.AND, Fn.OR, Fn.XOR);
      case SIGNED, UNSIGNED -> List.of(Fn.ADD, Fn.MUL, Fn.MAX, Fn.MIN, Fn.AND, Fn.OR, Fn.XOR);
      case FLOAT -> List.of(Fn.ADD, Fn.ADD, Fn.MUL, Fn.MAX, Fn.MIN);
      case COMPLEX -> List.of(Fn.ADD, Fn.MUL);
    };
  }

  /** The value that changes nothing. */
  static Value identity(Programs p, Fn fn, DType dtype) {
    return p.b.constant(
        switch (fn) {
          case MUL -> Literal.scalar(dtype, 1.0);
          case AND -> Literal.scalar(dtype, -1L);
          case MAX -> extreme(dtype, true);
          case MIN -> extreme(dtype, false);
          default -> Literal.scalar(dtype, 0.0);
        });
  }

  private static Literal extreme(DType dtype, boolean least) {
    if (dtype.isFloat()) {
      return Literal.scalar(dtype, least ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
    }
    return Literal.scalar(dtype, least ? dtype.minInteger() : dtype.maxInteger());
  }

  private static void reduce(Programs p) {
    Value v = p.any(_ -> true);
    Fn fn = p.draw.pick(combiners(v.dtype()));
    Value init = p.draw.oneIn(4) ? p.scalar(v.dtype()) : identity(p, fn, v.dtype());
    Block body = HloBuilder.binaryBody(fn, v.dtype());
    Axes dims = p.draw.subset(v.shape().rank());
    p.add(new ReductionOp.Reduce(List.of(v), List.of(init), dims, body));
  }

  /** Two arrays side by side. */
  private static void reduceTwo(Programs p) {
    Value v = p.any(t -> !t.isComplex());
    Value w = p.like(v.type().withDtype(p.draw.dtype(t -> !t.isComplex())));
    List<Fn> fns = List.of(exact(p, v.dtype()), exact(p, w.dtype()));
    List<Value> inits =
        List.of(identity(p, fns.getFirst(), v.dtype()), identity(p, fns.getLast(), w.dtype()));
    Axes dims = p.draw.subset(v.shape().rank());
    p.add(new ReductionOp.Reduce(List.of(v, w), inits, dims, both(fns, v.dtype(), w.dtype())));
  }

  /** An associative function that does not round. */
  static Fn exact(Programs p, DType dtype) {
    List<Fn> all = combiners(dtype);
    return p.draw.pick(
        dtype.isInexact() ? all.stream().filter(f -> f == Fn.MAX || f == Fn.MIN).toList() : all);
  }

  /** One function on the first of each pair, the other on the second. */
  static Block both(List<Fn> fns, DType first, DType second) {
    HloBuilder b = new HloBuilder();
    Value x = b.param(TensorType.scalar(first));
    Value y = b.param(TensorType.scalar(second));
    Value x2 = b.param(TensorType.scalar(first));
    Value y2 = b.param(TensorType.scalar(second));
    return b.build(b.pointwise(fns.getFirst(), x, x2), b.pointwise(fns.getLast(), y, y2));
  }

  /** The largest element and where it stands, as JAX writes argmax. */
  private static void argReduce(Programs p) {
    Value v = p.any(t -> t.isInteger() || t.isFloat(), s -> s.rank() > 0);
    int dim = p.draw.below(v.shape().rank());
    Value places = p.b.add(new ElementwiseOp.Iota(v.type().withDtype(DType.I32), dim));
    Value least = identity(p, Fn.MAX, v.dtype());
    Value zero = p.b.constant(DType.I32, 0);
    p.add(
        new ReductionOp.Reduce(
            List.of(v, places), List.of(least, zero), Axes.of(dim), larger(v.dtype())));
  }

  /** (a, i), (b, j): the larger or NaN, and of equal ones the first. */
  private static Block larger(DType dtype) {
    HloBuilder b = new HloBuilder();
    Value x = b.param(TensorType.scalar(dtype));
    Value i = b.param(TensorType.scalar(DType.I32));
    Value y = b.param(TensorType.scalar(dtype));
    Value j = b.param(TensorType.scalar(DType.I32));
    Value greater = b.compare(ElementwiseOp.Direction.GT, x, y);
    Value nan = b.compare(ElementwiseOp.Direction.NE, x, x);
    Value takes = b.pointwise(Fn.OR, greater, nan);
    Value equal = b.compare(ElementwiseOp.Direction.EQ, x, y);
    Value first = b.compare(ElementwiseOp.Direction.LT, i, j);
    Value left = b.pointwise(Fn.OR, takes, b.pointwise(Fn.AND, equal, first));
    return b.build(b.pointwise(Fn.SELECT, takes, x, y), b.pointwise(Fn.SELECT, left, i, j));
  }

  /** x -> a x + b, one after the other: associative, but it does not commute. */
  private static void compose(Programs p) {
    Value a = p.any(DType::isInteger);
    DType t = a.dtype();
    Value one = p.b.constant(t, 1);
    Value zero = p.b.constant(t, 0);
    HloBuilder b = new HloBuilder();
    Value a1 = b.param(TensorType.scalar(t));
    Value b1 = b.param(TensorType.scalar(t));
    Value a2 = b.param(TensorType.scalar(t));
    Value b2 = b.param(TensorType.scalar(t));
    Value offset = b.pointwise(Fn.ADD, b.pointwise(Fn.MUL, b1, a2), b2);
    p.add(
        new ReductionOp.Reduce(
            List.of(a, p.like(a.type())),
            List.of(one, zero),
            p.draw.subset(a.shape().rank()),
            b.build(b.pointwise(Fn.MUL, a1, a2), offset)));
  }

  /** Shared dimensions of lhs, some batched and some contracted, against a fitting rhs. */
  private static void dot(Programs p) {
    Value lhs = p.any(t -> !t.isBool());
    int rank = lhs.shape().rank();
    List<Integer> batch = new ArrayList<>();
    List<Integer> contract = new ArrayList<>();
    for (int d = 0; d < rank; d++) {
      int kind = p.draw.below(3);
      (kind == 0 ? batch : kind == 1 ? contract : new ArrayList<Integer>()).add(d);
    }
    List<Long> own = new ArrayList<>();
    for (int i = p.draw.below(3); i > 0; i--) {
      own.add(p.draw.size());
    }
    int wide = batch.size() + contract.size() + own.size();
    Axes places = p.draw.permutation(wide);
    long[] sizes = new long[wide];
    int at = 0;
    List<Integer> rhsBatch = new ArrayList<>();
    List<Integer> rhsContract = new ArrayList<>();
    for (int d : batch) {
      rhsBatch.add(places.get(at));
      sizes[places.get(at++)] = lhs.shape().dim(d);
    }
    for (int d : contract) {
      rhsContract.add(places.get(at));
      sizes[places.get(at++)] = lhs.shape().dim(d);
    }
    for (long size : own) {
      sizes[places.get(at++)] = size;
    }
    long result = own.stream().reduce(lhs.shape().size(), (a, b) -> a * Math.max(b, 1));
    if (wide > 6 || result > 20 * p.draw.most() || Shape.of(sizes).size() > p.draw.most()) {
      return;
    }
    Value rhs = p.like(lhs.type().withShape(Shape.of(sizes)));
    p.add(
        new ReductionOp.DotGeneral(
            lhs,
            rhs,
            new ReductionOp.DotDims(axes(batch), axes(rhsBatch), axes(contract), axes(rhsContract)),
            ReductionOp.Precision.DEFAULT,
            ReductionOp.Precision.DEFAULT,
            p.draw.oneIn(4) ? wider(lhs.dtype()) : lhs.dtype()));
  }

  private static DType wider(DType t) {
    return switch (t) {
      case I8 -> DType.I32;
      case U8 -> DType.U32;
      case F16, BF16 -> DType.F32;
      case F32 -> DType.F64;
      default -> t;
    };
  }

  private static Axes axes(List<Integer> list) {
    return Axes.of(list.stream().mapToInt(d -> d).toArray());
  }
}
