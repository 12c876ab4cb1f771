package dev.jacobi.hlo.partition;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds a sharding for every value. Axes go along the factors of each operation's {@link Rule},
 * forwards and backwards, until nothing changes: first through elementwise operations, then through
 * all, and last through sums that would be divided and forwards through broadcasts. A dimension
 * only ever gains axes; where two would go to one place the one that comes first stays, and the
 * other is noted. Constants and counters are made anew wherever they are read, and carry nothing
 * on.
 */
final class Propagation {
  /** What is known of one value, or of several that must lie alike. */
  private static final class Cell {
    private final Shape shape;
    private final boolean carries;
    private List<Boolean> open;
    private Sharding sharding;
    private final Set<String> notes = new LinkedHashSet<>();
    private final List<Link> links = new ArrayList<>();

    Cell(Shape shape, boolean carries, Spec spec) {
      this.shape = shape;
      this.carries = carries;
      this.open = spec.open();
      this.sharding = spec.sharding();
    }
  }

  /** A rule between the arrays of one operation; equality is identity. */
  private static final class Link {
    private final Rule rule;
    private final List<Cell> cells;
    private final List<List<List<Integer>>> tensors;

    Link(Rule rule, List<Cell> cells) {
      this.rule = rule;
      this.cells = cells;
      this.tensors = rule.tensors();
    }

    /**
     * Whether results are larger than operands: a broadcast lies as what it is combined with does,
     * rather than as what little it repeats.
     */
    boolean expands() {
      int n = rule.operands().size();
      return rule.elementwise()
          && n == 1
          && cells.size() == 2
          && cells.getFirst().shape.size() < cells.getLast().shape.size();
    }
  }

  private final Mesh mesh;
  private final Rules rules;
  private final Map<Value, Op> made;
  private final Map<Value, Cell> cells = new HashMap<>();
  private final List<Link> links = new ArrayList<>();
  private final List<Cell> results = new ArrayList<>();

  /** The links whose arrays have changed since they were looked at. */
  private final Set<Link> waiting = new HashSet<>();

  private Propagation(Mesh mesh, Rules rules, Map<Value, Op> made) {
    this.mesh = mesh;
    this.rules = rules;
    this.made = made;
  }

  /**
   * What is found.
   *
   * @param of the sharding of every value, but those that are made where they are read
   * @param results of the program
   * @param notes why a value is not divided further than it is
   */
  record Found(Map<Value, Sharding> of, List<Sharding> results, Map<Value, Set<String>> notes) {
    /** The sharding that a value has where it is made. */
    Sharding of(Value v) {
      return of.getOrDefault(v, Sharding.replicated(v.shape().rank()));
    }
  }

  /** Finds shardings for a program, given those of arguments and results. */
  static Found find(
      Block main, List<Spec> arguments, List<Spec> results, Mesh mesh, Partials partials) {
    Map<Value, Op> made = new HashMap<>();
    made(main, made);
    Propagation p = new Propagation(mesh, new Rules(made, partials), made);
    for (int i = 0; i < arguments.size(); i++) {
      Value param = main.params().get(i);
      p.cells.put(param, new Cell(param.shape(), true, arguments.get(i)));
    }
    p.block(main);
    for (int i = 0; i < results.size(); i++) {
      Value result = main.results().get(i);
      Cell end = new Cell(result.shape(), true, results.get(i));
      p.results.add(end);
      p.alike(List.of(p.cell(result), end));
    }
    p.run();
    return p.found();
  }

  /** What makes each value of a block and its regions. */
  static void made(Block block, Map<Value, Op> made) {
    for (Instr i : block.instrs()) {
      i.results().forEach(v -> made.put(v, i.op()));
      i.op().regions().forEach(r -> made(r, made));
    }
  }

  /** Whether a value is made anew where it is read: it costs nothing and comes from nowhere. */
  static boolean isRemade(Value v, Map<Value, Op> made) {
    return switch (made.get(v)) {
      case null -> false;
      case ElementwiseOp.Constant _, ElementwiseOp.Iota _ -> true;
      case ShapeOp.BroadcastInDim o -> o.operand().shape().isScalar();
      default -> false;
    };
  }

