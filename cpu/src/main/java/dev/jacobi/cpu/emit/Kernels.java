package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.conv.ConvEmitter;
import dev.jacobi.cpu.fft.FftEmitter;
import dev.jacobi.cpu.fft.FftSpec;
import dev.jacobi.cpu.fuse.Dots;
import dev.jacobi.cpu.fuse.Transforms;
import dev.jacobi.cpu.gemm.GemmEmitter;
import dev.jacobi.cpu.gemm.GemmSpec;
import dev.jacobi.cpu.lapack.LapackEmitter;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.IrModule;
import dev.jacobi.cpu.llvm.Isa;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.cpu.loop.Combiner;
import dev.jacobi.cpu.loop.Nest;
import dev.jacobi.cpu.sort.SortEmitter;
import dev.jacobi.cpu.sort.SortSpec;
import dev.jacobi.hlo.ConvOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.OrderOp;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.SpectralOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.linalg.LapackCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The kernels of a module: one function per different nest, called with other pointers each time.
 */
final class Kernels {
  private static final int SLOT = 8; // bytes per argument in a task's block

  /** A function; one that several threads run takes the range of units that it computes. */
  private record Kernel(String name, Schedule schedule, long tasks) {}

  private record Key(Nest nest, Schedule.Target target) {}

  /** All of a convolution but the names of its operands. */
  private record ConvKey(
      TensorType lhs,
      TensorType rhs,
      ConvOp.ConvDims dims,
      ConvOp.Window window,
      long featureGroups,
      long batchGroups,
      DType dtype) {}

  private final IrModule module;
  private final Isa isa;
  private final boolean threads;
  private final Map<Key, Kernel> kernels = new HashMap<>();
  private final Map<GemmSpec, GemmEmitter.Emitted> gemms = new HashMap<>();
  private final Map<ScanEmitter.Scan, String> scans = new HashMap<>();
  private final Map<SelectionEmitter.Selection, String> selections = new HashMap<>();
  private final Map<ScatterSpec, Optional<String>> scatters = new HashMap<>();
  private final Map<ConvKey, GemmEmitter.Emitted> convs = new HashMap<>();
  private final Map<FftSpec, FftEmitter.Emitted> ffts = new HashMap<>();
  private final Map<Object, SortEmitter.Emitted> sorts = new HashMap<>();

  private final Map<LapackCall, LapackEmitter.Emitted> lapacks = new HashMap<>();
  private int lanes;

  Kernels(IrModule module, Isa isa, boolean threads) {
    this.module = module;
    this.isa = isa;
    this.threads = threads;
  }

  /** An argument of a launch: an address or a scalar. */
  sealed interface Arg {
    /** The address of an array's first element. */
    record Address(Val pointer) implements Arg {}

    /** A scalar. */
    record Number(Reg value) implements Arg {}
  }

  /**
   * Calls the nest's kernel, on several threads if it is worth it.
   *
   * @param target what the memory that it writes is like
   */
  void launch(FnEmitter f, Nest nest, Schedule.Target target, List<Arg> args, Val pool) {
    Key key = new Key(nest, target);
    Kernel k = kernels.get(key);
    if (k == null) {
      k = emit(nest, target);
      kernels.put(key, k);
    }
    List<Val> flat = new ArrayList<>();
    for (Arg a : args) {
      switch (a) {
        case Arg.Address p -> flat.add(p.pointer());
        case Arg.Number n -> {
          flat.add(n.value().re());
          if (n.value().im() != null) {
            flat.add(n.value().im());
          }
        }
      }
    }
    if (k.tasks <= 1) {
      f.call(k.name, LType.VOID, flat.toArray(Val[]::new));
      return;
    }
    share(f, k.name, flat, k.schedule.units(), k.tasks, pool);
  }

