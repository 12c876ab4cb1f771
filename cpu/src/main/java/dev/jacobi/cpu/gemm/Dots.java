package dev.jacobi.cpu.gemm;

import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * General dot products as batches of matrix products. Dimensions of the same kind that lie next to
 * each other in memory become one; where free dimensions do not, the outer ones join the batch.
 */
public final class Dots {
  private Dots() {}

  /** A dimension: its size, and how far A, B and C move with it. */
  private record Dim(long size, long a, long b, long c) {
    boolean encloses(Dim inner) {
      return a == inner.a * inner.size && b == inner.b * inner.size && c == inner.c * inner.size;
    }
  }

  /** Whether products of these elements can be written. */
  public static boolean supports(LType operand) {
    return switch (operand.elem()) {
      case HALF, BFLOAT, FLOAT, DOUBLE, I32, I64 -> true;
      case VOID, I1, I8, I16, I128, PTR -> false;
    };
  }

  /**
   * The product over dense row-major operands.
   *
   * @return empty if the contracted dimensions are in different orders in the two operands
   */
  public static Optional<GemmSpec> spec(
      LType operand, LType result, Shape lhs, Shape rhs, Op.DotDims dims) {
    Axes lhsFree = dims.lhsBatch().plus(dims.lhsContract()).complement(lhs.rank());
    Axes rhsFree = dims.rhsBatch().plus(dims.rhsContract()).complement(rhs.rank());
    Shape out = lhs.select(dims.lhsBatch()).concat(lhs.select(lhsFree)).concat(rhs.select(rhsFree));
    long[] a = lhs.strides();
    long[] b = rhs.strides();
    long[] c = out.strides();
    var batch = new ArrayList<Dim>();
    int at = 0;
    for (int i = 0; i < dims.lhsBatch().size(); i++) {
      int l = dims.lhsBatch().get(i);
      add(batch, new Dim(lhs.dim(l), a[l], b[dims.rhsBatch().get(i)], c[at++]));
    }
    var rows = new ArrayList<Dim>();
    for (int i = 0; i < lhsFree.size(); i++) {
      int l = lhsFree.get(i);
      add(rows, new Dim(lhs.dim(l), a[l], 0, c[at++]));
    }
    var columns = new ArrayList<Dim>();
    for (int i = 0; i < rhsFree.size(); i++) {
      int r = rhsFree.get(i);
      add(columns, new Dim(rhs.dim(r), 0, b[r], c[at++]));
    }
    var sums = new ArrayList<Dim>();
    for (int i = 0; i < dims.lhsContract().size(); i++) {
      int l = dims.lhsContract().get(i);
      add(sums, new Dim(lhs.dim(l), a[l], b[dims.rhsContract().get(i)], 0));
    }
    return sums.size() > 1
        ? Optional.empty()
        : Optional.of(spec(operand, result, batch, rows, columns, sums));
  }

  /** Appends a dimension, as part of the last one where it can be. */
  private static void add(List<Dim> dims, Dim inner) {
    if (inner.size == 1) {
      return;
    }
    if (!dims.isEmpty() && dims.getLast().encloses(inner)) {
      var outer = dims.removeLast();
      dims.add(new Dim(outer.size * inner.size, inner.a, inner.b, inner.c));
    } else {
      dims.add(inner);
    }
  }

  private static GemmSpec spec(
      LType operand,
      LType result,
      List<Dim> batch,
      List<Dim> rows,
      List<Dim> columns,
      List<Dim> sums) {
    var row = rows.isEmpty() ? null : rows.removeLast();
    var column = columns.isEmpty() ? null : columns.removeLast();
    var outer = new ArrayList<GemmSpec.Batch>();
    for (var list : List.of(batch, rows, columns)) {
      list.forEach(d -> outer.add(new GemmSpec.Batch(d.size, d.a, d.b, d.c)));
    }
    var sum = sums.isEmpty() ? new Dim(1, 1, 1, 0) : sums.getFirst();
    long n = column == null ? 1 : column.size;
    return new GemmSpec(
        operand,
        result,
        row == null ? 1 : row.size,
        n,
        sum.size,
        row == null ? sum.size : row.a,
        sum.a,
        sum.b,
        column == null ? 1 : column.b,
        row == null ? n : row.c,
        outer);
  }
}
