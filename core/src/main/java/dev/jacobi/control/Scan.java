package dev.jacobi.control;

import static dev.jacobi.control.Programs.join;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.HloTypeException;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.jaxpr.ProgramPrimitive;
import dev.jacobi.lax.Dims;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.tape.Checkpoints;
import dev.jacobi.tape.LoopTangents;
import dev.jacobi.trace.Bind;
import dev.jacobi.transform.Derived;
import dev.jacobi.transform.Masks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program for each element along the leading axis, in order. It reads constants, the carry
 * and the element, and gives the next carry and an element of every stacked result.
 *
 * @param jaxpr from constants, carry and slices to carry and slices
 * @param numConsts how many operands are the same in every step
 * @param numCarry how many follow that one step hands to the next
 * @param reverse whether the last element comes first
 * @param unroll steps per turn of the loop
 * @param checkpoints how many carries a reverse derivative keeps; 0 if what it needs of every step
 */
public record Scan(
    Jaxpr jaxpr,
    long length,
    boolean reverse,
    int numConsts,
    int numCarry,
    long unroll,
    long checkpoints)
    implements ProgramPrimitive {
  /** A scan whose reverse derivative keeps what it needs of every step. */
  public Scan(Jaxpr jaxpr, long length, boolean reverse, int numConsts, int numCarry, long unroll) {
    this(jaxpr, length, reverse, numConsts, numCarry, unroll, 0);
  }

  @Override
  public String name() {
    return "scan";
  }

  @Override
  public Map<String, Object> params() {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("jaxpr", jaxpr);
    params.put("length", length);
    params.put("num_carry", numCarry);
    params.put("num_consts", numConsts);
    params.put("reverse", reverse);
    params.put("unroll", unroll);
    if (checkpoints > 0) {
      params.put("checkpoints", checkpoints);
    }
    return params;
  }

  /** The operands by what they are for. */
  record Parts<T extends @Nullable Object>(List<T> consts, List<T> carry, List<T> xs) {
    List<T> all() {
      List<T> all = new ArrayList<>(consts);
      all.addAll(carry);
      all.addAll(xs);
      return all;
    }
  }

  <T extends @Nullable Object> Parts<T> parts(List<T> operands) {
    int xs = numConsts + numCarry;
    return new Parts<>(
        operands.subList(0, numConsts),
        operands.subList(numConsts, xs),
        operands.subList(xs, operands.size()));
  }

  /** How many results are stacked. */
  int numYs() {
    return jaxpr.outs().size() - numCarry;
  }

  private Scan with(Jaxpr program, int consts, int carry) {
    return new Scan(program, length, reverse, consts, carry, unroll, checkpoints);
  }

  /** The type of all steps' elements. */
  public Aval stacked(Aval slice) {
    Shape all = slice.shape().insert(0, length);
    try {
      long unused = all.isStatic() ? new TensorType(slice.dtype(), all).byteSize() : 0;
    } catch (HloTypeException e) {
      LaxTypeException tooLarge =
          new LaxTypeException(name(), "stacks too much: " + e.getMessage());
      tooLarge.initCause(e);
      throw tooLarge;
    }
    return slice.withShape(all);
  }

  @Override
  public List<Aval> abstractEval(List<Aval> operands) {
    Parts<Aval> parts = parts(operands);
    List<Aval> slices = new ArrayList<>();
    for (Aval xs : parts.xs) {
      if (xs.rank() == 0 || xs.dim(0) != length) {
        throw new LaxTypeException(name(), "runs over " + length + " elements, but is given " + xs);
      }
      slices.add(xs.withShape(xs.shape().without(Axes.of(0))));
    }
    Programs.takes(name(), jaxpr, new Parts<>(parts.consts, parts.carry, slices).all());
    List<Aval> outs = jaxpr.outAvals();
    List<Aval> next = outs.subList(0, numCarry);
    if (!Programs.strong(next).equals(Programs.strong(parts.carry))) {
      throw new LaxTypeException(
          name(), "carries " + parts.carry + ", but its program gives " + next);
    }
    List<Aval> all = new ArrayList<>(next);
    outs.subList(numCarry, outs.size()).forEach(y -> all.add(stacked(y)));
    return all;
  }

  private static List<Boolean> mask(Parts<@Nullable Array> t, List<Boolean> carried) {
    return new Parts<>(Masks.of(t.consts), carried, Masks.of(t.xs)).all();
  }

  @Override
  public boolean isCostly() {
    return true;
  }

  @Override
  public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
    Parts<Array> x = parts(primals);
    Parts<@Nullable Array> t = parts(tangents);
    List<Boolean> noYs = Collections.nCopies(numYs(), false);
    List<Boolean> carried =
        Programs.carried(
            Masks.of(t.carry),
            c -> Derived.jvp(jaxpr, mask(t, c), join(c, noYs)).nonzero().subList(0, numCarry));
    var body = Derived.jvp(jaxpr, mask(t, carried), join(carried, noYs));
    Parts<Array> ts =
        new Parts<>(
            Masks.present(t.consts),
            Programs.written(t.carry, x.carry, carried),
            Masks.present(t.xs));
    List<Boolean> ys = body.nonzero().subList(numCarry, jaxpr.outs().size());
    int numTs = ts.carry.size();
    int numYts = Collections.frequency(ys, true);
    int[] ins = {numConsts, numCarry, x.xs.size(), ts.consts.size(), numTs, ts.xs.size()};
    int[] outs = {numCarry, numYs(), numTs, numYts};
    Jaxpr program =
        Programs.withResults(
            Programs.withInputs(body.jaxpr(), Programs.order(ins, 0, 3, 1, 4, 2, 5)),
            Programs.order(outs, 0, 2, 1, 3));
    List<Array> results =
        Bind.bind(
            with(program, numConsts + ts.consts.size(), numCarry + numTs),
            new Parts<>(join(x.consts, ts.consts), join(x.carry, ts.carry), join(x.xs, ts.xs))
                .all());
    int firstYs = numCarry + numTs;
    List<Array> values =
        join(results.subList(0, numCarry), results.subList(firstYs, firstYs + numYs()));
    List<@Nullable Array> pushed =
        new ArrayList<>(Masks.spread(results.subList(numCarry, firstYs), carried));
    pushed.addAll(Masks.spread(results.subList(firstYs + numYs(), results.size()), ys));
    return new Jvp(values, pushed);
  }

  /**
   * One scan of values that stacks the residuals, and a linear one of the tangents; with
   * checkpoints one that keeps some of the carries, and the way back repeats what lies between.
   */
  @Override
  public Jvp linearize(List<Array> primals, List<@Nullable Array> tangents) {
    Parts<Array> x = parts(primals);
    Parts<@Nullable Array> t = parts(tangents);
    List<Boolean> noYs = Collections.nCopies(numYs(), false);
    List<Boolean> carried =
        Programs.carried(
            Masks.of(t.carry),
            c ->
                Derived.linearize(jaxpr, mask(t, c), join(c, noYs)).nonzero().subList(0, numCarry));
    var split = Derived.linearize(jaxpr, mask(t, carried), join(carried, noYs));
    if (checkpoints > 0 && length > 0 && split.nonzero().contains(true)) {
      List<Array> carry = Programs.written(t.carry, x.carry, carried);
      return LoopTangents.linearize(
          Checkpoints.of(new ScanSteps(this, mask(t, carried), split.nonzero()), checkpoints),
          primals,
          new Parts<>(Masks.present(t.consts), carry, Masks.present(t.xs)).all());
    }
    ScanSplit parts = ScanSplit.of(this, split);
    List<Array> outs = Bind.bind(with(parts.primal(), numConsts, numCarry), primals);
    List<Array> values = outs.subList(0, jaxpr.outs().size());
    if (split.linear().outs().isEmpty()) {
      return new Jvp(values, Collections.nCopies(values.size(), null));
    }
    List<Array> kept = parts.residuals(primals, outs.subList(values.size(), outs.size()));
    List<Array> fixed = kept.subList(0, parts.fixed());
    List<Array> changing = kept.subList(parts.fixed(), kept.size());
    List<Array> consts = join(fixed, Masks.present(t.consts));
    List<Array> carry = Programs.written(t.carry, x.carry, carried);
    List<Array> xs = join(changing, Masks.present(t.xs));
    List<Array> pushed =
        Bind.bind(
            with(parts.linear(), consts.size(), carry.size()),
            new Parts<>(consts, carry, xs).all());
    return new Jvp(values, Masks.spread(pushed, split.nonzero()));
  }

  /** The same steps backwards: cotangents of constants add up in the carry. */
  @Override
  public List<@Nullable Array> transpose(List<@Nullable Array> cotangents, List<Operand> operands) {
    return new ScanTranspose(this, operands).pull(cotangents);
  }

  /** Batches of constants and carries come first, those of elements second, after the steps. */
  @Override
  public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
    Parts<Array> x = parts(operands);
    Parts<@Nullable Integer> d = parts(dims);
    List<Boolean> noYs = Collections.nCopies(numYs(), false);
    List<@Nullable Integer> front = new ArrayList<>();
    d.xs.forEach(i -> front.add(i == null ? null : (Integer) 0));
    Function<List<Boolean>, Derived.Mapped> mapped =
        c ->
            Derived.vmap(
                jaxpr, size, new Parts<>(d.consts, Programs.first(c), front).all(), join(c, noYs));
    List<Boolean> carried =
        Programs.carried(
            d.carry.stream().map(i -> i != null).toList(),
            c -> Programs.isBatched(mapped.apply(c)).subList(0, numCarry));
    Derived.Mapped body = mapped.apply(carried);
    List<Array> placed = new ArrayList<>(x.consts);
    for (int i = 0; i < numCarry; i++) {
      Array init = x.carry.get(i);
      placed.add(carried.get(i) ? Dims.batchAt(init, d.carry.get(i), size, 0) : init);
    }
    for (int i = 0; i < x.xs.size(); i++) {
      Integer dim = d.xs.get(i);
      placed.add(dim == null ? x.xs.get(i) : Dims.move(x.xs.get(i), dim, 1));
    }
    List<@Nullable Integer> out = new ArrayList<>(body.dims().subList(0, numCarry));
    body.dims()
        .subList(numCarry, jaxpr.outs().size())
        .forEach(i -> out.add(i == null ? null : (Integer) 1));
    return new Batched(Bind.bind(with(body.jaxpr(), numConsts, numCarry), placed), out);
  }

  @Override
  public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
    return new ScanLowering(this, context, operands).write();
  }

  @Override
  public List<Array> bindWhere(Array active, List<Array> operands) {
    Scan some = with(Derived.where(jaxpr, active.aval()), numConsts + 1, numCarry);
    return Bind.bind(some, join(List.of(active), operands));
  }

  @Override
  public Optional<Primitive> silent() {
    return Optional.of(with(jaxpr.silent(), numConsts, numCarry));
  }
}