  /**
   * Calls a function on several threads: of its arguments, the last two, which are not given, are
   * the range of units that it does.
   */
  void share(FnEmitter f, String name, List<Val> flat, long units, long tasks, Val pool) {
    long perTask = Math.ceilDiv(units, tasks);
    List<LType> types = flat.stream().map(Val::type).toList();
    String task = name + "_task";
    module.helper(
        task,
        LType.VOID,
        List.of(new IrModule.Param(LType.PTR, "block"), new IrModule.Param(LType.I64, "task")),
        t -> task(t, name, types, units, perTask));
    Val block = f.alloca(LType.I64, flat.size(), 16);
    for (int i = 0; i < flat.size(); i++) {
      store(f, flat.get(i), f.offset(block, (long) i * SLOT));
    }
    Val entry = new Val(LType.PTR, "@" + task);
    f.call(
        "jacobi_parallel", LType.VOID, pool, entry, block, Val.i64(Math.ceilDiv(units, perTask)));
  }

  /** The function that computes a scan. */
  String scan(ScanEmitter.Scan scan) {
    return scans.computeIfAbsent(
        scan,
        s -> {
          String name = "scan" + scans.size();
          ScanEmitter.emit(module, name, s, threads);
          return name;
        });
  }

  /** The function that selects and scatters. */
  String selection(SelectionEmitter.Selection selection) {
    return selections.computeIfAbsent(
        selection,
        s -> {
          String name = "selection" + selections.size();
          SelectionEmitter.emit(module, name, s, threads);
          return name;
        });
  }

  /** The function for several threads that scatters, if that is worth it. */
  Optional<String> scatter(IndexOp.Scatter o) {
    return threads ? scatters.computeIfAbsent(ScatterSpec.of(o), this::scatter) : Optional.empty();
  }

  private Optional<String> scatter(ScatterSpec spec) {
    String name = "scatter" + scatters.size() + "_";
    boolean shared =
        ScatterSplit.emit(module, name, spec) || ScatterRanges.emit(module, name, spec, isa);
    return shared ? Optional.of(name) : Optional.empty();
  }

  /** The function that computes a dot product, if there is a kernel for it. */
  Optional<GemmEmitter.Emitted> gemm(ReductionOp.DotGeneral o) {
    return Dots.spec(o)
        .map(
            spec ->
                gemms.computeIfAbsent(
                    spec,
                    s -> GemmEmitter.emit(module, "g" + gemms.size() + "_", s, isa, threads)));
  }

  /** The function that computes a convolution. */
  GemmEmitter.Emitted conv(ConvOp.Convolution o) {
    ConvKey key =
        new ConvKey(
            o.lhs().type(),
            o.rhs().type(),
            o.dims(),
            o.window(),
            o.featureGroups(),
            o.batchGroups(),
            o.dtype());
    return convs.computeIfAbsent(
        key, k -> new ConvEmitter(module, isa, threads).emit("c" + convs.size() + "_", o));
  }

  /** The function that computes a Fourier transform. */
  FftEmitter.Emitted fft(SpectralOp.Fft o) {
    return ffts.computeIfAbsent(
        Transforms.spec(o),
        s -> FftEmitter.emit(module, "fft" + ffts.size() + "_", s, isa, threads));
  }

  /** The function that runs a routine of LAPACK on a batch. */
  LapackEmitter.Emitted lapack(LapackCall call) {
    return lapacks.computeIfAbsent(
        call, c -> LapackEmitter.emit(module, "l" + lapacks.size() + "_", c, isa, threads));
  }

  /** The function that sorts rows; the comparator only runs if its keys are not known. */
  SortEmitter.Emitted sort(OrderOp.Sort o) {
    SortSpec spec = Sorts.spec(o);
    Object key = spec.keys().isEmpty() ? List.of(spec, Combiner.of(o.comparator())) : spec;
    return sorts.computeIfAbsent(
        key,
        _ ->
            SortEmitter.sort(
                module, "s" + sorts.size() + "_", spec, Sorts.comparison(o), isa, threads));
  }

  /** The function that selects the largest elements of rows. */
  SortEmitter.Emitted topK(OrderOp.TopK o) {
    return sorts.computeIfAbsent(
        List.of("select", Sorts.spec(o)),
        _ -> SortEmitter.select(module, "s" + sorts.size() + "_", Sorts.spec(o), isa, threads));
  }

