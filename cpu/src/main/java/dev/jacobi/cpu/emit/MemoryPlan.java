package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.fuse.Affine;
import dev.jacobi.cpu.loop.Launch;
import dev.jacobi.cpu.loop.Launch.Binding;
import dev.jacobi.cpu.loop.Nest;
import dev.jacobi.cpu.loop.Planner.Planned;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.CollectiveOp;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.spi.ArrayCopy.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * The memory of one function: which values share memory because one is updated in place of the
 * other, which are results, and where in the arena all others lie.
 */
final class MemoryPlan {
  private final Block block;
  private final Lifetimes lives;
  private final Map<Value, Carry> carries = new IdentityHashMap<>();
  private final Map<Value, Integer> resultIndex = new IdentityHashMap<>();
  private final Map<Value, Value> carryResult = new IdentityHashMap<>();
  private final Map<Value, Reason> refused = new IdentityHashMap<>();
  private long arenaBytes;

  private MemoryPlan(Block block, Lifetimes lives) {
    this.block = block;
    this.lives = lives;
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
    Lifetimes lives = Lifetimes.of(block, scratchBytes, new LoopKinds(checkedLanes));
    MemoryPlan plan = new MemoryPlan(block, lives);
    for (int i = 0; i < block.params().size(); i++) {
      Cell c = lives.cell(block.params().get(i));
      c.home = new Home.Argument(i);
      c.fixed = !donated.test(i);
    }
    plan.share(block);
    plan.outputs();
    plan.layout();
    return plan;
  }

  List<Planned> steps(Block b) {
    return lives.steps.get(b);
  }

  /** The value whose memory {@code v} is another name for. */
  Value base(Value v) {
    return lives.base(v);
  }

