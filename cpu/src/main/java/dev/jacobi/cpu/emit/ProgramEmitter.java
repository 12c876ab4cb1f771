package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.IrModule;
import dev.jacobi.cpu.llvm.IrTarget;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Emits a whole program: {@code i32 entry(ptr args, ptr outs, ptr ctx)} and what it calls. */
public final class ProgramEmitter {
  /** Where the context that an entry gets holds the address of its arena. */
  public static final int CTX_ARENA = 0;

  /** The address of the thread pool. */
  public static final int CTX_POOL = 8;

  /** The address of the table of constants' addresses. */
  public static final int CTX_CONSTANTS = 16;

  /** Bytes of a context. */
  public static final int CTX_BYTES = 24;

  /**
   * What the target machine offers.
   *
   * @param vectorBytes bytes of a vector register
   * @param threads whether kernels may run on several threads
   */
  public record Options(IrTarget target, int vectorBytes, boolean threads) {}

  /**
   * A program in LLVM IR.
   *
   * @param ir the module's text
   * @param arenaBytes scratch memory that a call needs
   * @param constants large constants, whose addresses the context holds in this order
   * @param donatedFor per result, the donated argument in whose memory it is computed, or -1
   */
  public record Program(
      String ir, long arenaBytes, List<Literal> constants, List<Integer> donatedFor) {}

  private final HloModule hlo;
  private final Options options;
  private final IrModule module;
  private final Kernels kernels;
  private final List<Literal> constants = new ArrayList<>();
  private final Map<String, Long> arenas = new HashMap<>();
  private final Map<String, String> names = new LinkedHashMap<>();

  private ProgramEmitter(HloModule hlo, Options options) {
    this.hlo = hlo;
    this.options = options;
    this.module = new IrModule("program", options.target());
    this.kernels = new Kernels(module, options.vectorBytes(), options.threads());
  }

  public static Program emit(HloModule hlo, Options options) {
    return new ProgramEmitter(hlo, options).run();
  }

  private Program run() {
    HloFunc main = hlo.main();
    callees(main.body());
    MemoryPlan plan =
        MemoryPlan.of(main.body(), i -> isDonated(main.argAttrs().get(i)), arenas::get);
    FnEmitter f =
        module.function(
            "entry",
            LType.I32,
            new IrModule.Param(LType.PTR, "args"),
            new IrModule.Param(LType.PTR, "outs"),
            new IrModule.Param(LType.PTR, "ctx"));
    Val arena = f.load(LType.PTR, f.offset(f.param(2), CTX_ARENA));
    body(f, main.body(), plan, arena);
    f.ret(Val.i32(0));
    List<Integer> donatedFor = new ArrayList<>();
    for (int k = 0; k < main.outputs().size(); k++) {
      donatedFor.add(plan.donatedFor(k));
    }
    return new Program(
        module.toString(), plan.arenaBytes(), List.copyOf(constants), donatedFor);
  }

  /** Whether an argument is consumed by the call. */
  public static boolean isDonated(Map<String, String> attrs) {
    return attrs.containsKey("tf.aliasing_output") || attrs.containsKey("jax.buffer_donor");
  }

  /** Emits the functions that a block calls, before their callers. */
  private void callees(Block block) {
    for (Instr i : block.instrs()) {
      i.op().regions().forEach(this::callees);
      if (i.op() instanceof Op.Call c && !names.containsKey(c.callee())) {
        Block body = hlo.func(c.callee()).body();
        callees(body);
        String name = "f" + names.size();
        names.put(c.callee(), name);
        MemoryPlan plan = MemoryPlan.of(body, k -> false, arenas::get);
        arenas.put(c.callee(), plan.arenaBytes());
        FnEmitter f =
            module.internalFunction(
                name,
                LType.VOID,
                new IrModule.Param(LType.PTR, "args"),
                new IrModule.Param(LType.PTR, "outs"),
                new IrModule.Param(LType.PTR, "ctx"),
                new IrModule.Param(LType.PTR, "arena"));
        body(f, body, plan, f.param(3));
        f.ret();
      }
    }
  }

  private void body(FnEmitter f, Block block, MemoryPlan plan, Val arena) {
    Val ctx = f.param(2);
    Val pool = options.threads() ? f.load(LType.PTR, f.offset(ctx, CTX_POOL)) : Val.zero(LType.PTR);
    FunctionEmitter.Context context =
        new FunctionEmitter.Context(
            f.param(0), f.param(1), ctx, arena, pool, l -> constant(f, ctx, l), names::get);
    new FunctionEmitter(f, kernels, plan, context).emit(block);
  }

  private Val constant(FnEmitter f, Val ctx, Literal l) {
    int k = constants.indexOf(l);
    if (k < 0) {
      k = constants.size();
      constants.add(l);
    }
    Val table = f.load(LType.PTR, f.offset(ctx, CTX_CONSTANTS));
    return f.load(LType.PTR, f.gep(LType.PTR, table, k));
  }
}
