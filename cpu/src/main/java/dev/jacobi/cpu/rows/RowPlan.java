package dev.jacobi.cpu.rows;

import dev.jacobi.cpu.fuse.Effects;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Divides a program for a number of rows into stages. A stage computes what has no rows, then the
 * rows, some at a time; sums over rows are known after it.
 */
final class RowPlan {
  /** So small values without rows are computed again where they are used. */
  private static final long CHEAP_BYTES = 1 << 14;

  private final HloModule module;
  private final RowDims dims;
  private final RowRules rules;
  private final Map<Value, Integer> slots = new IdentityHashMap<>();
  private final Map<Value, Instr> makers = new IdentityHashMap<>();
  private final Map<Value, Integer> levels = new IdentityHashMap<>(); // from when it is known
  private final Map<Value, Fn> folds = new IdentityHashMap<>();
  private final List<Set<Value>> wanted = new ArrayList<>(); // without rows, by level
  private final Set<Value> keptRows = new LinkedHashSet<>(); // that a later stage reads
  private int last;

  /** A program in stages, and the numbers of the values that are its results. */
  record Division(List<Stage> stages, List<Integer> results) {}

  /** What is computed at one level: first without rows, then by rows; either may be nothing. */
  record Stage(Optional<RowPart> whole, Optional<RowPart> rows) {}

  private RowPlan(HloModule module, RowDims dims) {
    this.module = module;
    this.dims = dims;
    this.rules = new RowRules(dims);
  }

  /**
   * Divides a program.
   *
   * @param module for {@code rows} rows, without calls
   * @throws NotByRows if an operation mixes rows
   */
  static Division of(HloModule module, RowDims dims) {
    RowPlan plan = new RowPlan(module, dims);
    plan.look();
    List<Stage> stages = plan.stages();
    return new Division(stages, plan.body().results().stream().map(plan.slots::get).toList());
  }

  private Block body() {
    return module.main().body();
  }

  private void look() {
    for (Value p : body().params()) {
      slots.put(p, slots.size());
      levels.put(p, 0);
    }
    for (Instr i : body().instrs()) {
      requireKnown(i);
      Optional<RowRules.Fold> fold = rules.fold(i);
      if (fold.isEmpty()) {
        rules.requireApart(i);
      }
      int level = level(i);
      for (Value v : i.results()) {
        slots.put(v, slots.size());
        makers.put(v, i);
        levels.put(v, fold.isPresent() ? level + 1 : level);
        fold.ifPresent(f -> folds.put(v, f.fn()));
      }
      last = Math.max(last, level);
    }
    body().results().forEach(v -> last = Math.max(last, levels.get(v)));
    for (int l = 0; l <= last; l++) {
      wanted.add(new LinkedHashSet<>());
    }
  }

  private static void requireKnown(Instr i) {
    boolean called =
        i.op() instanceof ControlOp.Call
            || i.op() instanceof ControlOp.CustomCall c && c.hasSideEffect() && !Effects.isCheck(c);
    if (called || i.op().regions().stream().anyMatch(RowPlan::calls)) {
      throw new NotByRows(i.op().mnemonic() + " (" + i.loc() + ") is not looked into");
    }
  }

  private static boolean calls(Block b) {
    b.instrs().forEach(RowPlan::requireKnown);
    return false;
  }

  private int level(Instr i) {
    int level = 0;
    for (Value v : reads(i)) {
      level = Math.max(level, levels.get(v));
    }
    return level;
  }

  private static List<Value> reads(Instr i) {
    List<Value> all = new ArrayList<>(i.op().operands());
    all.addAll(i.op().captures());
    return all;
  }

  private static boolean isCheck(Instr i) {
    return i.op() instanceof ControlOp.CustomCall c && Effects.isCheck(c);
  }

