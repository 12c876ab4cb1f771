package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.fuse.Affine;
import dev.jacobi.cpu.fuse.Ops;
import dev.jacobi.cpu.loop.Launch;
import dev.jacobi.cpu.loop.Launch.Binding;
import dev.jacobi.cpu.loop.Nest;
import dev.jacobi.cpu.loop.Planner;
import dev.jacobi.cpu.loop.Planner.Planned;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * The memory of one function: which values share memory because one is updated in place of the
 * other, which are results, and where in the arena all others lie. Positions count the steps of all
 * blocks in the order of the text.
 */
final class MemoryPlan {
  private final Block block;
  private final ToLongFunction<Op> scratchBytes;
  private final Map<Block, List<Planned>> steps = new IdentityHashMap<>();
  private final Map<Value, Value> aliases = new IdentityHashMap<>();
  private final Map<Value, ElementwiseOp.Constant> constants = new IdentityHashMap<>();
  private final Map<Value, Cell> cells = new LinkedHashMap<>(); // In order, as code must not vary.
  private final Map<Value, Integer> lastUse = new LinkedHashMap<>();
  private final Map<Value, Block> definedIn = new IdentityHashMap<>();
  private final Map<Planned, Integer> starts = new IdentityHashMap<>();
  private final Map<Planned, Integer> ends = new IdentityHashMap<>();
  private final Map<Value, Carry> carries = new IdentityHashMap<>();
  private final Map<Object, Layout.Interval> scratch = new LinkedHashMap<>();
  private final Map<Value, Integer> resultIndex = new IdentityHashMap<>();
  private final Map<Value, Value> carryResult = new IdentityHashMap<>();
  private final LoopKinds loops;
  private long arenaBytes;
  private int position;

  /** A key for scratch memory: of a step, by a number. */
  private record ScratchKey(int step, int number) {}

  private MemoryPlan(Block block, ToLongFunction<Op> scratchBytes, LoopKinds loops) {
    this.loops = loops;
    this.block = block;
    this.scratchBytes = scratchBytes;
  }

  /**
   * Plans a function.
   *
   * @param donated which arguments may be overwritten
   * @param scratchBytes bytes of arena that an operation needs while it runs
   * @param checkedLanes whether loops with checks may run lane by lane
   */
  static MemoryPlan of(
      Block block,
      java.util.function.IntPredicate donated,
      ToLongFunction<Op> scratchBytes,
      boolean checkedLanes) {
    MemoryPlan plan = new MemoryPlan(block, scratchBytes, new LoopKinds(checkedLanes));
    for (int i = 0; i < block.params().size(); i++) {
      Cell c = plan.cell(block.params().get(i));
      c.home = new Home.Argument(i);
      c.fixed = !donated.test(i);
    }
    plan.collect(block);
    block.results().forEach(plan::use);
    plan.lastUse.forEach((v, at) -> plan.cell(v).last = at);
    plan.share(block);
    plan.outputs();
    plan.layout();
    return plan;
  }

  List<Planned> steps(Block b) {
    return steps.get(b);
  }

  /** The value whose memory {@code v} is another name for. */
  Value base(Value v) {
    Value a = aliases.get(v);
    return a == null ? v : base(a);
  }

  /** Where an array lives. */
  Home home(Value v) {
    Value b = base(v);
    if (constants.containsKey(b)) {
      return new Home.Constant(constants.get(b).literal());
    }
    Cell c = cell(b).find();
    if (c.home != null) {
      return c.home;
    }
    return new Home.Arena(c.interval.offset());
  }

  /** Identifies memory: equal for values that share it. */
  Object memory(Value v) {
    return cell(base(v)).find();
  }

  /** Whether result {@code k} is computed in the memory of a donated argument. */
  boolean isDonatedResult(int k) {
    return donatedFor(k) >= 0;
  }

  /** The donated argument in whose memory result {@code k}, the first of its value, is, or -1. */
  int donatedFor(int k) {
    Value v = base(block.results().get(k));
    boolean first = block.results().stream().limit(k).noneMatch(r -> base(r) == v);
    boolean computed = first && definedIn.get(v) == block && !block.params().contains(v);
    Home home = constants.containsKey(v) ? null : cell(v).find().home;
    return computed && home instanceof Home.Argument a ? a.index() : -1;
  }