  private static void store(FnEmitter f, Val v, Val at) {
    f.store(v.type().equals(LType.I1) ? f.zext(v, LType.I8) : v, at);
  }

  private static Val load(FnEmitter f, LType type, Val at) {
    return type.equals(LType.I1) ? f.trunc(f.load(LType.I8, at), type) : f.load(type, at);
  }

  private static void task(FnEmitter t, String name, List<LType> types, long units, long perTask) {
    List<Val> args = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      args.add(load(t, types.get(i), t.offset(t.param(0), (long) i * SLOT)));
    }
    Val lo = t.mulNsw(t.param(1), Val.i64(perTask));
    args.add(lo);
    args.add(t.smin(t.addNsw(lo, Val.i64(perTask)), Val.i64(units)));
    t.call(name, LType.VOID, args.toArray(Val[]::new));
    t.ret();
    t.cold();
  }

  /**
   * Writes a function that runs a loop lane by lane.
   *
   * @param args what it will be called with, before the range of its units
   */
  String lanes(List<Val> args, Consumer<FnEmitter> code) {
    List<IrModule.Param> params = new ArrayList<>();
    args.forEach(a -> params.add(new IrModule.Param(a.type(), "a" + params.size())));
    params.add(new IrModule.Param(LType.I64, "lo"));
    params.add(new IrModule.Param(LType.I64, "hi"));
    String name = "lanes" + lanes++;
    code.accept(module.internalFunction(name, LType.VOID, params.toArray(IrModule.Param[]::new)));
    return name;
  }

  Isa isa() {
    return isa;
  }

  /** Whether several threads may share the work. */
  boolean threads() {
    return threads;
  }

  private Kernel emit(Nest nest, Schedule.Target target) {
    Schedule schedule = Schedule.of(nest, isa.vectorBytes(), target);
    List<IrModule.Param> params = new ArrayList<>();
    for (int i = 0; i < nest.params().size(); i++) {
      Nest.Param p = nest.params().get(i);
      if (p.role() == Nest.Role.SCALAR) {
        params.add(new IrModule.Param(Reg.type(p.dtype(), 0), "s" + i));
        if (p.dtype().isComplex()) {
          params.add(new IrModule.Param(Reg.type(p.dtype(), 0), "s" + i + "i"));
        }
      } else {
        params.add(new IrModule.Param(LType.PTR, "p" + i));
      }
    }
    long tasks = threads ? schedule.tasks() : 1;
    if (tasks > 1) {
      params.add(new IrModule.Param(LType.I64, "lo"));
      params.add(new IrModule.Param(LType.I64, "hi"));
    }
    String name = "k" + kernels.size();
    Kernel kernel = new Kernel(name, schedule, tasks);
    FnEmitter f = module.internalFunction(name, LType.VOID, params.toArray(IrModule.Param[]::new));
    body(f, nest, schedule, tasks > 1);
    return kernel;
  }

  private static void body(FnEmitter f, Nest nest, Schedule schedule, boolean ranged) {
    int count = nest.params().size();
    Val[] arrays = new Val[count];
    Reg[] scalars = new Reg[count];
    int at = 0;
    for (int i = 0; i < count; i++) {
      DType t = nest.params().get(i).dtype();
      if (nest.params().get(i).role() == Nest.Role.SCALAR) {
        Val re = f.param(at++);
        scalars[i] = new Reg(t, re, t.isComplex() ? f.param(at++) : null);
      } else {
        arrays[i] = f.param(at++);
      }
    }
    Val lo = ranged ? f.param(at++) : Val.i64(0);
    Val hi = ranged ? f.param(at) : Val.i64(schedule.units());
    switch (nest.loops()) {
      case Nest.Loops.Rows _ -> new RowsEmitter(f, nest, schedule, arrays, scalars).emit(lo, hi);
      case Nest.Loops.Columns _ ->
          new ColumnsEmitter(f, nest, schedule, arrays, scalars).emit(lo, hi);
    }
    if (schedule.streaming()) {
      f.effect("fence seq_cst"); // Streaming stores become visible before the task ends.
    }
    f.ret();
  }
}