  /** From the last stage to the first: what a stage needs, earlier ones give. */
  private List<Stage> stages() {
    for (Value v : body().results()) {
      if (dims.isBatch(v)) {
        keep(v);
      } else {
        want(v);
      }
    }
    for (Instr i : body().instrs()) {
      if (dims.isBatch(first(i))) {
        // rows that are read at a later level than they are made
        for (Value v : reads(i)) {
          if (dims.isBatch(v) && levels.get(v) < level(i)) {
            keep(v);
          }
        }
      }
    }
    List<Stage> stages = new ArrayList<>();
    for (int l = last; l >= 0; l--) {
      Optional<RowPart> rows = rows(l);
      Optional<RowPart> whole = whole(l);
      stages.addFirst(new Stage(whole, rows));
    }
    return stages;
  }

  /** What tells whether an instruction belongs to the rows. */
  private Value first(Instr i) {
    for (Value v : i.results()) {
      if (dims.isBatch(v)) {
        return v;
      }
    }
    return reads(i).stream()
        .filter(dims::isBatch)
        .findFirst()
        .orElseGet(() -> i.results().isEmpty() ? reads(i).getFirst() : i.results().getFirst());
  }

  private void keep(Value v) {
    if (makers.containsKey(v)) {
      keptRows.add(v);
    }
  }

  private void want(Value v) {
    if (makers.containsKey(v) && !folds.containsKey(v)) {
      wanted.get(levels.get(v)).add(v);
    }
  }

  private boolean isCheap(Value v) {
    Instr i = makers.get(v);
    return i != null
        && !folds.containsKey(v)
        && (i.op() instanceof ElementwiseOp || i.op() instanceof ShapeOp)
        && v.type().byteSize() <= CHEAP_BYTES;
  }

  private Optional<RowPart> rows(int level) {
    Writer w = new Writer(level, true);
    for (Value v : keptRows) {
      if (levels.get(v) == level) {
        w.result(v, new RowPart.Out.Rows(slots.get(v), dims.of(v), v.type()));
      }
    }
    for (Instr i : body().instrs()) {
      if (level(i) == level && dims.isBatch(first(i))) {
        if (i.results().stream().anyMatch(folds::containsKey)) {
          Value v = i.result();
          w.result(v, new RowPart.Out.Sum(slots.get(v), folds.get(v), v.type()));
        } else if (isCheck(i)) {
          w.need(i);
        }
      }
    }
    return w.part("rows");
  }

  private Optional<RowPart> whole(int level) {
    Writer w = new Writer(level, false);
    for (Value v : wanted.get(level)) {
      w.result(v, new RowPart.Out.Whole(slots.get(v)));
    }
    for (Instr i : body().instrs()) {
      if (isCheck(i) && level(i) == level && !dims.isBatch(first(i))) {
        w.need(i);
      }
    }
    return w.part("whole");
  }

  /** Collects what one part computes. */
  private final class Writer {
    private final int level;
    private final boolean byRows;
    private final Set<Instr> needed = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<Value, RowPart.In> ins = new LinkedHashMap<>();
    private final Map<Value, RowPart.In> starts = new LinkedHashMap<>();
    private final Map<Value, RowPart.Out> outs = new LinkedHashMap<>();

    Writer(int level, boolean byRows) {
      this.level = level;
      this.byRows = byRows;
    }

    void result(Value v, RowPart.Out out) {
      outs.put(v, out);
      need(makers.get(v));
    }

    void need(Instr i) {
      if (!needed.add(i)) {
        return;
      }
      Fn fold = i.results().isEmpty() ? null : folds.get(i.results().getFirst());
      for (Value v : reads(i)) {
        if (fold != null && RowRules.inits(i).contains(v)) {
          starts.put(v, new RowPart.In.Start(slots.get(v), fold));
          want(v);
        } else {
          read(v);
        }
      }
    }

    private void read(Value v) {
      if (dims.isBatch(v) && !byRows) {
        throw new NotByRows("what has no rows is computed together with rows");
      }
      if (dims.isBatch(v)) {
        if (makers.containsKey(v) && levels.get(v) == level) {
          need(makers.get(v));
        } else {
          ins.putIfAbsent(v, new RowPart.In.Rows(slots.get(v), dims.of(v), v.type()));
        }
      } else if (isHere(v)) {
        need(makers.get(v));
      } else {
        ins.putIfAbsent(v, new RowPart.In.Whole(slots.get(v)));
        want(v);
      }
    }

