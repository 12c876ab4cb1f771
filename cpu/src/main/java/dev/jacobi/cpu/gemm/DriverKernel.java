package dev.jacobi.cpu.gemm;

import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.IrModule;
import dev.jacobi.cpu.llvm.Isa;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
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
 * of its own. Scratch memory: a counter, the panels, the slots; idle slots are not touched. Paired:
 * likewise with pairs of bfloat16, and with other tiles where {@link DriverTask#isSafe} does not
 * hold.
 */
record DriverKernel(Isa isa, Kind kind) implements Kernel {
  /** How operands are read. */
  enum Kind {
    DIRECT,
    SUMMED,
    PACKED,
    PAIRED;

    boolean packs() {
      return this == PACKED || this == PAIRED;
    }
  }

  static final int FIRST = 4; // The task word after a, b, c and scratch.
  static final int PLAN = 5;
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
      case PACKED, PAIRED -> task(module, multiply, DriverTask::multiply);
    }
    if (kind.packs()) {
      task(module, "pack_task", DriverTask::pack);
    }
    var f =
        module.function(
            name(), LType.VOID, Kernel.params(this, "a", "b", "c", "scratch", "pool", "plan"));
    new Driver(f).write(multiply);
    f.ret();
  }

  private interface Body {
    void write(DriverTask task);
  }

  private void task(IrModule module, String name, Body body) {
    var f =
        module.internalFunction(
            name,
            LType.VOID,
            new IrModule.Param(LType.PTR, "words"),
            new IrModule.Param(LType.I64, "round"));
    body.write(new DriverTask(f, kind));
    f.ret();
  }

  final class Driver extends PlanReader {
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
      if (!kind.packs()) {
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
}
