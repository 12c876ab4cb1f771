package dev.jacobi.cpu.gemm;

import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.IrModule;
import dev.jacobi.cpu.llvm.Isa;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The inner loop: adds k products to a tile of C.
 *
 * <pre>
 * void tile(ptr a, ptr b, ptr c, i64 k, i64 aRow, i64 aCol, i64 bRow, i64 cRow, i64 tail, i1 more)
 * </pre>
 *
 * <p>The strides count elements; {@code tail} is the number of lanes of the last vector that exist
 * (the others are not touched); {@code more} tells whether C holds earlier sums or nothing yet.
 *
 * @param lanes element types; packed operands have the sums' type
 * @param rows rows of the tile
 * @param vectors vectors per row
 * @param adjacent whether aCol is 1
 * @param edge whether tail may be less than a whole vector
 */
record TileKernel(Isa isa, Lanes lanes, int rows, int vectors, boolean adjacent, boolean edge)
    implements Kernel {
  private static final int GROUP = 3; // Rows that one pointer reaches by adding a stride, scaled.

  @Override
  public String name() {
    return Kernel.join(
        isa,
        "tile",
        lanes.operand(),
        lanes.sum(),
        lanes.result(),
        rows,
        vectors,
        adjacent ? "adjacent" : "apart",
        edge ? "edge" : "whole");
  }

  @Override
  public List<LType> parameters() {
    var types = new ArrayList<>(Collections.nCopies(3, LType.PTR));
    types.addAll(Collections.nCopies(6, LType.I64));
    types.add(LType.I1);
    return types;
  }

  @Override
  public void emit(IrModule module) {
    var params =
        Kernel.params(this, "a", "b", "c", "k", "aRow", "aCol", "bRow", "cRow", "tail", "more");
    new Body(module.function(name(), LType.VOID, params)).write();
  }

  /** The same for another instruction set. */
  TileKernel with(Isa other) {
    return new TileKernel(other, lanes, rows, vectors, adjacent, edge);
  }

  private int width() {
    return isa.vectorBytes() / lanes.sum().elemBytes();
  }

  private final class Body {
    private final FnEmitter f;
    private final Val k;
    private final Val aRow;
    private final Val bRow;
    private final Val aStep;
    private final Val mask;

    Body(FnEmitter f) {
      this.f = f;
      this.k = f.param(3);
      this.aRow = bytes(f.param(4), lanes.operand());
      this.aStep =
          adjacent ? Val.i64(lanes.operand().elemBytes()) : bytes(f.param(5), lanes.operand());
      this.bRow = bytes(f.param(6), lanes.operand());
      this.mask = edge ? f.tailMask(width(), f.param(8)) : null;
    }

    private Val bytes(Val elements, LType type) {
      return f.mulNsw(elements, Val.i64(type.elemBytes()));
    }

    private Val plus(Val pointer, Val bytes) {
      return f.gep(LType.I8, pointer, bytes);
    }

    void write() {
      var zeros = Collections.nCopies(rows * vectors, Val.zero(lanes.sum().lanes(width())));
      List<Val> start =
          lanes.resultHoldsSum() ? f.ifElse(f.param(9), this::loadSums, () -> zeros) : zeros;
      // Unrolling hides the loop's own instructions. More of it costs compile time, and where sums
      // fill the registers LLVM loads the next column of A early and spills it.
      int sums = rows * vectors;
      int unroll = !adjacent || sums > 16 ? 1 : sums >= 8 ? 2 : 4;
      var state = new ArrayList<>(start);
      for (int i = 0; i < rows; i += GROUP) {
        state.add(plus(f.param(0), f.mulNsw(aRow, Val.i64(i))));
      }
      state.add(f.param(1));
      Val unrolled = unroll == 1 ? k : f.and(k, Val.i64(-unroll));
      var main = loop(Val.i64(0), unrolled, unroll, state);
      store(unroll == 1 ? main : loop(unrolled, k, 1, main));
      f.ret();
    }

    /** The state is: sums, a pointer per group of A's rows, a pointer to B's row. */
    private List<Val> loop(Val from, Val to, int unroll, List<Val> state) {
      return f.forLoop(
          from,
          to,
          Val.i64(unroll),
          state,
          (l, now) -> {
            var sums = now.subList(0, rows * vectors);
            var a = now.subList(rows * vectors, now.size() - 1);
            Val b = now.getLast();
            for (int u = 0; u < unroll; u++) {
              sums = step(sums, a, b, u);
              b = plus(b, bRow);
            }
            var next = new ArrayList<>(sums);
            a.forEach(p -> next.add(plus(p, f.mulNsw(aStep, Val.i64(unroll)))));
            next.add(b);
            return next;
          });
    }

    private List<Val> step(List<Val> sums, List<Val> a, Val bPointer, int u) {
      var b = new ArrayList<Val>();
      for (int v = 0; v < vectors; v++) {
        Val at = f.gep(lanes.operand(), bPointer, (long) v * width());
        b.add(masked(v) ? lanes.load(f, at, width(), mask) : lanes.load(f, at, width(), width()));
      }
      var next = new ArrayList<Val>();
      for (int i = 0; i < rows; i++) {
        Val row = plus(a.get(i / GROUP), f.mulNsw(aRow, Val.i64(i % GROUP)));
        Val x = lanes.load(f, plus(row, f.mulNsw(aStep, Val.i64(u))));
        Val everywhere = f.splat(x, width());
        for (int v = 0; v < vectors; v++) {
          next.add(lanes.multiplyAdd(f, everywhere, b.get(v), sums.get(i * vectors + v)));
        }
      }
      return next;
    }

    private boolean masked(int vector) {
      return edge && vector == vectors - 1;
    }

    private List<Val> loadSums() {
      var sums = new ArrayList<Val>();
      LType type = lanes.sum().lanes(width());
      for (int i = 0; i < rows; i++) {
        for (int v = 0; v < vectors; v++) {
          sums.add(
              masked(v)
                  ? lanes.packed().load(f, atC(i, v), width(), mask)
                  : f.load(type, atC(i, v)));
        }
      }
      return sums;
    }

    private void store(List<Val> sums) {
      for (int i = 0; i < rows; i++) {
        for (int v = 0; v < vectors; v++) {
          Val x = lanes.narrow(f, sums.get(i * vectors + v));
          if (masked(v)) {
            Lanes.maskedStore(f, x, atC(i, v), mask);
          } else {
            f.store(x, atC(i, v));
          }
        }
      }
    }

    private Val atC(int row, int vector) {
      Val start = f.gep(lanes.result(), f.param(2), f.mulNsw(f.param(7), Val.i64(row)));
      return f.gep(lanes.result(), start, (long) vector * width());
    }
  }
}
