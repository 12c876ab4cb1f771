package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.gemm.GemmEmitter;
import dev.jacobi.cpu.grid.Meetings;
import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.IrModule;
import dev.jacobi.cpu.llvm.IrTarget;
import dev.jacobi.cpu.llvm.Isa;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.ConvOp;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.OrderOp;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.SpectralOp;
import dev.jacobi.hlo.WindowOp;
import dev.jacobi.hlo.linalg.LapackCall;
import dev.jacobi.hlo.spi.ArrayCopy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Emits a whole program: {@code i32 entry(ptr args, ptr outs, ptr ctx)} and what it calls. */
public final class ProgramEmitter {
  private static final int CTX_ARENA = 0;
  private static final int CTX_POOL = 8;
  private static final int CTX_STOP = 24;
  private static final int STOPPED = 2;

  /** What lanes set the stop word to where a check fails; their callers set it to 1. */
  static final int AGAIN = 2;

  /**
   * What the target machine offers.
   *
   * @param isa the vector instruction set
   * @param threads whether kernels may run on several threads
   * @param checkedLanes whether loops with checks may run lane by lane: where one fails, the call
   *     ends and must be made again without
   * @param devices that run the program at once
   */
  public record Options(
      IrTarget target, Isa isa, boolean threads, boolean checkedLanes, int devices) {
    public Options(IrTarget target, Isa isa, boolean threads) {
      this(target, isa, threads, true, 1);
    }
  }

  /**
   * A program in LLVM IR.
   *
   * @param module its code
   * @param arenaBytes scratch memory that a call needs
   * @param constants large constants, whose addresses follow those of the arguments
   * @param donatedFor per result, the donated argument in whose memory it is computed, or -1
   * @param sites what it asks of Java, by number
   * @param copies of whole arrays
   * @param meetings where the devices that run it meet
   */
  public record Program(
      IrModule module,
      long arenaBytes,
      List<Literal> constants,
      List<Integer> donatedFor,
      List<Site> sites,
      List<ArrayCopy> copies,
      Meetings meetings) {

    /** The whole module's text. */
    public String ir() {
      return module.toString();
    }
  }

  private final HloModule hlo;
  private final Listener listener;
  private final Options options;
  private final IrModule module;
  private final Kernels kernels;
  private final Map<Literal, Integer> constants = new LinkedHashMap<>();
  private final Map<String, Long> arenas = new HashMap<>();
  private final Map<String, String> names = new LinkedHashMap<>();
  private final List<FnEmitter> bodies = new ArrayList<>();
  private final Sites sites;
  private final Meetings meetings;
  private final List<ArrayCopy> copies = new ArrayList<>();
  private boolean loops;
  private boolean checkedLanes; // a call can be made again

  private ProgramEmitter(HloModule hlo, Options options, Listener listener) {
    this.listener = listener;
    this.hlo = hlo;
    this.options = options;
    this.module = new IrModule("program", options.target());
    this.sites = new Sites(hlo);
    this.meetings = new Meetings(options.devices());
    this.kernels = new Kernels(module, options.isa(), options.threads());
  }

  /** What is told of the steps between: {@code fuse}, {@code loops} and others, as text. */
  public interface Listener {
    void told(String kind, String function, Supplier<String> text);
  }

  public static Program emit(HloModule hlo, Options options, Listener listener) {
    return new ProgramEmitter(hlo, options, listener).run();
  }

  private Program run() {
    HloFunc main = hlo.main();
    boolean takes = IntStream.range(0, main.inputs().size()).anyMatch(main::donates);
    checkedLanes = options.checkedLanes() && !takes && !sites.mayCall();
    callees(main.body());
    MemoryPlan plan = MemoryPlan.of(main.body(), main::donates, this::scratchBytes, checkedLanes);
    FnEmitter f =
        module.function(
            "entry",
            LType.I32,
            new IrModule.Param(LType.PTR, "args"),
            new IrModule.Param(LType.PTR, "outs"),
            new IrModule.Param(LType.PTR, "ctx"));
    Val arena = f.load(LType.PTR, f.offset(f.param(2), CTX_ARENA));
    Val table = f.gep(LType.PTR, f.param(0), main.inputs().size());
    body(f, "main", main.body(), plan, arena, table);
    f.ret(loops ? status(f) : Val.i32(0));
    if (!loops) {
      bodies.forEach(FnEmitter::cold);
    }
    List<Integer> donatedFor = new ArrayList<>();
    for (int k = 0; k < main.outputs().size(); k++) {
      donatedFor.add(plan.donatedFor(k));
    }
    return new Program(
        module,
        plan.arenaBytes(),
        List.copyOf(constants.keySet()),
        donatedFor,
        sites.all(),
        List.copyOf(copies),
        meetings);
  }

