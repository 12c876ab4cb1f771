package dev.jacobi.cpu.fft;

import dev.jacobi.cpu.gemm.Parallel;
import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.IrModule;
import dev.jacobi.cpu.llvm.Isa;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Literal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes a Fourier transform into a module. */
public final class FftEmitter {
  /** Each task has scratch memory of its own. */
  private static final long MAX_TASKS = 16;

  /** About ten microseconds. */
  private static final double MIN_FLOPS = 150_000;

  /** Scratch memory beyond this is not given to more tasks. */
  private static final long MAX_SCRATCH = 64 << 20;

  private static final int ALIGN = 64;

  /**
   * What was written: the internal function {@code void name(ptr operand, ptr result, ptr scratch,
   * ptr tables, ptr pool)}.
   *
   * @param name the function's name
   * @param scratchBytes scratch memory it needs, 64-byte aligned; undefined at the start
   * @param tables constants that it reads
   */
  public record Emitted(String name, long scratchBytes, Literal tables) {}

  private final IrModule module;
  private final String name;
  private final FftSpec spec;
  private final Isa isa;
  private final Parallel parallel;
  private final LType part;
  private final Tables tables;
  private final Map<Long, Integer> roots = new HashMap<>();
  private long areaBytes;
  private int kernels;

  private FftEmitter(IrModule module, String name, FftSpec spec, Isa isa, boolean threads) {
    this.module = module;
    this.name = name;
    this.spec = spec;
    this.isa = isa;
    this.parallel = new Parallel(module, threads);
    this.part = spec.part() == DType.F32 ? LType.FLOAT : LType.DOUBLE;
    this.tables = new Tables(spec.part());
  }

  /**
   * Writes the function.
   *
   * @param name a name that no other function of the module has or begins with
   * @param isa the instruction set that the module is compiled for
   * @param threads whether {@code jacobi_parallel} may be called with {@code pool}; the result is
   *     the same to the bit
   */
  public static Emitted emit(IrModule module, String name, FftSpec spec, Isa isa, boolean threads) {
    return new FftEmitter(module, name, spec, isa, threads).write();
  }

  private Emitted write() {
    List<Stage> stages = FftPlan.of(spec, lanes());
    long[] most = {0};
    stages.forEach(s -> most[0] = Math.max(most[0], tasks(s) * area(s)));
    areaBytes = most[0];
    boolean temporary = stages.stream().anyMatch(s -> s.target() == Stage.Place.TEMPORARY);
    var params =
        Stream.of("operand", "result", "scratch", "tables", "pool")
            .map(p -> new IrModule.Param(LType.PTR, p))
            .toList();
    module.helper(
        name,
        LType.VOID,
        params,
        f -> {
          stages.forEach(s -> stage(f, s));
          f.ret();
        });
    long bytes = areaBytes + (temporary ? 2 * spec.size() * part.elemBytes() : 0);
    return new Emitted(name, bytes, tables.literal());
  }

  private int lanes() {
    return isa.vectorBytes() / part.elemBytes();
  }

  /** Bytes of scratch memory of one task. */
  private long area(Stage s) {
    long bytes = LineKernel.scratch(s.n(), lanes(s.lines())) * part.elemBytes();
    return Math.ceilDiv(bytes, ALIGN) * ALIGN;
  }

  /** Lanes of the kernel for blocks of this many lines. */
  private int lanes(long lines) {
    long lanes = lines == 1 ? 0 : Long.highestOneBit(2 * lines - 1);
    return (int) Math.min(lanes, lanes());
  }

  private long blocks(Stage s) {
    return s.groups() * Math.ceilDiv(s.lines(), Math.max(1, lanes(s.lines())));
  }

  private long tasks(Stage s) {
    long worth = (long) Math.ceil(s.flops() / MIN_FLOPS);
    long room = Math.max(1, MAX_SCRATCH / area(s));
    return Math.max(1, Math.min(Math.min(worth, room), Math.min(MAX_TASKS, blocks(s))));
  }

