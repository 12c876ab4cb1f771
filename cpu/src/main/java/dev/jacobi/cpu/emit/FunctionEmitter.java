package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.emit.Kernels.Arg;
import dev.jacobi.cpu.fuse.Cost;
import dev.jacobi.cpu.grid.Meetings;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.IrModule;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.cpu.loop.Launch;
import dev.jacobi.cpu.loop.Launch.Binding;
import dev.jacobi.cpu.loop.Nest;
import dev.jacobi.cpu.loop.Nests;
import dev.jacobi.cpu.loop.Planner.Planned;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.spi.ArrayCopy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;

/**
 * Emits one function: its steps in order, scalars in registers, arrays where the plan puts them.
 */
final class FunctionEmitter {
  /** Constants of more bytes are passed by address instead of being written into the code. */
  private static final int INLINE_CONSTANT = 512;

  /** Scalar functions of some length that stand in the code themselves; more are called. */
  private static final int MANY_FUNCTIONS = 32;

  private final FnEmitter f;
  private final Kernels kernels;
  private final MemoryPlan plan;
  private final Context context;
  private Frame frame = new Frame(null);
  private boolean outlines;
  private final List<Loc> loops = new ArrayList<>(); // around what is being emitted
  private Optional<Reads> reads = Optional.empty(); // of a program's main function

  /** What the function was called with. */
  record Context(
      Val args,
      Val outs,
      Val ctx,
      Val arena,
      Val pool,
      Val stop,
      Val constantTable,
      boolean isMain,
      ToIntFunction<Literal> constants,
      UnaryOperator<String> callees,
      Sites sites,
      Meetings meetings,
      Consumer<ArrayCopy> copies) {}

  FunctionEmitter(FnEmitter f, Kernels kernels, MemoryPlan plan, Context context) {
    this.f = f;
    this.kernels = kernels;
    this.plan = plan;
    this.context = context;
  }

  FnEmitter code() {
    return f;
  }

  MemoryPlan plan() {
    return plan;
  }

  Kernels kernels() {
    return kernels;
  }

  Frame frame() {
    return frame;
  }

  /** Runs {@code body} with a frame whose entries are forgotten afterwards. */
  void inside(Runnable body) {
    Frame outer = frame;
    frame = new Frame(outer);
    body.run();
    frame = outer;
  }

  /** Emits the body and stores the results. */
  void emit(Block block) {
    for (Value p : block.params()) {
      address(p); // Loaded here, where they dominate everything.
    }
    for (int k = 0; k < block.results().size(); k++) {
      output(k);
    }
    if (context.isMain()) {
      reads = Optional.of(Reads.of(block, plan));
    }
    outlines = longFunctions(block) > MANY_FUNCTIONS;
    steps(block);
    for (int k = 0; k < block.results().size(); k++) {
      Value v = block.results().get(k);
      Val to = output(k);
      if (v.shape().isScalar()) {
        Memory.store(f, scalar(v), to);
      } else if (!isThere(v, k) && !plan.isDonatedResult(k)) {
        astray("return", plan.line(v), v, block);
        copy(v.type(), address(v), to);
      }
    }
  }

  private boolean isThere(Value v, int k) {
    return !plan.base(v).shape().isScalar()
        && plan.home(v) instanceof Home.Output o
        && o.index() == k;
  }

  private Val output(int k) {
    return load(context.outs(), k);
  }

  /** An address from a table that never changes. */
  private Val load(Val table, int k) {
    return f.pure(LType.PTR, "load ptr, " + f.gep(LType.PTR, table, k).typed() + ", align 8");
  }

  void steps(Block block) {
    List<Instr> run = new ArrayList<>();
    for (Planned p : plan.steps(block)) {
      if (p instanceof Planned.Scalar s) {
        run.add(s.instr());
        continue;
      }
      scalars(run);
      switch (p) {
        case Planned.Scalar _ -> {}
        case Planned.Nests n -> n.launches().forEach(l -> launch(p, l));
        case Planned.Single s -> new SingleEmitter(this).emit(p, s.instr());
      }
    }
    scalars(run);
  }

  private void scalars(List<Instr> run) {
    new Packs(f, kernels.isa().vectorBytes(), new Scalars()).emit(run);
    run.clear();
  }

  /** Scalars of this function. */
  private final class Scalars implements Packs.Target {
    @Override
    public Reg value(Value v) {
      return scalar(v);
    }

