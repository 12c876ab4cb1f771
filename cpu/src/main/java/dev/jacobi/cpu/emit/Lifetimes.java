package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.fuse.Ops;
import dev.jacobi.cpu.loop.Launch;
import dev.jacobi.cpu.loop.Launch.Binding;
import dev.jacobi.cpu.loop.Planner;
import dev.jacobi.cpu.loop.Planner.Planned;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Value;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * The steps of a function, and from where to where each value lives. Positions count the steps of
 * all blocks in the order of the text.
 */
final class Lifetimes {
  final Map<Block, List<Planned>> steps = new IdentityHashMap<>();
  final Map<Value, ElementwiseOp.Constant> constants = new IdentityHashMap<>();
  final Map<Value, Cell> cells = new LinkedHashMap<>(); // In order, as code must not vary.
  final Map<Value, Block> definedIn = new IdentityHashMap<>();
  final Map<Value, Loc> lines = new IdentityHashMap<>();
  final Map<Object, Layout.Interval> scratch = new LinkedHashMap<>();
  final LoopKinds loops;
  private final Map<Value, Value> aliases = new IdentityHashMap<>();
  private final Map<Value, Use> lastUse = new LinkedHashMap<>();
  private final Map<Planned, Integer> starts = new IdentityHashMap<>();
  private final Map<Planned, Integer> ends = new IdentityHashMap<>();
  private final ToLongFunction<Op> scratchBytes;
  private int position;
  private Use.Kind kind = Use.Kind.STEP;
  private Loc line = Loc.UNKNOWN;

  /** A key for scratch memory: of a step, by a number. */
  private record ScratchKey(int step, int number) {}

  private Lifetimes(ToLongFunction<Op> scratchBytes, LoopKinds loops) {
    this.scratchBytes = scratchBytes;
    this.loops = loops;
  }

  /**
   * Looks at a function.
   *
   * @param scratchBytes bytes of arena that an operation needs while it runs
   */
  static Lifetimes of(Block block, ToLongFunction<Op> scratchBytes, LoopKinds loops) {
    Lifetimes l = new Lifetimes(scratchBytes, loops);
    block.params().forEach(l::cell);
    l.collect(block);
    l.useResults(block, Use.Kind.RETURNED);
    l.lastUse.forEach((v, at) -> l.cell(v).last = at);
    return l;
  }

  int start(Planned p) {
    return starts.get(p);
  }

  int end(Planned p) {
    return ends.get(p);
  }

  /** The value whose memory {@code v} is another name for. */
  Value base(Value v) {
    Value a = aliases.get(v);
    return a == null ? v : base(a);
  }

  /** Whether a loop hands a carry on as it is. */
  boolean isKept(Value bodyParam) {
    return aliases.containsKey(bodyParam);
  }

  Cell cell(Value v) {
    return cells.computeIfAbsent(v, k -> new Cell());
  }

  boolean hasScratch(Planned step) {
    return scratch.containsKey(new ScratchKey(start(step), 0));
  }

  /** A step's scratch memory. */
  Layout.Interval scratch(Planned step, int number) {
    return scratch.get(new ScratchKey(start(step), number));
  }

  void temp(Planned step, int number, long bytes, int from, int to) {
    scratch.put(new ScratchKey(start(step), number), new Layout.Interval(bytes, from, to));
  }

  private void collect(Block b) {
    b.params().forEach(p -> definedIn.put(p, b));
    for (Instr i : b.instrs()) {
      i.results().forEach(v -> definedIn.put(v, b));
      i.results().forEach(v -> lines.put(v, i.loc()));
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
        case Planned.Scalar s -> {
          line = s.instr().loc();
          s.instr().op().operands().forEach(this::use);
        }
        case Planned.Nests n -> {
          line = n.group().nodes().getLast().loc();
          n.launches().forEach(l -> collect(p, l));
        }
        case Planned.Single s -> collect(p, s.instr());
      }
      ends.put(p, position++);
    }
  }

  private void use(Value v) {
    lastUse.merge(base(v), new Use(position, kind, line), Use::later);
  }

  private void useResults(Block b, Use.Kind how) {
    Use.Kind before = kind;
    kind = how;
    b.results().forEach(this::use);
    kind = before;
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

  private void define(Value v) {
    cell(v).interval = new Layout.Interval(v.type().byteSize(), position, position);
  }

  private void collect(Planned step, Instr instr) {
    Op op = instr.op();
    line = instr.loc();
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
        useResults(b, Use.Kind.HANDED_ON);
        position++;
      }
      line = instr.loc();
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
}