  private Cell cell(Value v) {
    return cells.computeIfAbsent(
        v, _ -> new Cell(v.shape(), !isRemade(v, made), Spec.unknown(v.shape().rank())));
  }

  private void block(Block block) {
    for (Instr instr : block.instrs()) {
      switch (instr.op()) {
        case ControlOp.While o -> loop(o, instr.results());
        case ControlOp.Case o -> branches(o.branches(), instr.results());
        case ControlOp.If o -> branches(List.of(o.onTrue(), o.onFalse()), instr.results());
        case ControlOp.CustomCall o when Spec.isConstraint(o) -> constraint(o, instr);
        case ControlOp.OptimizationBarrier o -> {
          for (int i = 0; i < o.operands().size(); i++) {
            alike(List.of(cell(o.operands().get(i)), cell(instr.results().get(i))));
          }
        }
        default -> {
          List<Cell> all =
              Stream.concat(instr.op().operands().stream(), instr.results().stream())
                  .map(this::cell)
                  .toList();
          rules.of(instr).ifPresent(rule -> links.add(new Link(rule, all)));
        }
      }
    }
  }

  /** What a loop carries lies alike in all its steps. */
  private void loop(ControlOp.While op, List<Value> results) {
    for (int i = 0; i < results.size(); i++) {
      Cell carried = cell(results.get(i));
      cells.put(op.cond().params().get(i), carried);
      cells.put(op.body().params().get(i), carried);
      alike(
          List.of(cell(op.inits().get(i)), carried)); // before the body, whose order is the rest's
    }
    block(op.cond());
    block(op.body());
    for (int i = 0; i < results.size(); i++) {
      alike(List.of(cell(results.get(i)), cell(op.body().results().get(i))));
    }
  }

  private void branches(List<Block> branches, List<Value> results) {
    branches.forEach(this::block);
    for (int i = 0; i < results.size(); i++) {
      List<Cell> all = new ArrayList<>();
      for (Block branch : branches) {
        all.add(cell(branch.results().get(i)));
      }
      all.add(cell(results.get(i)));
      alike(all);
    }
  }

  /** Dimensions that do not divide evenly stay whole here; only a program's ends must divide. */
  private void constraint(ControlOp.CustomCall op, Instr instr) {
    Value v = instr.result();
    Loc loc = instr.loc();
    Spec spec = Spec.in(op.attrs()).orElse(Spec.unknown(v.shape().rank()));
    Sharding even = spec.sharding();
    List<String> notes = new ArrayList<>();
    for (int d = 0; d < Math.min(even.rank(), v.shape().rank()); d++) {
      List<String> axes = even.axes(d);
      boolean known = axes.stream().allMatch(mesh::has);
      if (known && v.shape().dim(d) % mesh.size(axes) != 0) {
        even = even.with(d, List.of());
        notes.add("dimension " + d + ", " + v.shape().dim(d) + ", is not divided by " + axes);
      }
    }
    Sharding checked = even.checked(v.shape(), mesh, "the constraint", loc);
    Cell cell = cell(v);
    cell.open = spec.open();
    cell.sharding = checked;
    cell.notes.addAll(notes);
    alike(List.of(cell(op.operands().getFirst()), cell));
  }

  private void alike(List<Cell> all) {
    Rule.Builder rule = new Rule.Builder(List.of(), List.of());
    List<List<Integer>> dims = new ArrayList<>();
    Axes.range(all.getFirst().shape.rank()).stream()
        .forEach(d -> dims.add(List.of(rule.factor(all.getFirst().shape.dim(d)))));
    List<List<List<Integer>>> tensors = Collections.nCopies(all.size(), dims);
    links.add(
        new Link(
            new Rule(rule.elementwise(null).factors(), tensors, List.of(), true, "", null), all));
  }

  private void run() {
    for (Link link : links) {
      link.cells.forEach(c -> c.links.add(link));
    }
    for (int level = 0; level < 3; level++) {
      boolean last = level > 1;
      boolean all = level > 0;
      links.stream().filter(l -> all || l.rule.elementwise()).forEach(waiting::add);
      while (!waiting.isEmpty()) {
        links.forEach(link -> propagate(link, all, last));
        links.reversed().forEach(link -> propagate(link, all, last));
      }
    }
  }

