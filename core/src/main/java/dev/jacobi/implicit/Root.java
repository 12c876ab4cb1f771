package dev.jacobi.implicit;

import static dev.jacobi.control.Programs.join;

import dev.jacobi.Array;
import dev.jacobi.control.Programs;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Effect;
import dev.jacobi.jaxpr.HoldsPrograms;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Dims;
import dev.jacobi.lax.NotLinearException;
import dev.jacobi.trace.Bind;
import dev.jacobi.transform.Derived;
import dev.jacobi.transform.Jaxprs;
import dev.jacobi.transform.Jit;
import dev.jacobi.transform.Masks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds a root of {@code f} by a program. The operands are the constants of the programs, in order,
 * and an initial guess; results are the root and data beside it. JAX writes a {@code
 * custom_jvp_call}.
 *
 * @param f from its constants and a point to what vanishes at the root
 * @param solve from its constants and the guess to the results
 * @param tangentSolve from its constants, the root and {@code y} to the {@code t} with {@code df t
 *     = y}; linear in {@code y}
 */
record Root(
    Jaxpr f, int fConsts, Jaxpr solve, int solveConsts, Jaxpr tangentSolve, int tangentConsts)
    implements HoldsPrograms {
  @Override
  public String name() {
    return "custom_root";
  }

  @Override
  public Map<String, Object> params() {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("const_lengths", List.of(fConsts, solveConsts, tangentConsts));
    params.put("jaxprs", List.of(f, solve, tangentSolve));
    return params;
  }

  private int unknowns() {
    return f.outs().size();
  }

  /** The operands by what they are for. */
  private record Parts<T extends @Nullable Object>(
      List<T> f, List<T> solve, List<T> tangent, List<T> guess) {}

  private <T extends @Nullable Object> Parts<T> parts(List<T> operands) {
    int tangent = fConsts + solveConsts;
    int guess = tangent + tangentConsts;
    return new Parts<>(
        operands.subList(0, fConsts),
        operands.subList(fConsts, tangent),
        operands.subList(tangent, guess),
        operands.subList(guess, operands.size()));
  }

  @Override
  public List<Aval> abstractEval(List<Aval> operands) {
    return solve.outAvals();
  }

  @Override
  public boolean isCostly() {
    return true;
  }

  @Override
  public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
    return pushed(primals, tangents, false);
  }

  @Override
  public Jvp linearize(List<Array> primals, List<@Nullable Array> tangents) {
    return pushed(primals, tangents, true);
  }

  /**
   * The implicit function theorem: from {@code f(c, x(c)) = 0} follows {@code dx = -(df/dx)^-1
   * df/dc dc}.
   */
  private Jvp pushed(List<Array> primals, List<@Nullable Array> tangents, boolean linearizing) {
    List<Array> results = Bind.bind(this, primals);
    List<Array> x = results.subList(0, unknowns());
    List<@Nullable Array> none = new ArrayList<>(Collections.nCopies(results.size(), null));
    List<@Nullable Array> changes = parts(tangents).f;
    if (!Masks.of(changes).contains(true)) {
      return new Jvp(results, none);
    }
    Jit call = new Jit("f", f);
    List<Array> at = join(parts(primals).f, x);
    List<@Nullable Array> along = join(changes, Collections.nCopies(unknowns(), null));
    Jvp out = linearizing ? call.linearize(at, along) : call.jvp(at, along);
    if (!Masks.of(out.tangents()).contains(true)) {
      return new Jvp(results, none);
    }
    List<Array> y = Programs.written(out.tangents(), x, Collections.nCopies(unknowns(), true));
    List<Array> operands = join(parts(primals).tangent, join(x, y));
    Set<Array> linear = Collections.newSetFromMap(new IdentityHashMap<>());
    linear.addAll(y);
    List<Array> pushed = Jaxprs.evalApart(tangentSolve, operands, linear);
    for (int i = 0; i < unknowns(); i++) {
      none.set(i, Arithmetic.neg(pushed.get(i)));
    }
    return new Jvp(results, none);
  }

  @Override
  public List<@Nullable Array> transpose(List<@Nullable Array> cotangents, List<Operand> operands) {
    throw new NotLinearException(this);
  }

  /** Every lane has a root of its own. */
  @Override
  public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
    Parts<@Nullable Integer> d = parts(dims);
    List<Boolean> unknowns = Collections.nCopies(unknowns(), true);
    List<@Nullable Integer> x = Programs.first(unknowns);
    List<Boolean> results = Collections.nCopies(solve.outs().size(), true);
    Root mapped =
        new Root(
            Derived.vmap(f, size, join(d.f, x), unknowns).jaxpr(),
            fConsts,
            Derived.vmap(solve, size, join(d.solve, x), results).jaxpr(),
            solveConsts,
            Derived.vmap(tangentSolve, size, join(d.tangent, join(x, x)), unknowns).jaxpr(),
            tangentConsts);
    List<Array> placed = new ArrayList<>(operands);
    for (int i = operands.size() - unknowns(); i < operands.size(); i++) {
      placed.set(i, Dims.batchAt(operands.get(i), dims.get(i), size, 0));
    }
    return new Batched(Bind.bind(mapped, placed), Programs.first(results));
  }

  @Override
  public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
    Parts<Value> parts = parts(operands);
    return context.inline(solve, join(parts.solve, parts.guess));
  }

  @Override
  public List<Jaxpr> programs() {
    return List.of(f, solve, tangentSolve);
  }

  @Override
  public Effect effect() {
    return solve.effect();
  }

  @Override
  public List<Array> bindWhere(Array active, List<Array> operands) {
    List<Array> all = new ArrayList<>(operands);
    all.add(fConsts, active);
    return Bind.bind(withSolve(Derived.where(solve, active.aval()), solveConsts + 1), all);
  }

  @Override
  public Optional<Primitive> silent() {
    return Optional.of(withSolve(solve.silent(), solveConsts));
  }

  private Root withSolve(Jaxpr other, int consts) {
    return new Root(f, fConsts, other, consts, tangentSolve, tangentConsts);
  }
}
