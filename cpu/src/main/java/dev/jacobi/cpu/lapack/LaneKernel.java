package dev.jacobi.cpu.lapack;

import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.Isa;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.linalg.LapackCall;
import java.util.ArrayList;
import java.util.List;

/**
 * Small matrices, one per vector lane: a group of them is transposed so that a vector holds the
 * same element of all, then the textbook algorithm runs without loops. At these sizes a call of
 * LAPACK costs more than its arithmetic.
 */
final class LaneKernel {
  private static final int LARGEST = 8; // rows and columns

  private final FnEmitter f;
  private final LapackCall call;
  private final List<Val> bases;
  private final LType elem;
  private final int lanes;

  LaneKernel(FnEmitter f, LapackCall call, Isa isa, List<Val> bases) {
    this.f = f;
    this.call = call;
    this.bases = bases;
    this.elem = call.dtype().bytes() == 4 ? LType.FLOAT : LType.DOUBLE;
    this.lanes = lanes(call, isa);
  }

  static int lanes(LapackCall call, Isa isa) {
    return isa.vectorBytes() / call.dtype().bytes();
  }

  /** Whether there are enough matrices, and they are small and real. */
  static boolean fits(LapackCall call, Isa isa) {
    boolean kind =
        switch (call.routine()) {
          case POTRF, TRSM, GETRF -> call.dtype().isFloat();
          case GEQRF, GEQP3, ORGQR, ORMQR, GESDD, GESVD, SYEVD, GEEV, GEES, GEHRD, SYTRD, GTSV ->
              false;
        };
    return kind
        && call.batch().size() >= lanes(call, isa)
        && call.operands().stream()
            .allMatch(
                t ->
                    call.rows(t) <= LARGEST
                        && call.cols(t) <= LARGEST
                        && call.rows(t) * call.cols(t) > 0);
  }

  /** Factors or solves group number {@code g}; the last one may be smaller. */
  void group(Val g) {
    Val first = f.mulNsw(g, Val.i64(lanes));
    Val count = f.smin(f.sub(Val.i64(call.batch().size()), first), Val.i64(lanes));
    switch (call.routine()) {
      case POTRF -> cholesky(first, count);
      case TRSM -> solve(first, count);
      case GETRF -> lu(first, count);
      case GEQRF, GEQP3, ORGQR, ORMQR, GESDD, GESVD, SYEVD, GEEV, GEES, GEHRD, SYTRD, GTSV ->
          throw new AssertionError(call);
    }
  }

  // --- between memory and lanes ---

  /** Elements of one matrix, vector or number of array k. */
  private int size(int k) {
    int operands = call.operands().size();
    TensorType t = k < operands ? call.operands().get(k) : call.results().get(k - operands);
    return call.rows(t) * call.cols(t);
  }

  private Val place(int k, LType type, Val first) {
    return f.gep(type, bases.get(k), f.mulNsw(first, Val.i64(size(k))));
  }

  /** Element e of all matrices of a group as vector e. */
  private Val[] load(int k, Val first, Val count) {
    int n = size(k);
    LType vector = elem.lanes(lanes);
    Val packed = f.alloca(vector, n, 64);
    Val from = place(k, elem, first);
    Val last = f.addNsw(count, Val.i64(-1));
    f.forLoop(
        Val.i64(0),
        Val.i64(n),
        Val.i64(1),
        e -> {
          List<Val> parts = new ArrayList<>();
          for (int lane = 0; lane < lanes; lane++) {
            Val matrix = f.smin(Val.i64(lane), last); // Beyond the last one it is repeated.
            Val at = f.addNsw(f.mulNsw(matrix, Val.i64(n)), e);
            parts.add(f.load(elem, f.gep(elem, from, at)));
          }
          f.store(f.vector(parts), f.gep(vector, packed, e));
        });
    Val[] out = new Val[n];
    for (int e = 0; e < n; e++) {
      out[e] = f.load(vector, f.gep(vector, packed, e));
    }
    return out;
  }

  /** Writes vectors back, those lanes that have a matrix. */
  private void store(int k, LType type, Val[] values, Val first, Val count) {
    int n = values.length;
    LType vector = type.lanes(lanes);
    Val packed = f.alloca(vector, n, 64);
    for (int e = 0; e < n; e++) {
      f.store(values[e], f.gep(vector, packed, e));
    }
    Val to = place(k, type, first);
    f.ifElse(
        f.cmp(Cmp.EQ, count, Val.i64(lanes)),
        () -> {
          f.forLoop(
              Val.i64(0),
              Val.i64(n),
              Val.i64(1),
              e -> {
                Val v = f.load(vector, f.gep(vector, packed, e));
                for (int lane = 0; lane < lanes; lane++) {
                  Val at = f.addNsw(Val.i64((long) lane * n), e);
                  f.store(f.extract(v, lane), f.gep(type, to, at));
                }
              });
          return List.of();
        },
        () -> {
          f.forLoop(
              Val.i64(0),
              f.mulNsw(count, Val.i64(n)),
              Val.i64(1),
              i -> {
                Val lane = f.udiv(i, Val.i64(n));
                Val at = f.addNsw(f.mulNsw(f.urem(i, Val.i64(n)), Val.i64(lanes)), lane);
                f.store(f.load(type, f.gep(type, packed, at)), f.gep(type, to, i));
              });
          return List.of();
        });
  }

