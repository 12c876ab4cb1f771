package dev.jacobi.hlo.interpret;

import dev.jacobi.hlo.BatchNorm;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.CollectiveOp;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.ConvOp;
import dev.jacobi.hlo.DynamicOp;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.HloTypeException;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.LinalgOp;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.NormOp;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.OrderOp;
import dev.jacobi.hlo.RandomOp;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.ShorthandOp;
import dev.jacobi.hlo.SpectralOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.WindowOp;
import dev.jacobi.hlo.host.HostCheck;
import dev.jacobi.hlo.interpret.Tensor.Ints;
import dev.jacobi.hlo.interpret.Tensor.Reals;
import dev.jacobi.hlo.refine.Refiner;
import dev.jacobi.hlo.shorthand.Shorthand;
import dev.jacobi.hlo.spi.CallInterruptedException;
import dev.jacobi.hlo.text.UnsupportedOpException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Runs a module one instruction after the other. Thread-safe. */
public final class Interpreter {
  private final HloModule module;
  private final LastUses lastUses;
  private final Peers peers;

  /** Constants are read once, however often a loop passes them. */
  private final Map<Value, Tensor> constants;

  Interpreter(HloModule module) {
    this(module, new LastUses(module), Peers.NONE, new ConcurrentHashMap<>());
  }

  private Interpreter(
      HloModule module, LastUses lastUses, Peers peers, Map<Value, Tensor> constants) {
    this.module = module;
    this.lastUses = lastUses;
    this.peers = peers;
    this.constants = constants;
  }

  /** The same program as one of several devices runs it. */
  Interpreter with(Peers others) {
    return new Interpreter(module, lastUses, others, constants);
  }

