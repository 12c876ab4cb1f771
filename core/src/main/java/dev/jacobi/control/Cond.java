package dev.jacobi.control;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.HoldsPrograms;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.Dims;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Reductions;
import dev.jacobi.lax.Scalars;
import dev.jacobi.trace.Bind;
import dev.jacobi.transform.Derived;
import dev.jacobi.transform.Jaxprs;
import dev.jacobi.transform.Masks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs one of several programs of the same types, by number. The first operand is the number, which
 * is in range; the others are the programs' inputs.
 */
public record Cond(List<Jaxpr> branches) implements HoldsPrograms {
  public Cond {
    branches = List.copyOf(branches);
  }

  @Override
  public String name() {
    return "cond";
  }

  @Override
  public List<Aval> abstractEval(List<Aval> operands) {
    Aval index = operands.getFirst().withVarying(List.of());
    if (!index.equals(Aval.of(DType.I32, Shape.scalar()))) {
      throw new LaxTypeException(
          name(), "takes the number of a branch as i32[], not " + operands.getFirst());
    }
    for (Jaxpr branch : branches) {
      Programs.takes(name(), branch, operands.subList(1, operands.size()));
    }
    return branches.getFirst().outAvals();
  }

  /** Binds derived branches, without the operands that none of them reads. */
  private static List<Array> bind(List<Jaxpr> programs, Array index, List<Array> operands) {
    List<Boolean> read = programs.stream().map(Jaxpr::usedInputs).reduce(Masks::or).orElseThrow();
    List<Integer> kept = Programs.where(read);
    List<Array> all = new ArrayList<>();
    all.add(index);
    kept.forEach(i -> all.add(operands.get(i)));
    return Bind.bind(
        new Cond(programs.stream().map(p -> Programs.withInputs(p, kept)).toList()), all);
  }

  /** Which results have a tangent (or cotangent, or batch) in some branch. */
  private static List<Boolean> any(List<List<Boolean>> masks) {
    return masks.stream().reduce(Masks::or).orElseThrow();
  }

