package dev.jacobi.cpu.gemm;

import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import java.util.ArrayList;
import java.util.List;

/** What one task does: multiplies some tiles, or packs some panels of B. */
final class DriverTask extends PlanReader {
  private final DriverKernel.Kind kind;
  private final List<Val> pointers = new ArrayList<>(); // a, b, c, scratch
  private final Val first;
  private final Val plan;
  private final Val round;

  DriverTask(FnEmitter f, DriverKernel.Kind kind) {
    super(f);
    this.kind = kind;
    for (int i = 0; i < 4; i++) {
      pointers.add(f.load(LType.PTR, f.gep(LType.I64, f.param(0), i)));
    }
    first = f.load(LType.I64, f.gep(LType.I64, f.param(0), DriverKernel.FIRST));
    plan = f.load(LType.PTR, f.gep(LType.I64, f.param(0), DriverKernel.PLAN));
    round = f.param(1);
  }

  @Override
  Val plan() {
    return plan;
  }

  private Val end(Val start, Word size, Val all) {
    return f.smin(f.addNsw(start, get(size)), all);
  }

  void direct(boolean summed) {
    Val panelBlock = f.urem(round, get(Word.PANEL_BLOCKS));
    Val rest = f.udiv(round, get(Word.PANEL_BLOCKS));
    Val rowBlock = f.urem(rest, get(Word.ROW_BLOCKS));
    Val from = times(f.udiv(rest, get(Word.ROW_BLOCKS)), Word.TASK_PRODUCTS);
    Val to = end(from, Word.TASK_PRODUCTS, get(Word.PRODUCTS));
    Val top = times(rowBlock, Word.TASK_ROWS);
    Val bottom = end(top, Word.TASK_ROWS, get(Word.ROWS));
    Val left = times(panelBlock, Word.TASK_PANELS);
    Val right = end(left, Word.TASK_PANELS, get(Word.PANELS));
    if (!summed) {
      products(from, to, pointers.get(0), pointers.get(1), Val.bool(false))
          .write(top, bottom, left, right);
      return;
    }
    f.forLoop(
        zero(),
        get(Word.TERMS),
        one(),
        t -> {
          var moved = termOffsets(t);
          Val a = plus(pointers.get(0), moved.get(0));
          Val b = plus(pointers.get(1), moved.get(1));
          products(from, to, a, b, f.cmp(Cmp.NE, t, zero())).write(top, bottom, left, right);
        });
  }

  private interface Part {
    void write(Val top, Val bottom, Val left, Val right);
  }

  /** The same part of some products; with {@code more}, it is added to what C holds. */
  private Part products(Val from, Val to, Val firstA, Val firstB, Val more) {
    return (top, bottom, left, right) ->
        f.forLoop(
            from,
            to,
            one(),
            product -> {
              var offsets = offsets(product);
              Val a = plus(firstA, offsets.get(0));
              Val b = plus(firstB, offsets.get(1));
              Val c = plus(pointers.get(2), offsets.get(2));
              term(a, b, c, more).write(top, bottom, left, right);
            });
  }

  private Sweep term(Val a, Val b, Val c, Val more) {
    return new Sweep(
        row -> plus(a, times(row, Word.A_ROW_BYTES)),
        panel -> plus(b, times(panel, Word.B_PANEL_BYTES)),
        (row, panel) -> plus(c, times(row, Word.C_ROW_BYTES), times(panel, Word.C_PANEL_BYTES)),
        List.of(get(Word.A_ROW), get(Word.A_COL), get(Word.B_ROW), get(Word.C_ROW)),
        get(Word.K),
        more,
        null);
  }

  void pack() {
    Val left = times(round, Word.PACK_PANELS);
    Val end = end(left, Word.PACK_PANELS, get(Word.PASS_PANELS));
    f.forLoop(
        left,
        f.smin(end, f.sub(get(Word.PANELS), first)),
        one(),
        p -> {
          Val panel = f.addNsw(first, p);
          Val column = times(panel, Word.PANEL_COLUMNS);
          var arguments =
              new ArrayList<>(
                  List.of(
                      plus(pointers.get(1), times(panel, Word.B_PANEL_BYTES)),
                      packed(panelStart(p)),
                      get(Word.K),
                      f.smin(get(Word.PANEL_COLUMNS), f.sub(get(Word.COLUMNS), column)),
                      get(Word.B_ROW),
                      get(Word.B_COL),
                      get(Word.PANEL_COLUMNS)));
          if (kind == DriverKernel.Kind.PAIRED) {
            f.store(Val.i64(-1), panelStart(p));
            arguments.add(get(Word.ELEMENTS));
            arguments.add(panelStart(p));
          }
          f.callPointer(kernel(Word.PACK_B), LType.VOID, arguments.toArray(Val[]::new));
        });
  }

