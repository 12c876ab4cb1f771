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
 * The loops around the tiles, for products of any shape: {@code void driver(ptr a, ptr b, ptr c,
 * ptr scratch, ptr pool, ptr plan)}, where the plan is a record of {@link Word}s.
 *
 * <p>Direct: each task takes some products, rows and panels. Summed: likewise, and adds up the
 * terms of a product one after the other, in C. Packed: in a first phase tasks pack panels of B; in
 * a second one, blocks of rows are claimed by tasks, each of which packs its piece of A into a slot
 * of its own. Scratch memory: a counter, the panels, the slots; idle slots are not touched.
 */
record DriverKernel(Isa isa, Kind kind) implements Kernel {
  /** How operands are read. */
  enum Kind {
    DIRECT,
    SUMMED,
    PACKED
  }

  private static final int FIRST = 4; // The task word after a, b, c and scratch.
  private static final int PLAN = 5;
  private static final int WORDS = 6;

  @Override
  public String name() {
    return Kernel.join(isa, "driver", kind.name().toLowerCase(Locale.ROOT));
  }

  @Override
  public List<LType> parameters() {
    return Collections.nCopies(6, LType.PTR);
  }

  @Override
  public void emit(IrModule module) {
    String multiply = kind.name().toLowerCase(Locale.ROOT) + "_task";
    switch (kind) {
      case DIRECT -> task(module, multiply, t -> t.direct(false));
      case SUMMED -> task(module, multiply, t -> t.direct(true));
      case PACKED -> task(module, multiply, Task::multiply);
    }
    if (kind == Kind.PACKED) {
      task(module, "pack_task", Task::pack);
    }
    var f =
        module.function(
            name(), LType.VOID, Kernel.params(this, "a", "b", "c", "scratch", "pool", "plan"));
    new Driver(f).write(multiply);
    f.ret();
  }

  private interface Body {
    void write(Task task);
  }

  private static void task(IrModule module, String name, Body body) {
    var f =
        module.internalFunction(
            name,
            LType.VOID,
            new IrModule.Param(LType.PTR, "words"),
            new IrModule.Param(LType.I64, "round"));
    body.write(new Task(f));
    f.ret();
  }

  /** What both levels do: read the plan. */
  private abstract static sealed class Reader permits Driver, Task {
    final FnEmitter f;

    Reader(FnEmitter f) {
      this.f = f;
    }

    abstract Val plan();

    Val get(Word word) {
      return f.load(LType.I64, f.gep(LType.I64, plan(), word.ordinal()));
    }

    Val kernel(Word word) {
      return f.load(LType.PTR, f.gep(LType.I64, plan(), word.ordinal()));
    }

    static Val zero() {
      return Val.i64(0);
    }

    static Val one() {
      return Val.i64(1);
    }

    Val plus(Val pointer, Val... bytes) {
      Val at = pointer;
      for (var b : bytes) {
        at = f.gep(LType.I8, at, b);
      }
      return at;
    }

    Val times(Val x, Word word) {
      return f.mulNsw(x, get(word));
    }

    /** Where the operands of one product of the batch begin, in bytes: for A, B and C. */
    List<Val> offsets(Val product) {
      Val dims = f.gep(LType.I64, plan(), Word.values().length);
      return offsets(product, dims, get(Word.BATCH_RANK), 3);
    }

    /** Where the operands of one term of a product begin, in bytes: for A and B. */
    List<Val> termOffsets(Val term) {
      Val batch = f.mulNsw(get(Word.BATCH_RANK), Val.i64(4));
      Val dims = f.gep(LType.I64, plan(), f.addNsw(batch, Val.i64(Word.values().length)));
      return offsets(term, dims, get(Word.SUM_RANK), 2);
    }

    /** Divides a number into indices; each dimension is its size and then the operands' steps. */
    private List<Val> offsets(Val number, Val dims, Val rank, int operands) {
      var start = new ArrayList<>(List.of(f.sub(rank, one()), number));
      start.addAll(Collections.nCopies(operands, zero()));
      var state =
          f.whileLoop(
              start,
              now -> f.cmp(Cmp.SGE, now.getFirst(), zero()),
              now -> {
                Val words = Val.i64(1 + operands);
                Val dim = f.gep(LType.I64, dims, f.mulNsw(now.getFirst(), words));
                var divided = divided(now.getFirst(), now.get(1), f.load(LType.I64, dim));
                var next = new ArrayList<Val>();
                next.add(f.sub(now.getFirst(), one()));
                next.add(divided.getFirst());
                for (int i = 0; i < operands; i++) {
                  Val stride = f.load(LType.I64, f.gep(LType.I64, dim, i + 1));
                  next.add(f.addNsw(now.get(2 + i), f.mulNsw(divided.getLast(), stride)));
                }
                return next;
              });
      return state.subList(2, 2 + operands);
    }

    /** Quotient and remainder; the outermost dimension needs no slow division. */
    private List<Val> divided(Val dimension, Val rest, Val size) {
      return f.ifElse(
          f.cmp(Cmp.EQ, dimension, zero()),
          () -> List.of(zero(), rest),
          () -> List.of(f.udiv(rest, size), f.urem(rest, size)));
    }
  }

  private final class Driver extends Reader {
    private final Val words;

    Driver(FnEmitter f) {
      super(f);
      this.words = f.alloca(LType.I64, WORDS, 8);
    }

