package dev.jacobi.cpu.gemm;

import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.IrModule;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Writes loops whose rounds may run on several threads. What the rounds need travels as 64-bit
 * words in memory of the caller.
 */
public record Parallel(IrModule module, boolean threads) {
  private static final String RUN = "jacobi_parallel";

  /** Writes the function of one round: {@code void name(ptr words, i64 round)}. */
  public String task(String name, int words, BiConsumer<FnEmitter, List<Val>> body) {
    var params =
        List.of(new IrModule.Param(LType.PTR, "words"), new IrModule.Param(LType.I64, "round"));
    module.helper(
        name,
        LType.VOID,
        params,
        f -> {
          var list = new ArrayList<Val>();
          for (int i = 0; i < words; i++) {
            list.add(f.load(LType.I64, f.gep(LType.I64, f.param(0), i)));
          }
          list.add(f.param(1));
          body.accept(f, list);
          f.ret();
        });
    return name;
  }

  /** Runs the rounds of a task: on the pool if {@code worthIt}, else here. */
  public void run(FnEmitter f, String task, Val pool, Val words, long rounds, boolean worthIt) {
    if (threads && worthIt && rounds > 1) {
      Val function = new Val(LType.PTR, "@" + task);
      f.call(RUN, LType.VOID, pool, function, words, Val.i64(rounds));
    } else {
      f.forLoop(Val.i64(0), Val.i64(rounds), Val.i64(1), i -> f.call(task, LType.VOID, words, i));
    }
  }

  /** Runs a number of rounds that is only known then, on the pool. */
  public void run(FnEmitter f, String task, Val pool, Val words, Val rounds) {
    f.call(RUN, LType.VOID, pool, new Val(LType.PTR, "@" + task), words, rounds);
  }

  /** Memory for a task's words, filled. */
  public static Val words(FnEmitter f, List<Val> values) {
    Val memory = f.alloca(LType.I64, values.size(), 8);
    for (int i = 0; i < values.size(); i++) {
      Val v = values.get(i);
      Val word = v.type().equals(LType.PTR) ? f.ptrtoint(v, LType.I64) : v;
      f.store(word, f.gep(LType.I64, memory, i));
    }
    return memory;
  }

  public static Val pointer(FnEmitter f, Val word) {
    return f.inttoptr(word, LType.PTR);
  }
}
