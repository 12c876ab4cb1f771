package dev.jacobi.cpu.gemm;

import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.IrModule;
import dev.jacobi.cpu.llvm.Isa;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Copies a block of bfloat16 to a row-major one of words, each two neighbours along k; behind the
 * last of an odd number stands a zero.
 *
 * <pre>
 * void pair(ptr from, ptr to, i64 rows, i64 columns, i64 row, i64 column, i64 toRow,
 *     i64 elements, ptr least)
 * </pre>
 *
 * <p>{@code rows} and {@code columns} count words, the source's strides elements; {@code elements}
 * are there along k. The number at {@code least} becomes the minimum of itself and of all {@code
 * |x| - 1}, as unsigned 16-bit integers: with it, zeros do not count.
 *
 * @param alongRows whether k runs along the rows (those of B), not along the columns
 * @param kind which elements of the source are adjacent
 */
record PairKernel(Isa isa, boolean alongRows, PackKernel.Kind kind) implements Kernel {
  private static final int WIDTH = 16; // Words of a register.

  @Override
  public String name() {
    String how = kind.name().toLowerCase(Locale.ROOT);
    return Kernel.join(isa, "pair", alongRows ? "rows" : "columns", how);
  }

  @Override
  public List<LType> parameters() {
    var types = new ArrayList<>(Collections.nCopies(2, LType.PTR));
    types.addAll(Collections.nCopies(6, LType.I64));
    types.add(LType.PTR);
    return types;
  }

  @Override
  public void emit(IrModule module) {
    var params =
        Kernel.params(
            this, "from", "to", "rows", "columns", "row", "column", "toRow", "elements", "least");
    var f = module.function(name(), LType.VOID, params);
    new Body(f).write();
    f.ret();
  }

  private final class Body {
    private final FnEmitter f;
    private final Val row;
    private final Val column;
    private final Val partner;

    Body(FnEmitter f) {
      this.f = f;
      Val two = Val.i64(2);
      this.row = alongRows ? f.mulNsw(f.param(4), two) : f.param(4);
      this.column = alongRows ? f.param(5) : f.mulNsw(f.param(5), two);
      this.partner = f.param(alongRows ? 4 : 5);
    }

    void write() {
      Val zero = Val.i64(0);
      Val rows = f.param(2);
      Val columns = f.param(3);
      Val whole = f.lshr(f.param(7), Val.i64(1)); // Words of two elements.
      Val tall = alongRows ? f.smin(rows, whole) : rows;
      Val wide = f.and(alongRows ? columns : f.smin(columns, whole), Val.i64(-WIDTH));
      switch (kind) {
        case ROWS -> {
          vectors(zero, tall, Val.i64(1), wide, this::line);
          words(zero, tall, wide, columns);
          words(tall, rows, zero, columns);
        }
        case COLUMNS -> {
          Val squares = f.and(tall, Val.i64(-WIDTH));
          vectors(zero, squares, Val.i64(WIDTH), wide, this::square);
          words(zero, squares, wide, columns);
          words(squares, rows, zero, columns);
        }
        case ELEMENTS -> words(zero, rows, zero, columns);
      }
    }

    private interface Piece {
      Val write(Val i, Val j, Val least);
    }

    private void vectors(Val top, Val bottom, Val step, Val right, Piece piece) {
      Val none = Val.integer(LType.I16.lanes(2 * WIDTH), 0xFFFF);
      var least =
          f.forLoop(
              top,
              bottom,
              step,
              List.of(none),
              (i, outer) ->
                  f.forLoop(
                      Val.i64(0),
                      right,
                      Val.i64(WIDTH),
                      outer,
                      (j, now) -> List.of(piece.write(i, j, now.getFirst()))));
      keep(f.reduceTree(least.getFirst(), f::umin));
    }

    private void words(Val top, Val bottom, Val left, Val right) {
      var least =
          f.forLoop(
              top,
              bottom,
              Val.i64(1),
              List.of(Val.integer(LType.I16.lanes(2), 0xFFFF)),
              (i, outer) ->
                  f.forLoop(left, right, Val.i64(1), outer, (j, now) -> List.of(word(i, j, now))));
      keep(f.reduceTree(least.getFirst(), f::umin));
    }

    private void keep(Val least) {
      Val old = f.load(LType.I64, f.param(8));
      f.store(f.umin(old, f.zext(least, LType.I64)), f.param(8));
    }

    private Val smaller(Val least, Val words) {
      LType halves = least.type();
      Val magnitude = f.and(f.bitcast(words, halves), Val.integer(halves, 0x7FFF));
      return f.umin(least, f.sub(magnitude, Val.integer(halves, 1)));
    }

    private Val from(Val i, Val j) {
      return f.gep(LType.BFLOAT, f.param(0), f.addNsw(f.mulNsw(i, row), f.mulNsw(j, column)));
    }

    private Val to(Val i, Val j) {
      return f.gep(LType.I32, f.param(1), f.addNsw(f.mulNsw(i, f.param(6)), j));
    }

    private Val word(Val i, Val j, List<Val> least) {
      Val at = from(i, j);
      Val second = f.addNsw(f.mulNsw(alongRows ? i : j, Val.i64(2)), Val.i64(1));
      Val low =
          f.ifElse(
                  f.cmp(Cmp.SLT, second, f.param(7)),
                  () -> List.of(f.load(LType.I16, f.gep(LType.BFLOAT, at, partner))),
                  () -> List.of(Val.zero(LType.I16)))
              .getFirst();
      Val word = joined(f.load(LType.I16, at), low);
      f.store(word, to(i, j));
      return smaller(least.getFirst(), word);
    }

    /** The first of two goes to the upper half, which is multiplied first. */
    private Val joined(Val first, Val second) {
      LType words = first.type().with(LType.I32);
      Val high = f.shl(f.zext(first, words), Val.integer(words, 16));
      return f.or(high, f.zext(second, words));
    }

    /** Neighbours in memory along {@code k} are whole words, but in the other order. */
    private Val load(Val at, boolean along) {
      if (!along) {
        LType halves = LType.I16.lanes(WIDTH);
        return joined(f.load(halves, at), f.load(halves, f.gep(LType.BFLOAT, at, partner)));
      }
      Val words = f.bitcast(f.load(LType.I16.lanes(2 * WIDTH), at), LType.I32.lanes(WIDTH));
      return f.intrinsic("fshl", words, words, Val.integer(words.type(), 16));
    }

    private Val line(Val i, Val j, Val least) {
      Val words = load(from(i, j), !alongRows);
      f.store(words, to(i, j));
      return smaller(least, words);
    }

    /** A square of words, transposed in registers. */
    private Val square(Val i, Val j, Val least) {
      Val now = least;
      var square = new ArrayList<Val>();
      for (int c = 0; c < WIDTH; c++) {
        Val words = load(from(i, f.addNsw(j, Val.i64(c))), alongRows);
        now = smaller(now, words);
        square.add(words);
      }
      var rows = PackKernel.transposed(f, square);
      for (int r = 0; r < WIDTH; r++) {
        f.store(rows.get(r), to(f.addNsw(i, Val.i64(r)), j));
      }
      return now;
    }
  }
}