  /** A panel of the scratch memory, counted within the pass. */
  private Val panelStart(Val panel) {
    Val start = f.offset(pointers.get(3), Plan.COUNTER_BYTES);
    return plus(start, times(panel, Word.PACKED_PANEL_BYTES));
  }

  /** What stands behind the header, if there is one. */
  private Val packed(Val start) {
    return kind == DriverKernel.Kind.PAIRED ? f.offset(start, Plan.HEADER_BYTES) : start;
  }

  void multiply() {
    Val slots = plus(f.offset(pointers.get(3), Plan.COUNTER_BYTES), get(Word.PANELS_BYTES));
    Val mine = plus(slots, times(round, Word.SLOT_BYTES));
    f.whileLoop(
        List.of(claim()),
        now -> f.cmp(Cmp.SLT, now.getFirst(), get(Word.BLOCKS)),
        now -> {
          block(now.getFirst(), mine);
          return List.of(claim());
        });
  }

  private Val claim() {
    Val counter = pointers.get(3);
    return f.effect(LType.I64, "atomicrmw add " + counter.typed() + ", i64 1 monotonic");
  }

  private void block(Val number, Val mine) {
    Val top = times(f.udiv(number, get(Word.PANEL_BLOCKS)), Word.HEIGHT);
    Val bottom = end(top, Word.HEIGHT, get(Word.ROWS));
    Val within = times(f.urem(number, get(Word.PANEL_BLOCKS)), Word.BLOCK_PANELS);
    Val left = f.addNsw(first, within);
    Val pass = end(within, Word.BLOCK_PANELS, get(Word.PASS_PANELS));
    Val right = f.smin(f.addNsw(first, pass), get(Word.PANELS));
    Val a = plus(pointers.get(0), times(top, Word.A_ROW_BYTES));
    Val waits = f.cmp(Cmp.NE, get(Word.SUMS), zero());
    Val c = f.select(waits, plus(mine, get(Word.SUMS)), pointers.get(2));
    Val firstRow = f.select(waits, top, zero());
    Val firstPanel = f.select(waits, left, zero());
    if (kind == DriverKernel.Kind.PAIRED) {
      f.store(Val.i64(-1), mine);
    }
    f.forLoop(
        zero(),
        f.intrinsic("smax", get(Word.K), one()),
        get(Word.DEPTH),
        l -> {
          Val k = f.smin(get(Word.DEPTH), f.sub(get(Word.K), l));
          packA(plus(a, times(l, Word.A_COL_BYTES)), mine, f.sub(bottom, top), k, l);
          Val line = times(l, Word.PACKED_LINE_BYTES);
          new Sweep(
                  row -> plus(packed(mine), times(f.sub(row, top), Word.PACKED_ROW_BYTES)),
                  panel -> plus(packed(panelStart(f.sub(panel, first))), line),
                  (row, panel) ->
                      plus(
                          c,
                          times(f.sub(row, firstRow), Word.C_ROW_BYTES),
                          times(f.sub(panel, firstPanel), Word.C_PANEL_BYTES)),
                  List.of(get(Word.PACKED_ROW), one(), get(Word.PANEL_COLUMNS), get(Word.C_ROW)),
                  k,
                  f.cmp(Cmp.NE, l, zero()),
                  kind == DriverKernel.Kind.PAIRED ? mine : null)
              .write(top, bottom, left, right);
        });
    f.ifThen(waits, () -> narrow(c, top, bottom, left, right));
  }

  private void packA(Val from, Val slot, Val rows, Val k, Val l) {
    var arguments =
        new ArrayList<>(
            List.of(
                from,
                packed(slot),
                rows,
                k,
                get(Word.A_ROW),
                get(Word.A_COL),
                get(Word.PACKED_ROW)));
    if (kind == DriverKernel.Kind.PAIRED) {
      arguments.add(f.sub(get(Word.ELEMENTS), f.mulNsw(l, Val.i64(2))));
      arguments.add(slot);
    }
    f.callPointer(kernel(Word.PACK_A), LType.VOID, arguments.toArray(Val[]::new));
  }

