package dev.jacobi.cpu.fuse;

import dev.jacobi.cpu.gemm.GemmEmitter;
import dev.jacobi.cpu.gemm.GemmSpec;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Dot products as matrix products over strides, and the transposes that thereby cost nothing. */
public final class Dots {
  /** A loop of a matrix product: its size, and how far A, B and C move with it. */
  private record Dim(long size, long a, long b, long c) {
    boolean isOuterOf(Dim inner) {
      return a == inner.a * inner.size && b == inner.b * inner.size && c == inner.c * inner.size;
    }
  }

  private Dots() {}

  /** The matrix product that a dot product is; empty if its types or layout have no kernel. */
  public static Optional<GemmSpec> spec(ReductionOp.DotGeneral o) {
    Optional<LType> operand = type(o.lhs().dtype());
    Optional<LType> result = type(o.dtype());
    boolean fits =
        o.lhs().dtype() == o.rhs().dtype()
            && operand.isPresent()
            && result.isPresent()
            && (operand.equals(result)
                || o.lhs().dtype().isFloat()
                    && o.lhs().dtype().bytes() == 2
                    && o.dtype() == DType.F32);
    if (!fits) {
      return Optional.empty();
    }
    ReductionOp.DotDims d = o.dims();
    Shape l = o.lhs().shape();
    Shape r = o.rhs().shape();
    Axes lhsFree = d.lhsBatch().plus(d.lhsContract()).complement(l.rank());
    Axes rhsFree = d.rhsBatch().plus(d.rhsContract()).complement(r.rank());
    long[] ls = l.strides();
    long[] rs = r.strides();
    long c = 1;
    List<Dim> n = new ArrayList<>();
    for (int i = rhsFree.size() - 1; i >= 0; i--) {
      n.addFirst(new Dim(r.dim(rhsFree.get(i)), 0, rs[rhsFree.get(i)], c));
      c *= r.dim(rhsFree.get(i));
    }
    long row = c;
    List<Dim> m = new ArrayList<>();
    for (int i = lhsFree.size() - 1; i >= 0; i--) {
      m.addFirst(new Dim(l.dim(lhsFree.get(i)), ls[lhsFree.get(i)], 0, c));
      c *= l.dim(lhsFree.get(i));
    }
    List<Dim> batch = new ArrayList<>();
    for (int i = d.lhsBatch().size() - 1; i >= 0; i--) {
      int x = d.lhsBatch().get(i);
      batch.addFirst(new Dim(l.dim(x), ls[x], rs[d.rhsBatch().get(i)], c));
      c *= l.dim(x);
    }
    List<Dim> k = new ArrayList<>();
    for (int i = 0; i < d.lhsContract().size(); i++) {
      int x = d.lhsContract().get(i);
      k.add(new Dim(l.dim(x), ls[x], rs[d.rhsContract().get(i)], 0));
    }
    return spec(operand.get(), result.get(), joined(m), joined(n), joined(k), joined(batch), row);
  }

  private static Optional<GemmSpec> spec(
      LType operand,
      LType result,
      List<Dim> m,
      List<Dim> n,
      List<Dim> k,
      List<Dim> batch,
      long row) {
    if (k.size() > 1) {
      return Optional.empty();
    }
    Dim one = new Dim(1, 0, 0, 0);
    List<GemmSpec.Batch> outer = new ArrayList<>();
    batch.forEach(x -> outer.add(new GemmSpec.Batch(x.size, x.a, x.b, x.c)));
    for (List<Dim> free : List.of(m, n)) {
      for (int i = 0; i + 1 < free.size(); i++) {
        Dim x = free.get(i);
        outer.add(new GemmSpec.Batch(x.size, x.a, x.b, x.c));
      }
    }
    Dim rows = m.isEmpty() ? one : m.getLast();
    Dim columns = n.isEmpty() ? one : n.getLast();
    Dim sums = k.isEmpty() ? one : k.getFirst();
    return Optional.of(
        new GemmSpec(
            operand,
            result,
            rows.size,
            columns.size,
            sums.size,
            rows.a,
            sums.a,
            sums.b,
            columns.b,
            m.isEmpty() ? row : rows.c,
            outer));
  }