    @Override
    public void put(Value v, Reg r) {
      frame.put(v, r);
    }

    @Override
    public void emit(Instr instr) {
      put(instr.result(), scalarValue(instr));
    }

    @Override
    public Reg apply(Fn fn, DType result, List<Reg> args) {
      return FunctionEmitter.this.apply(fn, result, args);
    }
  }

  private static int longFunctions(Block block) {
    int count = 0;
    for (Instr i : block.instrs()) {
      if (Packs.isLong(i)) {
        count++;
      }
      count += i.op().regions().stream().mapToInt(FunctionEmitter::longFunctions).sum();
    }
    return count;
  }

  /** Applies a function, in its place or, where the code has many such, by a call. */
  private Reg apply(Fn fn, DType result, List<Reg> args) {
    List<DType> types = args.stream().map(Reg::dtype).toList();
    boolean real = !result.isComplex() && types.stream().noneMatch(DType::isComplex);
    if (!outlines || !real || Cost.of(fn) <= Packs.SHORT) {
      return new Pointwise(f).apply(fn, result, args);
    }
    int lanes = args.getFirst().lanes();
    String name = (lanes == 0 ? "scalar_" : "pack" + lanes + "_") + fn.mnemonic();
    List<IrModule.Param> params = new ArrayList<>();
    for (DType t : types) {
      name += "_" + t.shortName();
      params.add(new IrModule.Param(Reg.type(t, lanes), "a" + params.size()));
    }
    LType type = Reg.type(result, lanes);
    f.module().helper(name, type, params, g -> function(g, fn, result, types));
    return Reg.of(result, f.call(name, type, args.stream().map(Reg::re).toArray(Val[]::new)));
  }

  private static void function(FnEmitter g, Fn fn, DType result, List<DType> types) {
    List<Reg> args = new ArrayList<>();
    for (DType t : types) {
      args.add(Reg.of(t, g.param(args.size())));
    }
    g.ret(new Pointwise(g).apply(fn, result, args).re());
  }

  private Reg scalarValue(Instr instr) {
    Pointwise pointwise = new Pointwise(f);
    List<Reg> args = instr.op().operands().stream().map(this::scalar).toList();
    return switch (instr.op()) {
      case ElementwiseOp.Constant o -> Pointwise.constant(o.literal());
      case ElementwiseOp.Iota o -> Pointwise.constant(Literal.scalar(o.type().dtype(), 0.0));
      case ElementwiseOp.Pointwise o -> apply(o.fn(), instr.result().dtype(), args);
      case ElementwiseOp.Compare o ->
          pointwise.compare(o.direction(), o.order(), args.get(0), args.get(1));
      case ElementwiseOp.Convert o -> pointwise.convert(args.getFirst(), o.dtype());
      case ElementwiseOp.ReducePrecision o ->
          pointwise.reducePrecision(args.getFirst(), o.exponentBits(), o.mantissaBits());
      case ElementwiseOp.BitcastConvert o -> pointwise.bitcast(args.getFirst(), o.type().dtype());
      default -> args.getFirst(); // a view of a scalar
    };
  }

  /** A scalar in registers, loaded if it is in memory. */
  Reg scalar(Value v) {
    Value b = plan.base(v);
    Reg r = frame.reg(v);
    if (r == null && b.shape().size() == 1 && b.dtype() == v.dtype()) {
      r = frame.reg(b);
    }
    if (r == null) {
      r = Memory.load(f, v.dtype(), address(v));
      frame.put(v, r);
    }
    return r;
  }

  /** The address of an array, or of a scalar, which is written to the stack if it has none. */
  Val address(Value v) {
    Value b = plan.base(v);
    Reg r = b.shape().isScalar() ? frame.reg(b) : null;
    if (r != null) {
      Val slot = f.alloca(LType.I64, 2, 16);
      Memory.store(f, r, slot);
      return slot;
    }
    return switch (plan.home(b)) {
      case Home.Argument a -> load(context.args(), a.index());
      case Home.Output o -> output(o.index());
      case Home.Arena a -> f.offset(context.arena(), a.offset());
      case Home.Constant c -> constant(c.literal());
      case Home.Elsewhere _ -> {
        Val a = frame.address(plan.memory(b));
        if (a == null) {
          throw new IllegalStateException("no memory yet for " + b);
        }
        yield a;
      }
    };
  }