  /** Writes sums that waited in the slot to C. */
  private void narrow(Val sums, Val top, Val bottom, Val left, Val right) {
    Val column = times(left, Word.PANEL_COLUMNS);
    f.callPointer(
        kernel(Word.NARROW),
        LType.VOID,
        sums,
        plus(
            pointers.get(2),
            times(top, Word.RESULT_ROW_BYTES),
            times(left, Word.RESULT_PANEL_BYTES)),
        f.sub(bottom, top),
        f.sub(f.smin(times(right, Word.PANEL_COLUMNS), get(Word.COLUMNS)), column),
        get(Word.C_ROW),
        one(),
        get(Word.RESULT_ROW));
  }

  /**
   * Whether no sum of products can be subnormal, which the machine's sums of pairs would make 0,
   * and no operand is: operands are multiples of {@code 2^(e - 7)} for the least exponent e, so
   * that rounded sums are multiples of {@code 2^(e + e' - 14)}, which must be at least {@code
   * 2^-126}.
   *
   * @param a the least {@code |x| - 1} of A, by its bits; {@code b} likewise
   */
  Val isSafe(Val a, Val b) {
    Val first = f.lshr(f.addNsw(f.and(a, Val.i64(0xFFFF)), one()), Val.i64(7));
    Val second = f.lshr(f.addNsw(f.and(b, Val.i64(0xFFFF)), one()), Val.i64(7));
    Val normal = f.cmp(Cmp.SGE, f.smin(first, second), one());
    return f.and(normal, f.cmp(Cmp.SGE, f.addNsw(first, second), Val.i64(254 - 126 + 14)));
  }

  private interface Place {
    Val of(Val index);
  }

  private interface Corner {
    Val of(Val row, Val panel);
  }

  /**
   * Covers a part of C with tiles: panels of columns outside, so that a panel of B stays in the
   * first cache while the rows go by. The last rows and the last columns have tiles of their own.
   */
  private final class Sweep {
    private final Place a; // of a row
    private final Place b; // of a panel
    private final Corner c; // of a row and a panel
    private final List<Val> strides;
    private final Val k;
    private final Val more;
    private final Val slot;

    Sweep(Place a, Place b, Corner c, List<Val> strides, Val k, Val more, Val slot) {
      this.a = a;
      this.b = b;
      this.c = c;
      this.strides = strides;
      this.k = k;
      this.more = more;
      this.slot = slot;
    }

    /** The first row is a tile's first; the row after the last too, or there are no more. */
    void write(Val top, Val bottom, Val left, Val right) {
      Val full = get(Word.FULL_PANELS);
      f.forLoop(
          left,
          f.smin(right, full),
          one(),
          p -> rows(p, Word.TILE, Word.TILE_REST, get(Word.LANES), top, bottom));
      f.ifThen(
          f.cmp(Cmp.SGT, right, full),
          () -> rows(full, Word.TILE_EDGE, Word.TILE_REST_EDGE, get(Word.TAIL), top, bottom));
    }

    private void rows(Val panel, Word tile, Word rest, Val tail, Val top, Val bottom) {
      Val whole = get(Word.WHOLE_ROWS);
      Val most = chosen(tile, panel);
      Val last = chosen(rest, panel);
      f.forLoop(top, f.smin(bottom, whole), get(Word.TILE_ROWS), i -> call(most, i, panel, tail));
      f.ifThen(f.cmp(Cmp.SGT, bottom, whole), () -> call(last, whole, panel, tail));
    }

    private Val chosen(Word tile, Val panel) {
      if (slot == null) {
        return kernel(tile);
      }
      Val a = f.load(LType.I64, slot);
      Val b = f.load(LType.I64, panelStart(f.sub(panel, first)));
      return f.select(isSafe(a, b), kernel(tile), kernel(Word.valueOf("SMALL_" + tile)));
    }

    private void call(Val kernel, Val row, Val panel, Val tail) {
      f.callPointer(
          kernel,
          LType.VOID,
          a.of(row),
          b.of(panel),
          c.of(row, panel),
          k,
          strides.get(0),
          strides.get(1),
          strides.get(2),
          strides.get(3),
          tail,
          more);
    }
  }
}