  private void stage(FnEmitter f, Stage s) {
    long blocks = blocks(s);
    long perTask = Math.ceilDiv(blocks, tasks(s));
    long area = area(s);
    BlockCall call = kernel(s);
    String task =
        parallel.task(
            name + "_s" + kernels++,
            4,
            (g, words) -> {
              Val from = g.mulNsw(words.get(4), Val.i64(perTask));
              Val to = g.smin(g.addNsw(from, Val.i64(perTask)), Val.i64(blocks));
              Val scratch =
                  g.gep(
                      LType.I8,
                      Parallel.pointer(g, words.get(2)),
                      g.mulNsw(words.get(4), Val.i64(area)));
              g.forLoop(
                  from,
                  to,
                  Val.i64(1),
                  block ->
                      call.write(
                          g,
                          Parallel.pointer(g, words.get(0)),
                          Parallel.pointer(g, words.get(1)),
                          scratch,
                          Parallel.pointer(g, words.get(3)),
                          block));
            });
    Val words =
        Parallel.words(
            f, List.of(place(f, s.source()), place(f, s.target()), f.param(2), f.param(3)));
    parallel.run(f, task, f.param(4), words, Math.ceilDiv(blocks, perTask), s.flops() >= MIN_FLOPS);
  }

  private Val place(FnEmitter f, Stage.Place place) {
    return switch (place) {
      case OPERAND -> f.param(0);
      case RESULT -> f.param(1);
      case TEMPORARY -> f.offset(f.param(2), areaBytes);
    };
  }

  private interface BlockCall {
    void write(FnEmitter g, Val source, Val target, Val scratch, Val tables, Val block);
  }

  /** Kernels for full blocks and for the last one of a group, and the call of either. */
  private BlockCall kernel(Stage s) {
    int lanes = lanes(s.lines());
    int width = Math.max(1, lanes);
    long perGroup = Math.ceilDiv(s.lines(), width);
    int rest = (int) (s.lines() - (perGroup - 1) * width);
    LineKernel.Turns turns = s.turnOf() == 0 ? null : turns(s, width, perGroup);
    List<String> names = new ArrayList<>();
    names.add(perGroup > 1 || rest == width ? kernel(s, lanes, width, turns) : "");
    names.add(rest == width ? names.getFirst() : kernel(s, lanes, rest, turns));
    return (g, source, target, scratch, tables, block) -> {
      Val group = perGroup == 1 ? block : g.udiv(block, Val.i64(perGroup));
      Val inGroup = perGroup == 1 ? Val.i64(0) : g.urem(block, Val.i64(perGroup));
      Val start = g.mulNsw(group, Val.i64(2 * s.groupStride()));
      Val from = offset(g, source, start, inGroup, 2L * width * s.from().betweenLines());
      Val to = offset(g, target, start, inGroup, 2L * width * s.to().betweenLines());
      Val[] args = {from, to, scratch, tables, inGroup};
      if (names.get(0).equals(names.get(1)) || perGroup == 1) {
        g.call(names.get(1), LType.VOID, args);
      } else {
        g.ifElse(
            g.cmp(Cmp.EQ, inGroup, Val.i64(perGroup - 1)),
            () -> call(g, names.get(1), args),
            () -> call(g, names.get(0), args));
      }
    };
  }

  private static List<Val> call(FnEmitter g, String name, Val[] args) {
    g.call(name, LType.VOID, args);
    return List.of();
  }

  private Val offset(FnEmitter g, Val base, Val start, Val block, long stride) {
    return g.gep(part, base, g.addNsw(start, g.mulNsw(block, Val.i64(stride))));
  }

  /** The roots that turn the points of all lines, in two tables. */
  private LineKernel.Turns turns(Stage s, int width, long blocks) {
    int first = tables.here();
    for (long b = 0; b < blocks; b++) {
      for (long k = 0; k < s.n(); k++) {
        tables.addRoot(k * b * width, s.turnOf());
      }
    }
    int second = tables.here();
    for (long k = 0; k < s.n(); k++) {
      for (int l = 0; l < width; l++) {
        tables.add(FftSpec.cos(k * l, s.turnOf()));
      }
      for (int l = 0; l < width; l++) {
        tables.add(-FftSpec.sin(k * l, s.turnOf()));
      }
    }
    return new LineKernel.Turns(first, second);
  }

  private String kernel(Stage s, int lanes, int lines, LineKernel.Turns turns) {
    String kernel = name + "_k" + kernels++;
    int table = roots.computeIfAbsent(s.n(), n -> LineKernel.addRoots(tables, n, isa));
    var kernelSpec =
        new LineKernel.Spec(
            part, s.n(), s.from(), s.to(), lanes, lines, spec.inverse(), s.scale(), turns);
    var params =
        List.of(
            new IrModule.Param(LType.PTR, "from"),
            new IrModule.Param(LType.PTR, "to"),
            new IrModule.Param(LType.PTR, "scratch"),
            new IrModule.Param(LType.PTR, "tables"),
            new IrModule.Param(LType.I64, "block"));
    module.helper(
        kernel, LType.VOID, params, f -> new LineKernel(f, kernelSpec, isa, table).write());
    return kernel;
  }
}