  Carry carry(Value bodyParam) {
    return carries.get(bodyParam);
  }

  long arenaBytes() {
    return arenaBytes;
  }

  boolean hasScratch(Planned step) {
    return scratch.containsKey(new ScratchKey(starts.get(step), 0));
  }

  /** The offset of a step's scratch memory. */
  long scratch(Planned step, int number) {
    return scratch.get(new ScratchKey(starts.get(step), number)).offset();
  }

  private Cell cell(Value v) {
    return cells.computeIfAbsent(v, k -> new Cell());
  }

  private void collect(Block b) {
    b.params().forEach(p -> definedIn.put(p, b));
    for (Instr i : b.instrs()) {
      i.results().forEach(v -> definedIn.put(v, b));
      for (int k = 0; k < Ops.renamed(i.op()); k++) {
        aliases.put(i.results().get(k), i.op().operands().get(k));
      }
      if (i.op() instanceof ElementwiseOp.Constant c) {
        constants.put(i.result(), c);
      }
    }
    List<Planned> planned = Planner.plan(b);
    steps.put(b, planned);
    for (Planned p : planned) {
      starts.put(p, position++);
      switch (p) {
        case Planned.Scalar s -> s.instr().op().operands().forEach(this::use);
        case Planned.Nests n -> n.launches().forEach(l -> collect(p, l));
        case Planned.Single s -> collect(p, s.instr());
      }
      ends.put(p, position++);
    }
  }

  private void use(Value v) {
    lastUse.merge(base(v), position, Math::max);
  }

  private void collect(Planned step, Launch launch) {
    for (Binding b : launch.bindings()) {
      switch (b) {
        case Binding.Array a -> use(a.value());
        case Binding.Window w -> w.slice().operands().forEach(this::use); // The starts too.
        case Binding.Scalar s -> use(s.value());
        case Binding.Result r -> define(r.value());
        case Binding.Temp t ->
            temp(step, t.number(), t.elements() * t.dtype().bytes(), position, position);
      }
    }
  }

  private void temp(Planned step, int number, long bytes, int from, int to) {
    scratch.put(new ScratchKey(starts.get(step), number), new Layout.Interval(bytes, from, to));
  }

  private void define(Value v) {
    Cell c = cell(v);
    c.interval = new Layout.Interval(v.type().byteSize(), position, position);
  }

  private void collect(Planned step, Instr instr) {
    Op op = instr.op();
    op.operands().forEach(this::use);
    int start = position;
    if (op instanceof ControlOp.While w) {
      keepUnchanged(instr, w);
      loops.find(instr, w, v -> Optional.ofNullable(constants.get(v)).map(c -> c.literal()));
    }
    if (loops.isByLane(op)) {
      op.captures().forEach(this::use);
    } else if (op instanceof ControlOp) {
      for (Block b : op.regions()) {
        position++;
        collect(b);
        b.results().forEach(this::use);
        position++;
      }
      op.captures().forEach(this::use);
    }
    if (op instanceof ControlOp.While w) {
      w.inits().forEach(v -> keepAlive(w, v));
    }
    long bytes = scratchBytes.applyAsLong(op);
    if (bytes > 0 || op instanceof ControlOp.Call) {
      temp(step, 0, bytes, start, position);
    }
    instr.results().forEach(this::define);
    if (loops.isByLane(op)) {
      instr.results().forEach(v -> cell(v).interval.from = start);
    }
  }

  LoopKinds loops() {
    return loops;
  }

  /** A carry that the body hands on as it is, is another name for its initial value. */
  private void keepUnchanged(Instr instr, ControlOp.While o) {
    for (int k = 0; k < o.inits().size(); k++) {
      Value param = o.body().params().get(k);
      if (o.body().results().get(k) == param) {
        aliases.put(param, o.inits().get(k));
        aliases.put(o.cond().params().get(k), o.inits().get(k));
        aliases.put(instr.results().get(k), o.inits().get(k));
      }
    }
  }

  /** What an unchanged carry names is read until the loop ends. */
  private void keepAlive(ControlOp.While o, Value init) {
    if (o.body().params().stream().anyMatch(p -> aliases.get(p) == init)) {
      use(init);
    }
  }

  /** Whether a loop hands a carry on as it is. */
  boolean isKept(Value bodyParam) {
    return aliases.containsKey(bodyParam);
  }