  /** The loops of more than one iteration, adjacent ones joined. */
  private static List<Dim> joined(List<Dim> dims) {
    List<Dim> out = new ArrayList<>();
    for (Dim d : dims) {
      if (d.size == 1) {
        continue;
      }
      if (!out.isEmpty() && out.getLast().isOuterOf(d)) {
        out.set(out.size() - 1, new Dim(out.getLast().size * d.size, d.a, d.b, d.c));
      } else {
        out.add(d);
      }
    }
    return out;
  }

  private static Optional<LType> type(DType t) {
    return switch (t) {
      case F16 -> Optional.of(LType.HALF);
      case BF16 -> Optional.of(LType.BFLOAT);
      case F32 -> Optional.of(LType.FLOAT);
      case F64 -> Optional.of(LType.DOUBLE);
      case I32, U32 -> Optional.of(LType.I32);
      case I64, U64 -> Optional.of(LType.I64);
      case BOOL, I8, I16, U8, U16, C64, C128 -> Optional.empty();
    };
  }

  /** Lets dot products read what their operands are transposes of, where no bit changes. */
  public static HloModule foldTransposes(HloModule module) {
    return Rewriter.rewrite(
        module,
        () -> {
          Map<Value, Op> defs = new IdentityHashMap<>();
          return (instr, out) -> fold(instr, out, defs);
        });
  }

  private static Optional<List<Value>> fold(Instr instr, HloBuilder out, Map<Value, Op> defs) {
    instr.results().forEach(v -> defs.put(v, instr.op()));
    if (!(instr.op() instanceof ReductionOp.DotGeneral o) || !isChained(o)) {
      return Optional.empty();
    }
    ReductionOp.DotGeneral now = o;
    if (defs.get(o.lhs()) instanceof ShapeOp.Transpose t
        && keepsOrder(t, o.dims().lhsBatch(), o.dims().lhsContract())) {
      ReductionOp.DotDims d = o.dims();
      ReductionOp.DotDims dims =
          new ReductionOp.DotDims(
              mapped(t, d.lhsBatch()), d.rhsBatch(), mapped(t, d.lhsContract()), d.rhsContract());
      ReductionOp.DotGeneral next =
          new ReductionOp.DotGeneral(
              t.operand(), o.rhs(), dims, o.lhsPrecision(), o.rhsPrecision(), o.dtype());
      now = isChained(next) ? next : now;
    }
    if (defs.get(o.rhs()) instanceof ShapeOp.Transpose t
        && keepsOrder(t, o.dims().rhsBatch(), o.dims().rhsContract())) {
      ReductionOp.DotDims d = now.dims();
      ReductionOp.DotDims dims =
          new ReductionOp.DotDims(
              d.lhsBatch(), mapped(t, d.rhsBatch()), d.lhsContract(), mapped(t, d.rhsContract()));
      ReductionOp.DotGeneral next =
          new ReductionOp.DotGeneral(
              now.lhs(), t.operand(), dims, o.lhsPrecision(), o.rhsPrecision(), o.dtype());
      now = isChained(next) ? next : now;
    }
    if (now == o) {
      return Optional.empty();
    }
    out.append(new Instr(now, instr.results(), instr.loc()));
    return Optional.of(instr.results());
  }

  /** Whether the sums are one chain over k, whose bits no stride changes. */
  private static boolean isChained(ReductionOp.DotGeneral o) {
    return spec(o).filter(GemmEmitter::isChained).isPresent();
  }

  /**
   * Whether products are summed one after the other, or (where both operands have one row) in a
   * tree; empty if in other ways.
   */
  public static Optional<Boolean> chained(ReductionOp.DotGeneral o) {
    return spec(o)
        .filter(s -> GemmEmitter.isChained(s) || s.m() == 1 && s.n() == 1)
        .map(GemmEmitter::isChained);
  }

  private static Axes mapped(ShapeOp.Transpose t, Axes axes) {
    return axes.map(d -> t.permutation().get(d));
  }

  /** Whether the free dimensions come in the same order without the transpose. */
  private static boolean keepsOrder(ShapeOp.Transpose t, Axes batch, Axes contract) {
    Axes free = mapped(t, batch.plus(contract).complement(t.permutation().size()));
    return free.equals(free.sorted());
  }
}