  /** Scratch memory of a step: the arena of a called function, the packed operands of a product. */
  private long scratchBytes(Op op) {
    return switch (op) {
      case ControlOp.Call c -> arenas.get(c.callee());
      case ReductionOp.DotGeneral o ->
          kernels.gemm(o).map(GemmEmitter.Emitted::scratchBytes).orElse(0L);
      case WindowOp.ReduceWindow o -> ScanEmitter.Scan.of(o).scratchBytes();
      case ConvOp.Convolution o -> kernels.conv(o).scratchBytes();
      case SpectralOp.Fft o -> kernels.fft(o).scratchBytes();
      case ControlOp.CustomCall o ->
          LapackCall.of(o).map(c -> kernels.lapack(c).scratchBytes()).orElse(0L);
      case OrderOp o when o.operands().getFirst().shape().size() == 0 -> 0;
      case OrderOp.Sort o -> kernels.sort(o).scratchBytes();
      case OrderOp.TopK o when o.k() > 0 -> kernels.topK(o).scratchBytes();
      default -> 0;
    };
  }

  /** Emits the functions that a block calls, before their callers. */
  private void callees(Block block) {
    for (Instr i : block.instrs()) {
      i.op().regions().forEach(this::callees);
      if (i.op() instanceof ControlOp.Call c && !names.containsKey(c.callee())) {
        Block body = hlo.func(c.callee()).body();
        callees(body);
        String name = "f" + names.size();
        names.put(c.callee(), name);
        MemoryPlan plan = MemoryPlan.of(body, k -> false, this::scratchBytes, checkedLanes);
        arenas.put(c.callee(), plan.arenaBytes());
        boolean mayLeave = sites.mayLeave(body);
        FnEmitter f =
            module.internalFunction(
                name,
                mayLeave ? LType.I32 : LType.VOID,
                new IrModule.Param(LType.PTR, "args"),
                new IrModule.Param(LType.PTR, "outs"),
                new IrModule.Param(LType.PTR, "ctx"),
                new IrModule.Param(LType.PTR, "arena"),
                new IrModule.Param(LType.PTR, "constants"));
        body(f, c.callee(), body, plan, f.param(3), f.param(4));
        if (mayLeave) {
          f.ret(Val.i32(0));
        } else {
          f.ret();
        }
      }
    }
  }

  /** A loop that saw the stop word has ended early: the call has no results then. */
  private static Val status(FnEmitter f) {
    Val stop = f.load(LType.I32, f.load(LType.PTR, f.offset(f.param(2), CTX_STOP)));
    return f.select(f.cmp(Cmp.EQ, stop, Val.i32(0)), Val.i32(0), Val.i32(STOPPED));
  }

  private void body(FnEmitter f, String name, Block block, MemoryPlan plan, Val arena, Val table) {
    listener.told("fuse", name, () -> PlanText.groups(block, plan));
    listener.told("lanes", name, () -> plan.loops().programs());
    listener.told("loops", name, () -> PlanText.nests(block, plan));
    Val ctx = f.param(2);
    Val pool = options.threads() ? f.load(LType.PTR, f.offset(ctx, CTX_POOL)) : Val.zero(LType.PTR);
    boolean looping = PlanText.hasLoop(block);
    loops |= looping;
    Val stop = looping ? f.load(LType.PTR, f.offset(ctx, CTX_STOP)) : Val.zero(LType.PTR);
    FunctionEmitter.Context context =
        new FunctionEmitter.Context(
            f.param(0),
            f.param(1),
            ctx,
            arena,
            pool,
            stop,
            table,
            block == hlo.main().body(),
            this::constant,
            names::get,
            sites,
            meetings,
            copies::add);
    bodies.add(f);
    int before = copies.size();
    new FunctionEmitter(f, kernels, plan, context).emit(block);
    listener.told("copies", name, () -> text(copies.subList(before, copies.size())));
  }

  private static String text(List<ArrayCopy> copies) {
    return copies.isEmpty()
        ? "none"
        : copies.stream().map(ArrayCopy::toString).collect(Collectors.joining("\n"));
  }

  private int constant(Literal l) {
    return constants.computeIfAbsent(l, k -> constants.size());
  }
}
