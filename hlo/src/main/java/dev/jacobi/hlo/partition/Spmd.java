package dev.jacobi.hlo.partition;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.RandomOp;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.host.HostCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Writes the program that every device runs, given how each value lies. */
final class Spmd {
  private final Mesh mesh;
  private final Propagation.Found found;
  private final Rules rules;
  private final boolean keepsOrder;
  private final Map<Value, Op> made = new HashMap<>();
  private final Collectives collectives;
  private final List<Report.Operation> operations = new ArrayList<>();
  private final Map<Value, Op> onlyReader = new HashMap<>();
  private final Map<Value, Partial> partials = new HashMap<>();

  /** What is still to be added up along some axes: sums of such sums need be added up only once. */
  private record Partial(Value part, Sharding lies, List<String> along, Instr from) {}

  Spmd(Block main, Mesh mesh, Propagation.Found found, Partials partials) {
    this.mesh = mesh;
    this.found = found;
    this.collectives = new Collectives(mesh);
    Propagation.made(main, made);
    this.rules = new Rules(made, partials);
    this.keepsOrder = partials.keepsOrder();
    readers(main);
  }

  /** Finds the values that one operation of the same block reads once, and nobody else. */
  private void readers(Block block) {
    Map<Value, List<Op>> readers = new HashMap<>();
    for (Instr i : block.instrs()) {
      i.op()
          .operands()
          .forEach(v -> readers.computeIfAbsent(v, _ -> new ArrayList<>()).add(i.op()));
      // a region may read it in every step of a loop
      i.op().captures().forEach(v -> readers.computeIfAbsent(v, _ -> new ArrayList<>()).add(null));
      i.op().regions().forEach(this::readers);
    }
    block.results().forEach(v -> readers.computeIfAbsent(v, _ -> new ArrayList<>()).add(null));
    block.instrs().stream()
        .flatMap(i -> i.results().stream())
        .filter(v -> readers.getOrDefault(v, List.of()).size() == 1)
        .forEach(v -> onlyReader.put(v, readers.get(v).getFirst()));
  }

  /** Whether a sum may wait, since all that happens to it is that something is added to it. */
  private boolean isAddedOn(Value v) {
    boolean anyOrder = !keepsOrder || !v.element().isInexact();
    return anyOrder && isSum(onlyReader.get(v));
  }

  private static boolean isSum(Op op) {
    return op instanceof ElementwiseOp.Pointwise o && o.fn() == Fn.ADD;
  }

  /** The report, with those of the collectives that the program has. */
  Report report(Set<Long> channels) {
    return new Report(operations, collectives.written(channels));
  }

  /** The whole program. */
  Block main(Block main) {
    Site site = new Site(mesh, made, collectives);
    return block(main, site, main.params().stream().map(found::of).toList(), found.results());
  }

  private Block block(Block block, Site site, List<Sharding> params, List<Sharding> results) {
    for (int i = 0; i < params.size(); i++) {
      Value v = block.params().get(i);
      Value part = site.out().param(v.type().withShape(params.get(i).local(v.shape(), mesh)));
      site.put(v, params.get(i), part);
    }
    for (Instr instr : block.instrs()) {
      site.at(instr.loc());
      collectives.readBy(instr);
      instr(instr, site);
    }
    collectives.readByCaller();
    return site.out().build(uses(block.results(), results, site));
  }

  private static List<Value> uses(List<Value> values, List<Sharding> shardings, Site site) {
    return IntStream.range(0, values.size())
        .mapToObj(i -> site.use(values.get(i), shardings.get(i)))
        .toList();
  }

  private void instr(Instr instr, Site site) {
    List<Value> results = instr.results();
    List<Sharding> lie = results.stream().map(found::of).toList();
    switch (instr.op()) {
      case ControlOp.While o -> {
        List<Value> inits = uses(o.inits(), lie, site);
        collectives.enterLoop();
        Block cond = block(o.cond(), site.inner(), lie, List.of(Sharding.replicated(0)));
        Block body = block(o.body(), site.inner(), lie, lie);
        collectives.leaveLoop();
        put(results, lie, site.at(instr.loc()).all(new ControlOp.While(inits, cond, body)), site);
      }
      case ControlOp.Case o -> branches(o, o.index(), instr, lie, site);
      case ControlOp.If o -> branches(o, o.pred(), instr, lie, site);
      case ControlOp.CustomCall o when Spec.isConstraint(o) ->
          put(results, lie, uses(o.operands(), lie, site), site);
      case ControlOp.OptimizationBarrier o -> {
        List<Value> operands = uses(o.operands(), lie, site);
        put(results, lie, site.all(new ControlOp.OptimizationBarrier(operands)), site);
      }
      case ControlOp.CustomCall o when o.hasSideEffect() || HostCall.is(o) ->
          once(o, results, site);
      case RandomOp.Rng o -> once(o, results, site);
      case ElementwiseOp.Pointwise o when isSum(o) && sumOfPartials(instr, site) -> {}
      default -> {
        if (results.isEmpty() || results.stream().anyMatch(v -> !remade(v))) {
          divided(instr, rules.of(instr).orElseThrow(), site);
        }
      }
    }
  }

  private boolean remade(Value v) {
    return Propagation.isRemade(v, made);
  }