  private Val number(double x) {
    return Val.fp(elem.lanes(lanes), x);
  }

  private Val count(long n) {
    return Val.integer(LType.I32.lanes(lanes), n);
  }

  /** {@code c - a b}. */
  private Val minus(Val c, Val a, Val b) {
    return f.module().target().fma() ? f.fma(f.neg(a), b, c) : f.sub(c, f.mul(a, b));
  }

  // --- the algorithms ---

  private void cholesky(Val first, Val count) {
    int n = call.rows(call.operands().getFirst());
    boolean lower = call.letter("uplo", "LU") == 'L';
    Val[] a = load(1, first, count);
    Val info = count(0);
    for (int j = 0; j < n; j++) {
      for (int i = j; i < n; i++) {
        Val sum = a[at(i, j, n, lower)];
        for (int k = 0; k < j; k++) {
          sum = minus(sum, a[at(i, k, n, lower)], a[at(j, k, n, lower)]);
        }
        a[at(i, j, n, lower)] = sum;
      }
      Val pivot = a[at(j, j, n, lower)];
      Val bad = f.cmp(Cmp.OLE, pivot, number(0)); // NaN goes on, as in OpenBLAS
      Val isFirst = f.and(bad, f.cmp(Cmp.EQ, info, count(0)));
      info = f.select(isFirst, count(j + 1), info);
      Val root = f.sqrt(pivot);
      Val inverse = f.fdiv(number(1), root);
      a[at(j, j, n, lower)] = root;
      for (int i = j + 1; i < n; i++) {
        a[at(i, j, n, lower)] = f.mul(a[at(i, j, n, lower)], inverse);
      }
    }
    store(1, elem, a, first, count);
    store(2, LType.I32, new Val[] {info}, first, count);
  }

  /** Element (i, j) of the lower triangle, or of the upper one seen from the other side. */
  private static int at(int i, int j, int n, boolean lower) {
    return lower ? j * n + i : i * n + j;
  }

  private void solve(Val first, Val count) {
    int n = call.rows(call.operands().getFirst());
    boolean left = call.letter("side", "LR") == 'L';
    boolean straight = (call.letter("trans_x", "NTC") == 'N') == left;
    boolean lower = (call.letter("uplo", "LU") == 'L') == straight;
    boolean unit = call.letter("diag", "NU") == 'U';
    TensorType b = call.operands().get(1);
    int rows = call.rows(b);
    int others = left ? call.cols(b) : rows;
    Val[] a = load(0, first, count);
    Val[] x = load(2, first, count);
    for (int step = 0; step < n; step++) {
      int i = lower ? step : n - 1 - step;
      Val inverse = unit ? null : f.fdiv(number(1), a[i * n + i]);
      for (int c = 0; c < others; c++) {
        Val sum = x[left ? c * rows + i : i * rows + c];
        for (int k = lower ? 0 : i + 1; k < (lower ? i : n); k++) {
          Val factor = a[straight ? k * n + i : i * n + k];
          sum = minus(sum, factor, x[left ? c * rows + k : k * rows + c]);
        }
        x[left ? c * rows + i : i * rows + c] = unit ? sum : f.mul(sum, inverse);
      }
    }
    store(2, elem, x, first, count);
  }

  private void lu(Val first, Val count) {
    int m = call.rows(call.operands().getFirst());
    int n = call.cols(call.operands().getFirst());
    int steps = Math.min(m, n);
    Val[] a = load(1, first, count);
    Val[] pivots = new Val[steps];
    Val info = count(0);
    for (int j = 0; j < steps; j++) {
      Val largest = f.fabs(a[j * m + j]);
      Val row = count(j);
      for (int i = j + 1; i < m; i++) {
        Val size = f.fabs(a[j * m + i]);
        Val larger = f.cmp(Cmp.OGT, size, largest);
        largest = f.select(larger, size, largest);
        row = f.select(larger, count(i), row);
      }
      pivots[j] = f.add(row, count(1));
      for (int c = 0; c < n; c++) {
        exchange(a, j, c, m, row);
      }
      Val pivot = a[j * m + j];
      Val zero = f.cmp(Cmp.OEQ, pivot, number(0));
      Val isFirst = f.and(zero, f.cmp(Cmp.EQ, info, count(0)));
      info = f.select(isFirst, count(j + 1), info);
      Val inverse = f.fdiv(number(1), f.select(zero, number(1), pivot));
      for (int i = j + 1; i < m; i++) {
        a[j * m + i] = f.mul(a[j * m + i], inverse);
        for (int c = j + 1; c < n; c++) {
          a[c * m + i] = minus(a[c * m + i], a[j * m + i], a[c * m + j]);
        }
      }
    }
    store(1, elem, a, first, count);
    store(2, LType.I32, pivots, first, count);
    store(3, LType.I32, new Val[] {info}, first, count);
  }

  /** Exchanges element (j, c) of every lane with that of the lane's pivot row. */
  private void exchange(Val[] a, int j, int c, int m, Val row) {
    Val old = a[c * m + j];
    Val now = old;
    for (int i = j + 1; i < m; i++) {
      Val here = f.cmp(Cmp.EQ, row, count(i));
      now = f.select(here, a[c * m + i], now);
      a[c * m + i] = f.select(here, old, a[c * m + i]);
    }
    a[c * m + j] = now;
  }
}