  Val constant(Literal l) {
    return l.data().byteSize() <= INLINE_CONSTANT
        ? f.module().bytes(l.data().toArray(java.lang.foreign.ValueLayout.JAVA_BYTE))
        : load(context.constantTable(), context.constants().applyAsInt(l));
  }

  Val scratch(Planned p, int number) {
    return f.offset(context.arena(), plan.scratch(p, number));
  }

  Context context() {
    return context;
  }

  void launch(Planned step, Launch launch) {
    if (launch.isOneElement()) {
      element(launch);
      return;
    }
    List<Arg> args = new ArrayList<>();
    for (Binding b : launch.bindings()) {
      args.add(
          switch (b) {
            case Binding.Array a -> new Arg.Address(address(a.value()));
            case Binding.Window w ->
                new Arg.Address(
                    window(w.slice().operand(), w.slice().starts(), w.slice().sizes().toArray()));
            case Binding.Scalar s -> new Arg.Number(scalar(s.value()));
            case Binding.Result r -> new Arg.Address(address(r.value()));
            case Binding.Temp t -> new Arg.Address(scratch(step, t.number()));
          });
    }
    Schedule.Target target = reads.map(r -> r.target(launch)).orElse(Schedule.Target.TEMPORARY);
    kernels.launch(f, launch.nest(), target, args, context.pool());
  }

  /** Loads one element, which loops read again and again, into a register and to its memory. */
  private void element(Launch launch) {
    IndexOp.DynamicSlice slice = ((Binding.Window) launch.bindings().getFirst()).slice();
    Value result = ((Binding.Result) launch.bindings().getLast()).value();
    Val from = window(slice.operand(), slice.starts(), slice.sizes().toArray());
    Reg r = Memory.load(f, result.dtype(), from);
    Memory.store(f, r, address(result));
    frame.put(result, r);
  }

  void run(Nest nest, List<Arg> args) {
    kernels.launch(f, nest, Schedule.Target.TEMPORARY, args, context.pool());
  }

  /** The address of a box of {@code sizes} at scalar starts, clamped so that it fits. */
  Val window(Value array, List<Value> starts, long[] sizes) {
    return window(address(array), array.type(), starts, sizes);
  }

  Val window(Val base, TensorType type, List<Value> starts, long[] sizes) {
    long[] strides = type.shape().strides();
    Val offset = Val.i64(0);
    for (int d = 0; d < sizes.length; d++) {
      long max = type.dim(d) - sizes[d];
      if (max > 0) {
        Val start = Evaluator.clamp(f, scalar(starts.get(d)), max);
        offset = f.addNsw(offset, f.mulNsw(start, Val.i64(strides[d])));
      }
    }
    return Memory.address(f, type.dtype(), base, offset);
  }

  /** Notes that an instruction copies a whole array. */
  void copied(Instr by, TensorType type, ArrayCopy.Reason why) {
    copied(by.op().mnemonic(), by.loc(), type, why);
  }

  /** Notes that an instruction copies a result of one of its regions. */
  void astray(Instr by, Value result, Block region) {
    astray(by.op().mnemonic(), by.loc(), result, region);
  }

  private void astray(String operation, Loc line, Value result, Block region) {
    if (!plan.base(result).shape().isScalar()) { // else it comes out of a register
      copied(operation, line, result.type(), plan.astray(result, region));
    }
  }

  private void copied(String operation, Loc line, TensorType type, ArrayCopy.Reason why) {
    if (type.byteSize() > 0) {
      context.copies().accept(new ArrayCopy(type, operation, line, loops, why));
    }
  }

  /** Emits what happens in each step of a loop. */
  void within(Loc loop, Runnable body) {
    loops.add(loop);
    body.run();
    loops.removeLast();
  }

  /** Copies a whole array. */
  void copy(TensorType type, Val from, Val to) {
    long n = type.shape().size();
    if (n > 0) {
      Nests.Box all = Nests.Box.dense(n);
      copyBox(type.dtype(), new long[] {n}, all, from, all, to);
    }
  }

  /** Copies a box of one array to a box of another. */
  void copyBox(DType dtype, long[] extents, Nests.Box source, Val from, Nests.Box target, Val to) {
    run(
        Nests.copy(dtype, extents, source, target),
        List.of(new Arg.Address(from), new Arg.Address(to)));
  }
}