  /** Decides which results take the place of a dying operand, block by block. */
  private void share(Block b) {
    for (Planned p : steps.get(b)) {
      switch (p) {
        case Planned.Scalar _ -> {}
        case Planned.Nests n -> shareNest(p, n);
        case Planned.Single s -> shareSingle(p, s.instr());
      }
    }
  }

  private void shareSingle(Planned p, Instr instr) {
    switch (instr.op()) {
      case IndexOp.DynamicUpdateSlice o -> {
        if (base(o.update()) != base(o.operand())) {
          tryShare(p, o.operand(), instr.result());
        }
      }
      case IndexOp.Scatter o -> shareOverwritten(p, instr, Overwritten.by(o));
      case ControlOp.CustomCall o -> shareOverwritten(p, instr, Overwritten.by(o));
      case ControlOp.While o when loops.isByLane(o) -> shareOverwritten(p, instr, loops.updated(o));
      case ControlOp.While o -> shareLoop(p, instr, o);
      case ControlOp.Case o -> o.branches().forEach(x -> shareBranch(p, instr, x));
      case ControlOp.If o -> {
        shareBranch(p, instr, o.onTrue());
        shareBranch(p, instr, o.onFalse());
      }
      default -> {}
    }
  }

  private void shareOverwritten(Planned p, Instr instr, Map<Integer, Integer> pairs) {
    List<Value> reads = new ArrayList<>(instr.op().operands());
    reads.addAll(instr.op().captures()); // An operand may be captured too.
    for (var pair : pairs.entrySet()) {
      Value operand = instr.op().operands().get(pair.getValue());
      if (reads.stream().filter(v -> base(v) == base(operand)).count() == 1) {
        tryShare(p, operand, instr.results().get(pair.getKey()));
      }
    }
  }

  /** Whether the memory of {@code operand} may be given to a result of step {@code p}. */
  private boolean dies(Planned p, Value operand) {
    Value b = base(operand);
    Cell c = cell(b).find();
    return !constants.containsKey(b) && !b.shape().isScalar() && !c.fixed && c.last <= ends.get(p);
  }

  private boolean tryShare(Planned p, Value operand, Value result) {
    Value b = base(operand);
    boolean dead =
        dies(p, operand)
            && b.type().byteSize() == result.type().byteSize()
            && mayTakeCarry(b, result);
    if (dead) {
      unite(b, result);
    }
    return dead;
  }

  /** A carried array's memory goes to its own next value only. */
  private boolean mayTakeCarry(Value operand, Value result) {
    Value own = carryResult.get(operand);
    return own == null ? !carries.containsKey(operand) : own == result;
  }

  private void unite(Value operand, Value result) {
    Cell a = cell(operand).find();
    Cell r = cell(result).find();
    r.merged = a;
    a.last = Math.max(a.last, r.last);
  }

  private void shareNest(Planned p, Planned.Nests n) {
    if (n.launches().size() != 1) {
      return;
    }
    Launch launch = n.launches().getFirst();
    List<Binding> bindings = launch.bindings();
    for (Nest.Store s : launch.nest().stores()) {
      if (s.perRow() || !(bindings.get(s.param()) instanceof Binding.Result r)) {
        continue;
      }
      for (int i = 0; i < bindings.size(); i++) {
        if (bindings.get(i) instanceof Binding.Array a
            && a.value().dtype().bytes() == r.value().dtype().bytes()
            && readOnlyAt(launch, i, base(a.value()), s.at())
            && tryShare(p, a.value(), r.value())) {
          break;
        }
      }
    }
  }

  /** Whether all reads of an array happen at the place of the store, in the last phase or once. */
  private boolean readOnlyAt(Launch launch, int param, Value value, Affine at) {
    if (!launch.nest().reductions().isEmpty()) {
      return false;
    }
    for (int i = 0; i < launch.bindings().size(); i++) {
      boolean same =
          switch (launch.bindings().get(i)) {
            case Binding.Array a -> base(a.value()) == value;
            case Binding.Window w -> base(w.slice().operand()) == value;
            case Binding.Scalar _, Binding.Result _, Binding.Temp _ -> false;
          };
      if (same && i != param) {
        return false;
      }
    }
    return launch.nest().isReadOnlyAt(param, at);
  }