  /** Where an array lives. */
  Home home(Value v) {
    Value b = base(v);
    if (lives.constants.containsKey(b)) {
      return new Home.Constant(lives.constants.get(b).literal());
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
    boolean computed = first && lives.definedIn.get(v) == block && !block.params().contains(v);
    Home home = lives.constants.containsKey(v) ? null : cell(v).find().home;
    return computed && home instanceof Home.Argument a ? a.index() : -1;
  }

  Carry carry(Value bodyParam) {
    return carries.get(bodyParam);
  }

  long arenaBytes() {
    return arenaBytes;
  }

  boolean hasScratch(Planned step) {
    return lives.hasScratch(step);
  }

  /** The offset of a step's scratch memory. */
  long scratch(Planned step, int number) {
    return lives.scratch(step, number).offset();
  }

  private Cell cell(Value v) {
    return lives.cell(v);
  }

  LoopKinds loops() {
    return lives.loops;
  }

  /** Whether a loop hands a carry on as it is. */
  boolean isKept(Value bodyParam) {
    return lives.isKept(bodyParam);
  }

  /** Decides which results take the place of a dying operand, block by block. */
  private void share(Block b) {
    for (Planned p : lives.steps.get(b)) {
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
      case CollectiveOp.AllReduce o -> tryShare(p, o.operands().getFirst(), instr.result());
      case IndexOp.Scatter o -> shareOverwritten(p, instr, Overwritten.by(o));
      case ControlOp.CustomCall o -> shareOverwritten(p, instr, Overwritten.by(o));
      case ControlOp.While o when lives.loops.isByLane(o) ->
          shareOverwritten(p, instr, lives.loops.updated(o));
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
      Value result = instr.results().get(pair.getKey());
      if (reads.stream().filter(v -> base(v) == base(operand)).count() == 1) {
        tryShare(p, operand, result);
      } else if (instr.op() instanceof ControlOp.While) {
        refused.put(result, new Reason.Twice());
      }
    }
  }

  /** Why the memory of an array may not be given to a result of step {@code p}, if it may not. */
  private Optional<Reason> keeps(Planned p, Value array) {
    Cell c = cell(array).find();
    if (lives.constants.containsKey(array)) {
      return Optional.of(new Reason.Constant());
    } else if (c.fixed) {
      return Optional.of(
          c.home instanceof Home.Argument a
              ? new Reason.Undonated(a.index())
              : new Reason.HandedOn());
    } else if (c.last.at() > lives.end(p)) {
      return Optional.of(
          switch (c.last.kind()) {
            case STEP -> new Reason.ReadLater(c.last.line());
            case HANDED_ON -> new Reason.HandedOn();
            case RETURNED -> new Reason.Returned();
          });
    }
    return Optional.empty();
  }

  private boolean tryShare(Planned p, Value operand, Value result) {
    Value b = base(operand);
    Optional<Reason> reason = keeps(p, b);
    reason.ifPresent(r -> refused.put(result, r));
    boolean dead =
        reason.isEmpty()
            && !b.shape().isScalar()
            && b.type().byteSize() == result.type().byteSize();
    if (dead) {
      unite(b, result);
    }
    return dead;
  }

  /** The line of what computes a value. */
  Loc line(Value v) {
    return lives.lines.getOrDefault(v, Loc.UNKNOWN);
  }

  /** Why a result of an operation is not computed in its operand's memory. */
  Reason refused(Value result) {
    return refused.getOrDefault(result, new Reason.ReadBeside());
  }

  /** Why a loop copies what it begins with, if it has two buffers for it. */
  Reason carried(Value init) {
    Value v = base(init);
    if (lives.constants.containsKey(v)) {
      return new Reason.Constant();
    }
    boolean argument = cell(v).find().fixed && block.params().contains(v);
    return argument ? new Reason.Undonated(block.params().indexOf(v)) : new Reason.TwoBuffers();
  }

  /** Why a result of a region does not lie where the region's results go. */
  Reason astray(Value result, Block region) {
    Value v = base(result);
    if (lives.constants.containsKey(v)) {
      return new Reason.Constant();
    } else if (block.params().contains(v)) {
      return new Reason.Undonated(block.params().indexOf(v));
    } else if (region.params().contains(v)) {
      return new Reason.Moved();
    } else if (lives.definedIn.get(v) != region) {
      return new Reason.Outside();
    }
    Home home = cell(v).find().home;
    return home instanceof Home.Elsewhere ? new Reason.TwoBuffers() : new Reason.Twice();
  }

  private void unite(Value operand, Value result) {
    Cell a = cell(operand).find();
    Cell r = cell(result).find();
    r.merged = a;
    a.last = a.last.later(r.last);
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
      boolean own = // A scalar may be in a register, and nothing writes it to memory then.
          lives.definedIn.get(next) == o.body()
              && !next.shape().isScalar()
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
      } else if (c.home == null && c.interval != null && !lives.constants.containsKey(next)) {
        c.home = new Home.Elsewhere();
        carries.put(param, Carry.SWAPPED);
      }
    }
    for (int k = 0; k < o.inits().size(); k++) {
      Value param = o.body().params().get(k);
      if (!param.shape().isScalar() && !isKept(param)) {
        Cell result = cell(instr.results().get(k));
        result.interval.from = lives.start(p);
        if (carries.get(param) == Carry.IN_PLACE) {
          shareInit(p, o, k, instr.results().get(k));
        } else {
          result.home = new Home.Elsewhere();
        }
      }
    }
  }

  /**
   * A carry that is updated in place lies where its initial value does, if nothing else reads it.
   */
  private void shareInit(Planned p, ControlOp.While o, int k, Value result) {
    Value init = base(o.inits().get(k));
    List<Value> reads = new ArrayList<>(o.inits());
    reads.addAll(o.captures());
    if (reads.stream().filter(v -> base(v) == init).count() == 1) {
      if (tryShare(p, init, result)) {
        Cell c = cell(result).find();
        c.last = c.last.later(new Use(lives.end(p), Use.Kind.STEP, Loc.UNKNOWN));
      }
    } else {
      refused.put(result, new Reason.Twice());
    }
  }

  private void shareBranch(Planned p, Instr instr, Block branch) {
    share(branch);
    instr.results().forEach(v -> cell(v).interval.from = lives.start(p));
    List<Value> seen = new ArrayList<>();
    for (int k = 0; k < branch.results().size(); k++) {
      Value v = base(branch.results().get(k));
      Cell c = cell(v).find();
      boolean own =
          lives.definedIn.get(v) == branch
              && !lives.constants.containsKey(v)
              && !v.shape().isScalar();
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
      if (!lives.constants.containsKey(v)
          && c.home == null
          && c.interval != null
          && lives.definedIn.get(v) == block) {
        c.home = new Home.Output(k);
      }
    }
  }

  private void layout() {
    List<Layout.Interval> all = new ArrayList<>(lives.scratch.values());
    for (Map.Entry<Value, Cell> e : lives.cells.entrySet()) {
      Cell c = e.getValue();
      if (c.merged == null && c.interval != null) {
        c.interval.to = Math.max(c.interval.to, c.last.at());
        if (c.home == null) {
          all.add(c.interval);
        }
      }
    }
    lives.steps.values().stream()
        .flatMap(List::stream)
        .sorted(Comparator.comparingInt(lives::start))
        .forEach(p -> carryBuffers(p, all));
    arenaBytes = Layout.place(all);
  }

  /**
   * Two buffers for each carried array that is not updated in place, as long as the result lives.
   */
  private void carryBuffers(Planned p, List<Layout.Interval> all) {
    if (!(p instanceof Planned.Single s && s.instr().op() instanceof ControlOp.While o)
        || lives.loops.isByLane(o)) {
      return;
    }
    for (int k = 0; k < o.inits().size(); k++) {
      Value param = o.body().params().get(k);
      if (param.shape().isScalar() || isKept(param) || carry(param) == Carry.IN_PLACE) {
        continue;
      }
      int end = Math.max(lives.end(p), cell(s.instr().results().get(k)).find().interval.to);
      for (int n = 0; n < 2; n++) {
        lives.temp(p, 2 * k + n, param.type().byteSize(), lives.start(p), end);
        all.add(lives.scratch(p, 2 * k + n));
      }
    }
  }
}