  /** Lets what is known of the arrays of an operation pass, if that has changed. */
  private void propagate(Link link, boolean all, boolean last) {
    if (waiting.remove(link)) {
      for (Cell changed : propagate(link, last)) {
        changed.links.stream().filter(l -> all || l.rule.elementwise()).forEach(waiting::add);
      }
    }
  }

  private List<Cell> propagate(Link link, boolean last) {
    List<List<List<Integer>>> tensors = link.tensors;
    List<List<String>> best = new ArrayList<>();
    link.rule.factors().forEach(_ -> best.add(List.of()));
    for (int t = !last && link.expands() ? 1 : 0; t < tensors.size(); t++) {
      Cell cell = link.cells.get(t);
      for (int d = 0; cell.carries && d < tensors.get(t).size(); d++) {
        List<Integer> factors = tensors.get(t).get(d);
        List<List<String>> own = Parts.project(link.rule, factors, cell.sharding.axes(d), mesh);
        for (int i = 0; i < factors.size(); i++) {
          int f = factors.get(i);
          boolean longer = begins(own.get(i), best.get(f));
          if (longer && (last || link.rule.factors().get(f).combine().isEmpty())) {
            best.set(f, own.get(i));
          }
        }
      }
    }
    List<Cell> changed = new ArrayList<>();
    for (int t = 0; t < tensors.size(); t++) {
      Cell cell = link.cells.get(t);
      for (int d = 0; cell.carries && d < tensors.get(t).size(); d++) {
        boolean open = cell.open.get(d);
        if (open && extend(cell, d, axes(link.rule, tensors.get(t).get(d), best))) {
          changed.add(cell);
        }
      }
    }
    return changed;
  }

  private static boolean begins(List<String> list, List<String> start) {
    return list.size() >= start.size() && list.subList(0, start.size()).equals(start);
  }

  /** The axes of a dimension whose factors have these. */
  private List<String> axes(Rule rule, List<Integer> factors, List<List<String>> best) {
    List<String> axes = new ArrayList<>();
    for (int f : factors) {
      axes.addAll(best.get(f));
      if (mesh.size(best.get(f)) != rule.factors().get(f).size()) {
        break;
      }
    }
    return axes;
  }

  private boolean extend(Cell cell, int d, List<String> axes) {
    List<String> now = cell.sharding.axes(d);
    if (axes.size() > now.size() && !begins(axes, now)) {
      cell.notes.add("dimension %d is divided by %s, not by %s".formatted(d, now, axes));
    }
    boolean changed = false;
    Set<String> used = new HashSet<>(cell.sharding.axes());
    for (int k = now.size(); begins(axes, now) && k < axes.size(); k++) {
      if (!used.add(axes.get(k))) {
        cell.notes.add(
            "dimension %d is not divided by \"%s\", which divides another"
                .formatted(d, axes.get(k)));
        break;
      }
      cell.sharding = cell.sharding.with(d, axes.subList(0, k + 1));
      changed = true;
    }
    return changed;
  }

  private Found found() {
    Map<Value, Sharding> of = new HashMap<>();
    Map<Value, Set<String>> notes = new HashMap<>();
    cells.forEach(
        (v, cell) -> {
          if (cell.carries) {
            of.put(v, cell.sharding);
            notes.put(v, cell.notes);
          }
        });
    return new Found(of, results.stream().map(c -> c.sharding).toList(), notes);
  }

  /** The specification of an argument or a result, checked. */
  static Spec spec(Optional<Spec> given, Shape shape, Mesh mesh, String where) {
    if (given.isEmpty()) {
      return Spec.unknown(shape.rank());
    }
    Spec spec = given.get();
    spec.mesh()
        .filter(m -> !m.equals(mesh))
        .ifPresent(
            m -> {
              throw ShardingException.otherMesh(where, m, mesh);
            });
    Sharding checked = spec.sharding().checked(shape, mesh, where, Loc.UNKNOWN);
    return new Spec(checked, spec.open(), spec.mesh());
  }
}
