package dev.jacobi.cpu.lapack;

import dev.jacobi.cpu.gemm.Parallel;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.IrModule;
import dev.jacobi.cpu.llvm.Isa;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.cpu.run.Symbols;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.linalg.LapackCall;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Writes what a call of LAPACK does to a whole batch into a module. */
public final class LapackEmitter {
  /** What names of LAPACK's routines begin with in programs. */
  private static final String PREFIX = "jacobi_lapack.";

  /** Less work than this, in nanoseconds, is not worth waking a thread. */
  private static final double FEW = 30_000;

  private LapackEmitter() {}

  /**
   * What was written: the internal function {@code void name(ptr operands..., ptr results..., ptr
   * scratch, ptr pool)}. Operands that LAPACK overwrites are not read: whoever calls it has copied
   * them to the result's place.
   *
   * @param scratchBytes scratch memory it needs, 64-byte aligned; undefined at the start
   */
  public record Emitted(String name, long scratchBytes) {}

  /** Where LAPACK's routines are that the code calls. */
  public static Symbols symbols() {
    return name -> name.startsWith(PREFIX) ? OpenBlas.routine(name.substring(PREFIX.length())) : 0;
  }

  static String symbol(String routine) {
    return PREFIX + routine;
  }

  /**
   * Writes the function.
   *
   * @param call its types are those that Fortran sees
   * @throws LapackSizeException if LAPACK cannot count its elements
   */
  public static Emitted emit(
      IrModule module, String name, LapackCall call, Isa isa, boolean threads) {
    boolean lanes = LaneKernel.fits(call, isa);
    Workspace workspace = Workspace.of(call);
    int width = lanes ? LaneKernel.lanes(call, isa) : 1;
    long units = Math.ceilDiv(call.batch().size(), width);
    boolean worthIt = threads && cost(call) * call.batch().size() > FEW;
    long most = 2L * Runtime.getRuntime().availableProcessors();
    long tasks = worthIt ? Math.clamp(units, 1, most) : 1;
    long perTask = Math.max(1, Math.ceilDiv(units, tasks));
    long rounds = Math.ceilDiv(units, perTask);
    int arrays = call.operands().size() + call.results().size();
    List<IrModule.Param> params =
        new ArrayList<>(
            Stream.iterate(0, k -> k + 1)
                .limit(arrays)
                .map(k -> new IrModule.Param(LType.PTR, "array" + k))
                .toList());
    params.add(new IrModule.Param(LType.PTR, "scratch"));
    params.add(new IrModule.Param(LType.PTR, "pool"));
    module.helper(
        name,
        LType.VOID,
        params,
        f -> {
          var parallel = new Parallel(module, threads);
          String task =
              parallel.task(
                  name + "_task",
                  arrays + 1,
                  (g, words) -> task(g, call, words, perTask, units, isa, workspace));
          List<Val> words = new ArrayList<>();
          for (int k = 0; k <= arrays; k++) {
            words.add(f.param(k));
          }
          if (rounds > 0) {
            parallel.run(f, task, f.param(arrays + 1), Parallel.words(f, words), rounds, worthIt);
          }
          f.ret();
        });
    return new Emitted(name, lanes ? 0 : Math.max(rounds, 1) * workspace.bytes());
  }

  /** About the nanoseconds for one matrix. */
  private static double cost(LapackCall call) {
    TensorType a = call.operands().getFirst();
    TensorType last = call.operands().getLast();
    double m = call.rows(a);
    double n = Math.max(call.cols(a), call.cols(last));
    double cube = m * n * Math.min(m, n);
    double factor =
        switch (call.routine()) {
          case POTRF, TRSM, GETRF, GTSV -> 0.5;
          case GEQRF, ORGQR, ORMQR, GEQP3, GEHRD, SYTRD -> 2;
          case GESDD, GESVD, SYEVD, GEEV, GEES -> 20;
        };
    return 300 + factor * cube / 4;
  }

  private static void task(
      FnEmitter g,
      LapackCall call,
      List<Val> words,
      long perTask,
      long units,
      Isa isa,
      Workspace workspace) {
    int arrays = call.operands().size() + call.results().size();
    List<Val> bases = new ArrayList<>();
    for (int k = 0; k < arrays; k++) {
      bases.add(Parallel.pointer(g, words.get(k)));
    }
    Val round = words.get(arrays + 1);
    Val scratch = Parallel.pointer(g, words.get(arrays));
    Val mine = g.gep(LType.I8, scratch, g.mulNsw(round, Val.i64(workspace.bytes())));
    Val from = g.mulNsw(round, Val.i64(perTask));
    Val to = g.smin(g.addNsw(from, Val.i64(perTask)), Val.i64(units));
    if (LaneKernel.fits(call, isa)) {
      LaneKernel kernel = new LaneKernel(g, call, isa, bases);
      g.forLoop(from, to, Val.i64(1), kernel::group);
      return;
    }
    g.forLoop(
        from,
        to,
        Val.i64(1),
        i -> {
          List<Val> here = new ArrayList<>();
          for (int k = 0; k < arrays; k++) {
            here.add(g.gep(LType.I8, bases.get(k), g.mulNsw(i, Val.i64(bytes(call, k)))));
          }
          new FortranCall(g, call, here, mine, workspace).emit();
        });
  }

  /** Bytes of one matrix, vector or number of an operand or, after these, a result. */
  static long bytes(LapackCall call, int k) {
    int operands = call.operands().size();
    TensorType t = k < operands ? call.operands().get(k) : call.results().get(k - operands);
    return (long) call.rows(t) * call.cols(t) * t.dtype().bytes();
  }
}