  @Override
  public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
    List<@Nullable Array> ts = tangents.subList(1, tangents.size());
    List<Boolean> mask = Masks.of(ts);
    List<Boolean> wanted =
        any(branches.stream().map(b -> Derived.jvp(b, mask, List.of()).nonzero()).toList());
    List<Jaxpr> both = branches.stream().map(b -> Derived.jvp(b, mask, wanted).jaxpr()).toList();
    List<Array> operands = new ArrayList<>(primals.subList(1, primals.size()));
    operands.addAll(Masks.present(ts));
    List<Array> outs = bind(both, primals.getFirst(), operands);
    int n = wanted.size();
    return new Jvp(outs.subList(0, n), Masks.spread(outs.subList(n, outs.size()), wanted));
  }

  /** Residuals of the branches share places; the others fill theirs with zeros. */
  @Override
  public Jvp linearize(List<Array> primals, List<@Nullable Array> tangents) {
    List<@Nullable Array> ts = tangents.subList(1, tangents.size());
    List<Boolean> mask = Masks.of(ts);
    List<Boolean> wanted =
        any(branches.stream().map(b -> Derived.linearize(b, mask, List.of()).nonzero()).toList());
    List<Derived.Split> splits =
        branches.stream().map(b -> Derived.linearize(b, mask, wanted)).toList();
    Residuals shared = Residuals.of(splits, wanted.size());
    List<Array> inputs = primals.subList(1, primals.size());
    List<Array> outs = bind(shared.primals(splits), primals.getFirst(), inputs);
    int n = wanted.size();
    List<Array> operands = new ArrayList<>(inputs);
    operands.addAll(outs.subList(n, outs.size()));
    operands.addAll(Masks.present(ts));
    List<Array> pushed =
        wanted.contains(true)
            ? bind(shared.linears(splits), primals.getFirst(), operands)
            : List.of();
    return new Jvp(outs.subList(0, n), Masks.spread(pushed, wanted));
  }

  @Override
  public List<@Nullable Array> transpose(List<@Nullable Array> cotangents, List<Operand> operands) {
    List<Operand> inputs = operands.subList(1, operands.size());
    List<Boolean> linear = inputs.stream().map(Operand::isLinear).toList();
    List<Boolean> mask = Masks.of(cotangents);
    List<Boolean> wanted =
        any(
            branches.stream()
                .map(b -> Derived.transpose(b, linear, mask, List.of()).nonzero())
                .toList());
    List<Jaxpr> backwards =
        branches.stream().map(b -> Derived.transpose(b, linear, mask, wanted).jaxpr()).toList();
    List<Array> args = new ArrayList<>();
    inputs.stream().filter(o -> !o.isLinear()).forEach(o -> args.add(o.known()));
    args.addAll(Masks.present(cotangents));
    List<@Nullable Array> pulled =
        wanted.contains(true)
            ? Masks.spread(bind(backwards, operands.getFirst().known(), args), wanted)
            : Collections.nCopies(wanted.size(), null);
    List<@Nullable Array> all = new ArrayList<>();
    all.add(null);
    all.addAll(Masks.spread(pulled, linear));
    return all;
  }

  @Override
  public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
    if (dims.getFirst() != null) {
      return perLane(size, operands, dims);
    }
    List<@Nullable Integer> some = dims.subList(1, dims.size());
    List<Boolean> none = Collections.nCopies(branches.getFirst().outs().size(), false);
    List<Boolean> wanted =
        any(
            branches.stream()
                .map(b -> Programs.isBatched(Derived.vmap(b, size, some, none)))
                .toList());
    List<Derived.Mapped> mapped =
        branches.stream().map(b -> Derived.vmap(b, size, some, wanted)).toList();
    List<Array> out =
        bind(
            mapped.stream().map(Derived.Mapped::jaxpr).toList(),
            operands.getFirst(),
            operands.subList(1, operands.size()));
    return new Batched(out, mapped.getFirst().dims());
  }

  /**
   * Lanes take different branches: each keeps its own one's results. A branch that costs much runs
   * only if some lane takes it; others are not worth the question. What a lane does not take sees
   * constants of differentiation there, so that NaNs reach no gradient.
   */
  private Batched perLane(long size, List<Array> operands, List<@Nullable Integer> dims) {
    List<Array> first = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      first.add(Dims.batchAt(operands.get(i), dims.get(i), size, 0));
    }
    Array index = first.getFirst();
    List<Array> inputs = first.subList(1, first.size());
    List<@Nullable Integer> front = Collections.nCopies(inputs.size(), 0);
    List<Boolean> wanted = Collections.nCopies(branches.getFirst().outs().size(), true);
    List<List<Array>> results = new ArrayList<>();
    for (int k = 0; k < branches.size(); k++) {
      Array taken = Compare.eq(index, Scalars.like(index, k));
      List<Array> guarded = new ArrayList<>();
      inputs.forEach(x -> guarded.add(guarded(taken, x)));
      var branch = Derived.vmap(branches.get(k), size, front, wanted);
      results.add(whereTaken(taken, branch.jaxpr(), guarded));
    }
    List<Array> chosen = new ArrayList<>();
    for (int r = 0; r < wanted.size(); r++) {
      int result = r;
      List<Array> cases = results.stream().map(branch -> branch.get(result)).toList();
      chosen.add(Compare.selectN(lanes(index, cases.getFirst()), cases));
    }
    return new Batched(chosen, Collections.nCopies(chosen.size(), 0));
  }

  private static List<Array> whereTaken(Array taken, Jaxpr branch, List<Array> inputs) {
    if (!branch.isCostly() || branch.outAvals().stream().anyMatch(Aval::key)) {
      return Jaxprs.evalWhere(taken, branch, inputs);
    }
    Jaxpr some = Derived.where(branch, taken.aval());
    Array any = Reductions.or(taken, Axes.range(taken.rank()));
    List<Array> operands = new ArrayList<>(List.of(taken));
    operands.addAll(inputs);
    return bind(
        List.of(Programs.zeros(some), some), Convert.convertElementType(any, DType.I32), operands);
  }

  private static Array guarded(Array taken, Array x) {
    return x.aval().key() ? x : Compare.select(lanes(taken, x), x, Convert.stopGradient(x));
  }

  /** One entry per lane, repeated over the shape of an array of lanes. */
  private static Array lanes(Array perLane, Array x) {
    return Programs.overLanes(perLane, x.shape());
  }

  @Override
  public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
    List<Value> inputs = operands.subList(1, operands.size());
    List<Block> blocks = new ArrayList<>();
    for (Jaxpr branch : branches) {
      blocks.add(context.region(List.of(), (inner, none) -> inner.inline(branch, inputs)));
    }
    return context.builder().addAll(new ControlOp.Case(operands.getFirst(), blocks));
  }

  @Override
  public List<Jaxpr> programs() {
    return branches;
  }

  @Override
  public List<Array> bindWhere(Array active, List<Array> operands) {
    List<Array> all = new ArrayList<>(List.of(operands.getFirst(), active));
    all.addAll(operands.subList(1, operands.size()));
    return Bind.bind(
        new Cond(branches.stream().map(b -> Derived.where(b, active.aval())).toList()), all);
  }

  @Override
  public Optional<Primitive> silent() {
    return Optional.of(new Cond(branches.stream().map(Jaxpr::silent).toList()));
  }
}
