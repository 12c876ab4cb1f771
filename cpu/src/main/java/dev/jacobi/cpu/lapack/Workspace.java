package dev.jacobi.cpu.lapack;

import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.linalg.LapackCall;
import java.util.EnumMap;
import java.util.Map;

/**
 * The memory that a routine works in. The sizes are at least the minimum of LAPACK's documentation,
 * with room for blocks of 64 columns where that makes it faster.
 */
final class Workspace {
  private static final long BLOCK = 64;

  /** LAPACK's constant for the triangular factors of blocked reflections. */
  private static final long FACTORS = 65 * BLOCK;

  private static final long LINE = 64; // bytes of a cache line

  /** Parts of it, by LAPACK's names. */
  enum Part {
    WORK,
    RWORK,
    IWORK,
    BWORK,
    /** A copy of the matrix, where no result takes its place. */
    COPY,
    /** Real vectors before they become complex ones. */
    VL,
    VR
  }

  private final LapackCall call;
  private final Map<Part, Long> sizes = new EnumMap<>(Part.class); // elements
  private final Map<Part, Long> offsets = new EnumMap<>(Part.class);
  private long bytes;

  private Workspace(LapackCall call) {
    this.call = call;
  }

  static Workspace of(LapackCall call) {
    Workspace w = new Workspace(call);
    for (TensorType t : call.operands()) {
      w.check("a matrix", (long) call.rows(t) * call.cols(t));
    }
    w.plan();
    return w;
  }

  long bytes() {
    return bytes;
  }

  /** Elements of a part; 0 if there is none. */
  long size(Part part) {
    return sizes.getOrDefault(part, 0L);
  }

  long offset(Part part) {
    return offsets.get(part);
  }

  private void check(String what, long elements) {
    if (elements > Integer.MAX_VALUE) {
      throw new LapackSizeException(call.toString(), what, elements);
    }
  }

  private void add(Part part, long elements, int elementBytes) {
    long size = Math.max(1, elements);
    check("the workspace", size);
    sizes.put(part, size);
    offsets.put(part, bytes);
    bytes += Math.ceilDiv(size * elementBytes, LINE) * LINE;
  }

  private void work(long elements) {
    add(Part.WORK, elements, call.dtype().bytes());
  }

  private void rwork(long elements) {
    add(Part.RWORK, elements, call.dtype().real().bytes());
  }

  private void plan() {
    boolean isComplex = call.dtype().isComplex();
    TensorType a = call.operands().getFirst();
    long m = call.rows(a);
    long n = call.cols(a);
    switch (call.routine()) {
      case TRSM, GETRF, POTRF, GTSV -> {}
      case GEQRF, ORGQR, SYTRD -> work(n * BLOCK);
      case GEHRD -> work(n * BLOCK + FACTORS);
      case ORMQR -> {
        TensorType c = call.operands().get(2);
        work(Math.max(call.rows(c), call.cols(c)) * BLOCK + FACTORS);
      }
      case GEQP3 -> {
        work(2 * n + (n + 1) * BLOCK);
        if (isComplex) {
          rwork(2 * n);
        }
      }
      case GESDD -> singular(Math.min(m, n), Math.max(m, n), isComplex);
      case GESVD -> {
        long least = Math.min(m, n);
        long most = Math.max(m, n);
        work(5 * least + most + (least + most) * BLOCK);
        if (isComplex) {
          rwork(5 * least);
        }
      }
      case SYEVD -> {
        work((isComplex ? n * n : 1 + 4 * n + 2 * n * n) + (BLOCK + 2) * n);
        if (isComplex) {
          rwork(1 + 5 * n + 2 * n * n);
        }
        add(Part.IWORK, 3 + 5 * n, 4);
      }
      case GEEV -> {
        add(Part.COPY, n * n, call.dtype().bytes());
        work(n * (4 + 2 * BLOCK + 2));
        if (isComplex) {
          rwork(2 * n);
        } else {
          add(Part.VL, n * n, call.dtype().bytes());
          add(Part.VR, n * n, call.dtype().bytes());
        }
      }
      case GEES -> {
        work(n * (3 + BLOCK));
        if (isComplex) {
          rwork(n);
        }
        add(Part.BWORK, n, 4);
      }
    }
  }

  private void singular(long least, long most, boolean isComplex) {
    long square = Math.multiplyExact(least, least);
    long blocks = (least + most) * BLOCK;
    if (isComplex) {
      work(2 * square + 3 * least + most + blocks);
      rwork(Math.max(5 * square + 7 * least, 2 * most * least + 2 * square + least));
    } else {
      work(4 * square + 7 * least + most + blocks);
    }
    add(Part.IWORK, 8 * least, 4);
  }
}