    @Override
    Val plan() {
      return f.param(5);
    }

    void write(String multiply) {
      set(3, f.param(3));
      set(PLAN, f.param(5));
      if (kind != Kind.PACKED) {
        for (int i = 0; i < 3; i++) {
          set(i, f.param(i));
        }
        run(multiply, get(Word.TASKS));
        return;
      }
      f.forLoop(
          zero(),
          get(Word.PRODUCTS),
          one(),
          product -> {
            var offsets = offsets(product);
            for (int i = 0; i < 3; i++) {
              set(i, plus(f.param(i), offsets.get(i)));
            }
            f.forLoop(
                zero(), get(Word.PANELS), get(Word.PASS_PANELS), first -> pass(first, multiply));
          });
    }

    private void pass(Val first, String multiply) {
      set(FIRST, first);
      f.effect("store atomic i64 0, " + f.param(3).typed() + " monotonic, align 8");
      run("pack_task", get(Word.PACK_TASKS));
      run(multiply, get(Word.TASKS));
    }

    private void set(int index, Val value) {
      f.store(value, f.gep(LType.I64, words, index));
    }

    private void run(String task, Val rounds) {
      f.ifElse(
          f.cmp(Cmp.NE, get(Word.PARALLEL), zero()),
          () -> {
            Val function = new Val(LType.PTR, "@" + task);
            f.call("jacobi_parallel", LType.VOID, f.param(4), function, words, rounds);
            return List.of();
          },
          () -> {
            f.forLoop(zero(), rounds, one(), i -> f.call(task, LType.VOID, words, i));
            return List.of();
          });
    }
  }

  private static final class Task extends Reader {
    private final List<Val> pointers = new ArrayList<>(); // a, b, c, scratch
    private final Val first;
    private final Val plan;
    private final Val round;

    Task(FnEmitter f) {
      super(f);
      for (int i = 0; i < 4; i++) {
        pointers.add(f.load(LType.PTR, f.gep(LType.I64, f.param(0), i)));
      }
      first = f.load(LType.I64, f.gep(LType.I64, f.param(0), FIRST));
      plan = f.load(LType.PTR, f.gep(LType.I64, f.param(0), PLAN));
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
          c,
          List.of(get(Word.A_ROW), get(Word.A_COL), get(Word.B_ROW), get(Word.C_ROW)),
          get(Word.K),
          more);
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
            f.callPointer(
                kernel(Word.PACK_B),
                LType.VOID,
                plus(pointers.get(1), times(panel, Word.B_PANEL_BYTES)),
                packedPanel(p),
                get(Word.K),
                f.smin(get(Word.PANEL_COLUMNS), f.sub(get(Word.COLUMNS), column)),
                get(Word.B_ROW),
                get(Word.B_COL),
                get(Word.PANEL_COLUMNS));
          });
    }

    /** A panel of the scratch memory, counted within the pass. */
    private Val packedPanel(Val panel) {
      Val start = f.offset(pointers.get(3), Plan.COUNTER_BYTES);
      return plus(start, times(panel, Word.PACKED_PANEL_BYTES));
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
      f.forLoop(
          zero(),
          f.intrinsic("smax", get(Word.K), one()),
          get(Word.DEPTH),
          l -> {
            Val k = f.smin(get(Word.DEPTH), f.sub(get(Word.K), l));
            f.callPointer(
                kernel(Word.PACK_A),
                LType.VOID,
                plus(a, times(l, Word.A_COL_BYTES)),
                mine,
                f.sub(bottom, top),
                k,
                get(Word.A_ROW),
                get(Word.A_COL),
                get(Word.PACKED_ROW));
            Val line = times(l, Word.PACKED_LINE_BYTES);
            new Sweep(
                    row -> plus(mine, times(f.sub(row, top), Word.PACKED_ROW_BYTES)),
                    panel -> plus(packedPanel(f.sub(panel, first)), line),
                    pointers.get(2),
                    List.of(get(Word.PACKED_ROW), one(), get(Word.PANEL_COLUMNS), get(Word.C_ROW)),
                    k,
                    f.cmp(Cmp.NE, l, zero()))
                .write(top, bottom, left, right);
          });
    }

    private interface Place {
      Val of(Val index);
    }

    /**
     * Covers a part of C with tiles: panels of columns outside, so that a panel of B stays in the
     * first cache while the rows go by. The last rows and the last columns have tiles of their own.
     */
    private final class Sweep {
      private final Place a; // of a row
      private final Place b; // of a panel
      private final Val c;
      private final List<Val> strides;
      private final Val k;
      private final Val more;

      Sweep(Place a, Place b, Val c, List<Val> strides, Val k, Val more) {
        this.a = a;
        this.b = b;
        this.c = c;
        this.strides = strides;
        this.k = k;
        this.more = more;
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
        f.forLoop(
            top,
            f.smin(bottom, whole),
            get(Word.TILE_ROWS),
            i -> call(kernel(tile), i, panel, tail));
        f.ifThen(f.cmp(Cmp.SGT, bottom, whole), () -> call(kernel(rest), whole, panel, tail));
      }

      private void call(Val kernel, Val row, Val panel, Val tail) {
        Val at = plus(c, times(row, Word.C_ROW_BYTES), times(panel, Word.C_PANEL_BYTES));
        f.callPointer(
            kernel,
            LType.VOID,
            a.of(row),
            b.of(panel),
            at,
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
}