  private static void put(
      List<Value> values, List<Sharding> shardings, List<Value> parts, Site site) {
    for (int i = 0; i < values.size(); i++) {
      site.put(values.get(i), shardings.get(i), parts.get(i));
    }
  }

  private void branches(Op op, Value index, Instr instr, List<Sharding> lie, Site site) {
    Value taken = site.use(index, Sharding.replicated(0));
    List<Block> branches = new ArrayList<>();
    for (Block branch : op.regions()) {
      branches.add(block(branch, site.inner(), List.of(), lie));
    }
    Op local = op.mapOperands(_ -> taken).withRegions(branches);
    put(instr.results(), lie, site.at(instr.loc()).all(local), site);
  }

  /**
   * What has effects, calls Java or may give something else each time happens on the first device
   * alone; the others get its results.
   */
  private void once(Op op, List<Value> results, Site site) {
    List<Value> operands = new ArrayList<>();
    op.operands().forEach(v -> operands.add(site.use(v, Sharding.replicated(v.shape().rank()))));
    HloBuilder does = new HloBuilder();
    Block call = does.build(does.addAll(Rule.with(op, operands)));
    HloBuilder waits = new HloBuilder();
    List<Value> zeros = results.stream().map(v -> waits.full(v.dtype(), v.shape(), 0)).toList();
    Value first = site.isFirst(mesh.axes().stream().map(Mesh.Axis::name).toList());
    List<Value> got = site.all(new ControlOp.If(first, call, waits.build(zeros)));
    for (int i = 0; i < results.size(); i++) {
      Value everywhere = collectives.fromFirst(got.get(i), site.out());
      site.put(results.get(i), Sharding.replicated(results.get(i).shape().rank()), everywhere);
    }
  }

  private void divided(Instr instr, Rule rule, Site site) {
    List<Value> operands = instr.op().operands();
    List<Sharding> wanted = instr.results().stream().map(found::of).toList();
    Parts parts = Choice.best(rule, operands, instr.results(), wanted, site, mesh);
    List<Value> in = new ArrayList<>();
    List<Sharding> lie = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      lie.add(parts.operand(i));
      in.add(site.use(operands.get(i), parts.operand(i)));
    }
    List<Value> out = rule.local().write(site, in, parts);
    Fn combine =
        rule.factors().stream().flatMap(f -> f.combine().stream()).findFirst().orElse(Fn.ADD);
    List<Sharding> before = new ArrayList<>();
    for (int i = 0; i < out.size(); i++) {
      Value result = instr.results().get(i);
      before.add(parts.result(i));
      Partial partial = new Partial(out.get(i), parts.result(i), parts.combined(), instr);
      if (combine == Fn.ADD && !parts.combined().isEmpty() && isAddedOn(result)) {
        partials.put(result, partial);
      } else {
        finish(result, partial, combine, site);
      }
    }
    note(instr, rule, lie, before, parts.combined());
  }

  /** Combines the parts of a result, and brings it where it is wanted. */
  private void finish(Value result, Partial partial, Fn combine, Site site) {
    Sharding wanted = found.of(result);
    List<Reshard.Step> steps = Reshard.plan(partial.lies(), partial.along(), wanted, mesh);
    collectives.readBy(partial.from());
    site.put(result, wanted, site.steps(steps, partial.part(), result.type(), combine));
  }

  /** Adds parts of sums before they are combined; else combines those that there are. */
  private boolean sumOfPartials(Instr instr, Site site) {
    Value lhs = instr.op().operands().getFirst();
    Value rhs = instr.op().operands().getLast();
    Partial a = partials.remove(lhs);
    Partial b = partials.remove(rhs);
    boolean alike = a != null && b != null && a.lies.equals(b.lies) && a.along.equals(b.along);
    if (!alike) {
      if (a != null) {
        finish(lhs, a, Fn.ADD, site);
      }
      if (b != null) {
        finish(rhs, b, Fn.ADD, site);
      }
      return false;
    }
    Value sum = site.out().pointwise(Fn.ADD, a.part, b.part);
    Partial partial = new Partial(sum, a.lies, a.along, instr);
    if (isAddedOn(instr.result())) {
      partials.put(instr.result(), partial);
    } else {
      finish(instr.result(), partial, Fn.ADD, site);
    }
    operations.add(
        new Report.Operation(
            instr.op().mnemonic(),
            instr.loc(),
            List.of(a.lies, a.lies),
            List.of(a.lies),
            a.along,
            "",
            Set.of()));
    return true;
  }

  private void note(
      Instr instr, Rule rule, List<Sharding> operands, List<Sharding> results, List<String> sums) {
    Set<String> notes =
        instr.results().isEmpty()
            ? Set.of()
            : found.notes().getOrDefault(instr.results().getFirst(), Set.of());
    operations.add(
        new Report.Operation(
            instr.op().mnemonic(), instr.loc(), operands, results, sums, rule.whole(), notes));
  }

  /** Whether an instruction must stay although nobody reads its results. */
  static boolean hasEffect(Op op) {
    return switch (op) {
      case ControlOp.CustomCall o -> o.hasSideEffect();
      case ControlOp.Call _, ControlOp.Composite _ -> true;
      case ControlOp.While _ -> true; // it may not end
      default -> op.regions().stream().anyMatch(Spmd::hasEffect);
    };
  }

  private static boolean hasEffect(Block block) {
    return block.instrs().stream().anyMatch(i -> hasEffect(i.op()));
  }
}