  private void shareLoop(Planned p, Instr instr, ControlOp.While o) {
    Map<Object, Integer> taken = new HashMap<>();
    for (int k = 0; k < o.inits().size(); k++) {
      Value param = o.body().params().get(k);
      Value next = base(o.body().results().get(k));
      if (param.shape().isScalar() || isKept(param)) {
        continue;
      }
      cell(param).home = new Home.Elsewhere();
      cell(o.cond().params().get(k)).home = new Home.Elsewhere();
      cell(o.cond().params().get(k)).fixed = true;
      carries.put(param, Carry.COPIED);
      boolean own =
          definedIn.get(next) == o.body()
              && !o.body().params().contains(next)
              && taken.putIfAbsent(next, k) == null;
      if (own) {
        carryResult.put(param, next);
      }
    }
    share(o.cond());
    share(o.body());
    for (int k = 0; k < o.inits().size(); k++) {
      Value param = o.body().params().get(k);
      Value next = carryResult.get(param);
      if (next == null) {
        continue;
      }
      Cell c = cell(next).find();
      if (c == cell(param).find()) {
        carries.put(param, Carry.IN_PLACE);
      } else if (c.home == null && c.interval != null && !constants.containsKey(next)) {
        c.home = new Home.Elsewhere();
        carries.put(param, Carry.SWAPPED);
      }
    }
    for (int k = 0; k < o.inits().size(); k++) {
      Value param = o.body().params().get(k);
      if (!param.shape().isScalar() && !isKept(param)) {
        Cell result = cell(instr.results().get(k));
        result.home = new Home.Elsewhere();
        result.interval.from = starts.get(p);
      }
    }
  }

  private void shareBranch(Planned p, Instr instr, Block branch) {
    share(branch);
    instr.results().forEach(v -> cell(v).interval.from = starts.get(p));
    List<Value> seen = new ArrayList<>();
    for (int k = 0; k < branch.results().size(); k++) {
      Value v = base(branch.results().get(k));
      Cell c = cell(v).find();
      boolean own =
          definedIn.get(v) == branch && !constants.containsKey(v) && !v.shape().isScalar();
      if (own && c.home == null && c.interval != null && !seen.contains(v)) {
        c.home = new Home.Elsewhere();
        seen.add(v);
        resultIndex.put(v, k);
      }
    }
  }

  /** Whether a branch computes its result {@code k} where the operation's result lies. */
  boolean isWrittenDirectly(Value branchResult, int k) {
    return Integer.valueOf(k).equals(resultIndex.get(base(branchResult)));
  }

  private void outputs() {
    for (int k = 0; k < block.results().size(); k++) {
      Value v = base(block.results().get(k));
      Cell c = cell(v).find();
      if (!constants.containsKey(v)
          && c.home == null
          && c.interval != null
          && definedIn.get(v) == block) {
        c.home = new Home.Output(k);
      }
    }
  }

  private void layout() {
    List<Layout.Interval> all = new ArrayList<>(scratch.values());
    for (Map.Entry<Value, Cell> e : cells.entrySet()) {
      Cell c = e.getValue();
      if (c.merged == null && c.interval != null) {
        c.interval.to = Math.max(c.interval.to, c.last);
        if (c.home == null) {
          all.add(c.interval);
        }
      }
    }
    steps.values().stream()
        .flatMap(List::stream)
        .sorted(Comparator.comparingInt(starts::get))
        .forEach(p -> carryBuffers(p, all));
    arenaBytes = Layout.place(all);
  }

  /** Two buffers for each carried array that changes, alive as long as the loop's result. */
  private void carryBuffers(Planned p, List<Layout.Interval> all) {
    if (!(p instanceof Planned.Single s && s.instr().op() instanceof ControlOp.While o)
        || loops.isByLane(o)) {
      return;
    }
    for (int k = 0; k < o.inits().size(); k++) {
      Value param = o.body().params().get(k);
      if (param.shape().isScalar() || isKept(param)) {
        continue;
      }
      int end = Math.max(ends.get(p), cell(s.instr().results().get(k)).find().interval.to);
      for (int n = 0; n < 2; n++) {
        temp(p, 2 * k + n, param.type().byteSize(), starts.get(p), end);
        all.add(scratch.get(new ScratchKey(starts.get(p), 2 * k + n)));
      }
    }
  }
}