    private boolean isHere(Value v) {
      Instr i = makers.get(v);
      if (i == null || folds.containsKey(v)) {
        return false;
      }
      return isCheap(v) || levels.get(v) == level && byRows == dims.isBatch(first(i));
    }

    Optional<RowPart> part(String name) {
      if (needed.isEmpty()) {
        return Optional.empty();
      }
      HloBuilder b = new HloBuilder();
      Map<Value, Value> now = new IdentityHashMap<>();
      List<RowPart.In> from = new ArrayList<>();
      Map<Value, Value> begins = new IdentityHashMap<>();
      ins.forEach((v, in) -> take(v, in, now, b, from));
      starts.forEach((v, in) -> take(v, in, begins, b, from));
      Optional<Value> first = Optional.empty();
      if (needed.stream().anyMatch(rules::countsRows)) {
        first = Optional.of(b.param(TensorType.scalar(DType.I64)));
        from.add(new RowPart.In.First());
      }
      for (Instr i : body().instrs()) {
        if (needed.contains(i)) {
          b.at(i.loc());
          write(i, b, now, begins, first);
        }
      }
      List<Value> results = outs.keySet().stream().map(now::get).toList();
      HloFunc main = new HloFunc("main", true, b.build(results));
      String whole = module.name() + "_" + name + level;
      HloModule part = new HloModule(whole, Map.of("main", main), Map.of());
      return Optional.of(new RowPart(part, from, List.copyOf(outs.values())));
    }

    private static void take(
        Value v, RowPart.In in, Map<Value, Value> now, HloBuilder b, List<RowPart.In> from) {
      now.put(v, b.param(v.type()));
      from.add(in);
    }

    private void write(
        Instr i,
        HloBuilder b,
        Map<Value, Value> now,
        Map<Value, Value> begins,
        Optional<Value> first) {
      boolean fold = i.results().stream().anyMatch(folds::containsKey);
      Op op = i.op().mapOperands(v -> fold && begins.containsKey(v) ? begins.get(v) : now.get(v));
      if (!op.regions().isEmpty() && !(op instanceof ReductionOp)) {
        op = op.withRegions(op.regions().stream().map(r -> Copy.block(r, now)).toList());
      }
      List<Value> results = i.results().stream().map(v -> new Value(v.type())).toList();
      b.append(new Instr(op, results, i.loc()));
      for (int k = 0; k < results.size(); k++) {
        boolean counts = rules.countsRows(i);
        now.put(i.results().get(k), counts ? counted(b, results.get(k), first) : results.get(k));
      }
    }

    private Value counted(HloBuilder b, Value iota, Optional<Value> first) {
      Value from = b.add(new ElementwiseOp.Convert(first.orElseThrow(), iota.element()));
      return b.pointwise(Fn.ADD, iota, b.broadcast(from, iota.shape()));
    }
  }

  /** Copies of regions, whose values must be defined once in a module. */
  private static final class Copy {
    static Block block(Block old, Map<Value, Value> outer) {
      Map<Value, Value> now = new HashMap<>(outer);
      List<Value> params = old.params().stream().map(p -> fresh(p, now)).toList();
      List<Instr> instrs = new ArrayList<>();
      for (Instr i : old.instrs()) {
        Op op = i.op().mapOperands(now::get);
        if (!op.regions().isEmpty()) {
          op = op.withRegions(op.regions().stream().map(r -> block(r, now)).toList());
        }
        instrs.add(new Instr(op, i.results().stream().map(v -> fresh(v, now)).toList(), i.loc()));
      }
      return new Block(params, instrs, old.results().stream().map(now::get).toList());
    }

    private static Value fresh(Value old, Map<Value, Value> now) {
      Value value = new Value(old.type());
      now.put(old, value);
      return value;
    }
  }
}