  /**
   * Runs {@code @main}.
   *
   * @param arguments one per parameter, of its type; of any sizes where those are unknown
   * @throws HloTypeException if an argument has another type
   * @throws UnsupportedOpException if the program makes a custom call that is unknown here
   * @throws HloInterpretException if it needs an array of more than 2^31 elements
   * @throws CallInterruptedException if the thread is interrupted
   */
  public static List<Literal> run(HloModule module, List<Literal> arguments) {
    List<TensorType> types = arguments.stream().map(Literal::type).toList();
    if (!module.main().inputs().stream().allMatch(t -> t.shape().isStatic())) {
      return run(Refiner.refine(module, types, Interpreter::run), arguments);
    }
    checkTypes(module, types);
    List<Tensor> inputs =
        arguments.stream().map(a -> Tensor.of(a.type().storage(), a.data())).toList();
    List<Tensor> results =
        new Interpreter(Shorthand.expand(module, Interpreter::run)).runMain(inputs);
    List<Literal> typed = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      TensorType type = results.get(i).type().withDtype(module.main().outputs().get(i).element());
      typed.add(Literal.wrap(type, results.get(i).toLiteral().data()));
    }
    return typed;
  }

  List<Tensor> runMain(List<Tensor> arguments) {
    checkTypes(module, arguments.stream().map(Tensor::type).toList());
    return call("main", arguments);
  }

  private static void checkTypes(HloModule module, List<TensorType> types) {
    if (!types.equals(module.main().inputs())) {
      throw new HloTypeException("@main takes " + module.main().inputs() + ", but got " + types);
    }
  }

  /** The values of one activation of a block; regions also see those of the enclosing block. */
  private static final class Frame {
    private final Map<Value, Tensor> values = new HashMap<>();
    private final Frame outer;

    Frame(Frame outer) {
      this.outer = outer;
    }

    Tensor get(Value value) {
      for (Frame frame = this; frame != null; frame = frame.outer) {
        Tensor t = frame.values.get(value);
        if (t != null) {
          return t;
        }
      }
      throw new HloInterpretException("a value is used before it is defined: " + value);
    }

    List<Tensor> get(List<Value> list) {
      return list.stream().map(this::get).toList();
    }

    Ints ints(Value value) {
      return (Ints) get(value);
    }

    void put(List<Value> names, List<Tensor> tensors) {
      for (int i = 0; i < names.size(); i++) {
        values.put(names.get(i), tensors.get(i));
      }
    }
  }

  /**
   * Which values nobody needs after an instruction: a program holds the arrays that it still reads,
   * not every one that it ever made. A block ends the lives of its own values only, since it may
   * run again and then read those of the blocks around it once more.
   */
  private static final class LastUses {
    private final Map<Block, List<List<Value>>> dying = new IdentityHashMap<>();

    LastUses(HloModule module) {
      module.funcs().values().forEach(f -> block(f.body()));
    }

    /** The block's values that are not read after its instruction {@code i}. */
    List<Value> after(Block block, int i) {
      return dying.get(block).get(i);
    }

    /** Returns what the block reads of the blocks around it. */
    private Set<Value> block(Block block) {
      Set<Value> later = new HashSet<>(block.results());
      List<List<Value>> ends = new ArrayList<>();
      for (Instr instr : block.instrs().reversed()) {
        Set<Value> reads = new HashSet<>(instr.op().operands());
        instr.op().regions().forEach(region -> reads.addAll(block(region)));
        List<Value> last = new ArrayList<>();
        instr.results().stream().filter(v -> !later.remove(v)).forEach(last::add);
        reads.stream().filter(later::add).forEach(last::add);
        ends.add(last);
      }
      block.params().forEach(later::remove);
      Set<Value> outer = later;
      dying.put(block, ends.reversed().stream().map(l -> own(l, outer)).toList());
      return outer;
    }

    private static List<Value> own(List<Value> values, Set<Value> outer) {
      return values.stream().filter(v -> !outer.contains(v)).toList();
    }
  }

  private List<Tensor> call(String callee, List<Tensor> arguments) {
    return run(module.func(callee).body(), null, arguments);
  }

  private List<Tensor> run(Block block, Frame outer, List<Tensor> arguments) {
    if (Thread.currentThread().isInterrupted()) {
      throw new CallInterruptedException();
    }
    Frame frame = new Frame(outer);
    frame.put(block.params(), arguments);
    List<Instr> instrs = block.instrs();
    for (int i = 0; i < instrs.size(); i++) {
      frame.put(instrs.get(i).results(), eval(instrs.get(i), frame));
      lastUses.after(block, i).forEach(frame.values::remove);
    }
    return frame.get(block.results());
  }

  private List<Tensor> eval(Instr instr, Frame f) {
    return switch (instr.op()) {
      case ReductionOp.Reduce o -> reduce(o, f, Tensor.size(instr.results().getFirst().type()));
      case IndexOp.Scatter o -> scatter(o, f);
      case WindowOp.ReduceWindow o -> reduceWindow(o, f, instr.results().getFirst().shape());
      case WindowOp.SelectAndScatter o -> selectAndScatter(o, f);
      case NormOp o -> normalize(o, f);
      case OrderOp.Sort o ->
          Ordering.sort(f.get(o.inputs()), o.dim(), pairs -> isTrue(run(o.comparator(), f, pairs)));
      case OrderOp.TopK o -> Ordering.topK(f.get(o.operand()), instr.results().getFirst().shape());
      case ControlOp.While o -> repeat(o, f);
      case ControlOp.Case o -> run(branch(o, f.ints(o.index())), f, List.of());
      case ControlOp.If o ->
          run(f.ints(o.pred()).values()[0] != 0 ? o.onTrue() : o.onFalse(), f, List.of());
      case ControlOp.Call o -> call(o.callee(), f.get(o.operands()));
      case ControlOp.CustomCall o -> CustomCalls.call(o, f.get(o.operands()), instr.loc());
      case ControlOp.Composite o when HostCheck.is(o) ->
          CustomCalls.check(o, f.get(o.operands()), instr.loc());
      case ControlOp.Composite o -> call(o.decomposition(), f.get(o.operands()));
      case ControlOp.OptimizationBarrier o -> f.get(o.operands());
      case CollectiveOp o ->
          peers.perform(
              o,
              instr,
              f.get(o.operands()),
              body -> Combiner.ofScatter(body, x -> run(body, f, x)));
      case RandomOp _, ShorthandOp _, DynamicOp _ -> throw writtenOut(instr.op());
      case ElementwiseOp.Constant o ->
          List.of(constants.computeIfAbsent(instr.result(), v -> Tensor.of(o.literal())));
      case ElementwiseOp.Iota _,
          ElementwiseOp.Pointwise _,
          ElementwiseOp.Compare _,
          ElementwiseOp.Convert _,
          ElementwiseOp.ReducePrecision _,
          ElementwiseOp.BitcastConvert _,
          ShapeOp.BroadcastInDim _,
          ShapeOp.Reshape _,
          ShapeOp.Transpose _,
          ShapeOp.Concatenate _,
          ShapeOp.Pad _,
          ShapeOp.Slice _,
          IndexOp.DynamicSlice _,
          IndexOp.DynamicUpdateSlice _,
          ShapeOp.Reverse _,
          ReductionOp.DotGeneral _,
          ConvOp.Convolution _,
          SpectralOp.Fft _,
          LinalgOp.Cholesky _,
          LinalgOp.TriangularSolve _,
          IndexOp.Gather _ ->
          List.of(evalOne(instr.op(), instr.result().type(), f));
    };
  }

  /** Operations that have one result and no region. */
  private Tensor evalOne(Op op, TensorType type, Frame f) {
    Tensor.size(type); // Throws if there are too many elements.
    Shape shape = type.shape();
    return switch (op) {
      case ElementwiseOp.Iota o -> Movement.iota(o);
      case ElementwiseOp.Pointwise o -> Pointwise.apply(o.fn(), f.get(o.operands()));
      case ElementwiseOp.Compare o ->
          Pointwise.compare(o.direction(), o.order(), f.get(o.lhs()), f.get(o.rhs()));
      case ElementwiseOp.Convert o -> Conversions.convert(f.get(o.operand()), o.dtype());
      case ElementwiseOp.ReducePrecision o ->
          Conversions.reducePrecision(
              (Reals) f.get(o.operand()), o.exponentBits(), o.mantissaBits());
      case ElementwiseOp.BitcastConvert o -> Conversions.bitcast(f.get(o.operand()), type);
      case ShapeOp.BroadcastInDim o -> Movement.broadcastInDim(f.get(o.operand()), o.dims(), shape);
      case ShapeOp.Reshape o -> f.get(o.operand()).withShape(shape);
      case ShapeOp.Transpose o -> Movement.transpose(f.get(o.operand()), o.permutation());
      case ShapeOp.Concatenate o -> Movement.concatenate(f.get(o.operands()), o.dim(), type);
      case ShapeOp.Pad o ->
          Movement.pad(f.get(o.operand()), f.get(o.value()), o.low(), o.interior(), shape);
      case ShapeOp.Slice o -> Movement.slice(f.get(o.operand()), o, shape);
      case IndexOp.DynamicSlice o ->
          Movement.dynamicSlice(f.get(o.operand()), f.get(o.starts()), shape);
      case IndexOp.DynamicUpdateSlice o ->
          Movement.dynamicUpdateSlice(f.get(o.operand()), f.get(o.update()), f.get(o.starts()));
      case ShapeOp.Reverse o -> Movement.reverse(f.get(o.operand()), o.dims());
      case ReductionOp.DotGeneral o ->
          Reductions.dotGeneral(f.get(o.lhs()), f.get(o.rhs()), o.dims(), o.algorithm(), type);
      case ConvOp.Convolution o ->
          Convolutions.convolution(f.get(o.lhs()), f.get(o.rhs()), o, type);
      case SpectralOp.Fft o -> Fourier.fft(f.get(o.operand()), o, type);
      case LinalgOp.Cholesky o -> LinearAlgebra.cholesky(f.get(o.a()), o.lower());
      case LinalgOp.TriangularSolve o ->
          LinearAlgebra.triangularSolve(f.get(o.a()), f.get(o.b()), o);
      case IndexOp.Gather o -> Indexing.gather(f.get(o.operand()), f.ints(o.indices()), o, shape);
      case ElementwiseOp.Constant _,
          ReductionOp.Reduce _,
          IndexOp.Scatter _,
          WindowOp _,
          NormOp _,
          OrderOp.Sort _,
          OrderOp.TopK _,
          ControlOp.While _,
          ControlOp.Case _,
          ControlOp.If _,
          ControlOp.Call _,
          ControlOp.CustomCall _,
          ControlOp.Composite _,
          ControlOp.OptimizationBarrier _,
          RandomOp _,
          ShorthandOp _,
          DynamicOp _,
          CollectiveOp _ ->
          throw new AssertionError(op.mnemonic() + " is evaluated elsewhere");
    };
  }

  /** By the operations that the specification defines it with. */
  private List<Tensor> normalize(NormOp op, Frame f) {
    HloBuilder b = new HloBuilder();
    Map<Value, Value> params = new HashMap<>();
    op.operands().forEach(v -> params.computeIfAbsent(v, x -> b.param(x.type())));
    List<Value> results = BatchNorm.expand((NormOp) op.mapOperands(params::get), b);
    Frame frame = new Frame(null);
    params.forEach((v, param) -> frame.put(List.of(param), List.of(f.get(v))));
    b.build(results).instrs().forEach(i -> frame.put(i.results(), eval(i, frame)));
    return frame.get(results);
  }

  private static AssertionError writtenOut(Op op) {
    return new AssertionError(op.mnemonic() + " should be written out in others");
  }

  private List<Tensor> reduce(ReductionOp.Reduce op, Frame f, int size) {
    List<Tensor> inputs = promoted(f.get(op.inputs()), op.body());
    List<Tensor> inits = promoted(f.get(op.inits()), op.body());
    Combiner combiner = Combiner.ofReduction(op.body(), x -> run(op.body(), f, x), size);
    return Reductions.reduce(inputs, inits, op.dims(), combiner);
  }

  private List<Tensor> scatter(IndexOp.Scatter op, Frame f) {
    Combiner combiner = Combiner.ofScatter(op.body(), x -> run(op.body(), f, x));
    List<Tensor> inputs = promoted(f.get(op.inputs()), op.body());
    List<Tensor> updates = promoted(f.get(op.updates()), op.body());
    return Indexing.scatter(inputs, f.ints(op.indices()), updates, op, combiner);
  }

  private List<Tensor> reduceWindow(WindowOp.ReduceWindow op, Frame f, Shape shape) {
    List<Tensor> inputs = promoted(f.get(op.inputs()), op.body());
    List<Tensor> inits = promoted(f.get(op.inits()), op.body());
    int size = Tensor.size(inits.getFirst().type().withShape(shape));
    Combiner combiner = Combiner.ofReduction(op.body(), x -> run(op.body(), f, x), size);
    return Windows.reduce(inputs, inits, op, shape, combiner);
  }

  private List<Tensor> selectAndScatter(WindowOp.SelectAndScatter op, Frame f) {
    Combiner scatter = Combiner.ofScatter(op.scatter(), x -> run(op.scatter(), f, x));
    Tensor out =
        Windows.selectAndScatter(
            f.get(op.operand()),
            promoted(f.get(List.of(op.source())), op.scatter()).getFirst(),
            promoted(f.get(List.of(op.init())), op.scatter()).getFirst(),
            op,
            (a, b) -> run(op.select(), f, List.of(a, b)).getFirst(),
            scatter);
    return List.of(out);
  }

  /** Arrays in the element types that a body computes in, which may be wider. */
  private static List<Tensor> promoted(List<Tensor> arrays, Block body) {
    List<Tensor> out = new ArrayList<>();
    for (int i = 0; i < arrays.size(); i++) {
      out.add(Conversions.convert(arrays.get(i), body.results().get(i).dtype()));
    }
    return out;
  }

  private List<Tensor> repeat(ControlOp.While op, Frame f) {
    List<Tensor> state = f.get(op.inits());
    while (isTrue(run(op.cond(), f, state))) {
      state = run(op.body(), f, state);
    }
    return state;
  }

  private static boolean isTrue(List<Tensor> predicate) {
    return ((Ints) predicate.getFirst()).values()[0] != 0;
  }

  private static Block branch(ControlOp.Case op, Ints index) {
    long i = index.values()[0];
    return i >= 0 && i < op.branches().size()
        ? op.branches().get((int) i)
        : op.branches().getLast();
  }
}
