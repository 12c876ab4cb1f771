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
import dev.jacobi.lax.Zeros;
import dev.jacobi.trace.Bind;
import dev.jacobi.trace.UserCode;
import dev.jacobi.transform.Derived;
import dev.jacobi.transform.Jit;
import dev.jacobi.transform.Masks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Solves {@code matvec(x) = b} for {@code x} by a program. The operands are the constants of the
 * programs, in order, and {@code b}; results are {@code x} and data beside it.
 *
 * @param transposed the same for the transpose of the map; without it there is no reverse
 *     derivative
 */
record LinearSolve(Side forward, Optional<Side> transposed) implements HoldsPrograms {
  /**
   * A linear map and its solver, and how many constants each has.
   *
   * @param matvec from its constants and {@code x} to something like {@code x}
   * @param solve from its constants and {@code b} to the results
   */
  record Side(Jaxpr matvec, int matvecConsts, Jaxpr solve, int solveConsts) {
    int consts() {
      return matvecConsts + solveConsts;
    }
  }

  @Override
  public String name() {
    return "custom_linear_solve";
  }

  @Override
  public Map<String, Object> params() {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put(
        "const_lengths", sides().flatMap(s -> Stream.of(s.matvecConsts, s.solveConsts)).toList());
    params.put("jaxprs", sides().flatMap(s -> Stream.of(s.matvec, s.solve)).toList());
    return params;
  }

  private Stream<Side> sides() {
    return Stream.concat(Stream.of(forward), transposed.stream());
  }

  private int consts() {
    return sides().mapToInt(Side::consts).sum();
  }

  /** How many arrays the unknown has. */
  private int unknowns() {
    return forward.matvec.outs().size();
  }

  private <T extends @Nullable Object> List<T> matvecConsts(List<T> operands) {
    return operands.subList(0, forward.matvecConsts);
  }

  private <T extends @Nullable Object> List<T> rightSide(List<T> operands) {
    return operands.subList(consts(), operands.size());
  }

  /** What the solver takes. */
  private <T> List<T> solving(List<T> operands) {
    return join(operands.subList(forward.matvecConsts, forward.consts()), rightSide(operands));
  }

  @Override
  public List<Aval> abstractEval(List<Aval> operands) {
    return forward.solve.outAvals();
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

  /** From {@code A x = b}: {@code dx = A^-1 (db - dA x)}. */
  private Jvp pushed(List<Array> primals, List<@Nullable Array> tangents, boolean linearizing) {
    List<Array> results = Bind.bind(this, primals);
    List<Array> x = results.subList(0, unknowns());
    List<@Nullable Array> change = new ArrayList<>(rightSide(tangents));
    List<@Nullable Array> of = matvecConsts(tangents);
    if (Masks.of(of).contains(true)) {
      Jit matvec = new Jit("matvec", forward.matvec);
      List<Array> at = join(matvecConsts(primals), x);
      List<@Nullable Array> along = join(of, Collections.nCopies(unknowns(), null));
      Jvp out = linearizing ? matvec.linearize(at, along) : matvec.jvp(at, along);
      for (int i = 0; i < unknowns(); i++) {
        Array t = out.tangents().get(i);
        change.set(i, Zeros.sum(change.get(i), t == null ? null : Arithmetic.neg(t)));
      }
    }
    if (!Masks.of(change).contains(true)) {
      return new Jvp(results, Collections.nCopies(results.size(), null));
    }
    List<Array> operands = new ArrayList<>(primals.subList(0, consts()));
    for (int i = 0; i < unknowns(); i++) {
      operands.add(written(change.get(i), x.get(i)));
    }
    List<@Nullable Array> pushed = new ArrayList<>(Bind.bind(this, operands));
    Collections.fill(pushed.subList(unknowns(), pushed.size()), null);
    return new Jvp(results, pushed);
  }

  private static Array written(@Nullable Array tangent, Array x) {
    return tangent == null ? Zeros.of(x.aval().strong()) : tangent;
  }

  /** The transposed map, solved for the cotangents. */
  @Override
  public List<@Nullable Array> transpose(List<@Nullable Array> cotangents, List<Operand> operands) {
    if (transposed.isEmpty()) {
      throw new SolveException(
          "custom_linear_solve at "
              + UserCode.line()
              + " has no solver for the transposed map, which reverse derivatives need. Give it"
              + " one, or say that the map is symmetric.");
    }
    List<Operand> consts = operands.subList(0, consts());
    if (consts.stream().anyMatch(Operand::isLinear)) {
      throw new NotLinearException(this);
    }
    List<Array> known = consts.stream().map(Operand::known).toList();
    int own = forward.consts();
    List<Array> all = join(known.subList(own, known.size()), known.subList(0, own));
    for (int i = 0; i < unknowns(); i++) {
      Array ct = cotangents.get(i);
      all.add(ct == null ? Zeros.of(rightSide(operands).get(i).aval().strong()) : ct);
    }
    LinearSolve back = new LinearSolve(transposed.get(), Optional.of(forward));
    List<@Nullable Array> pulled = new ArrayList<>(Collections.nCopies(consts.size(), null));
    pulled.addAll(Bind.bind(back, all).subList(0, unknowns()));
    return pulled;
  }

  /** The right side has a batch if any of the maps or solvers makes one; data beside it always. */
  @Override
  public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
    List<Boolean> given = rightSide(dims).stream().map(d -> d != null).toList();
    List<Boolean> batched =
        Programs.carried(
            given,
            b -> {
              List<Boolean> all = b;
              int from = 0;
              for (Side side : sides().toList()) {
                all = Masks.or(all, Programs.isBatched(matvec(side, from, size, dims, b)));
                all =
                    Masks.or(
                        all,
                        Programs.isBatched(solve(side, from, size, dims, b)).subList(0, b.size()));
                from += side.consts();
              }
              return all;
            });
    List<Side> mapped = new ArrayList<>();
    int from = 0;
    for (Side side : sides().toList()) {
      mapped.add(
          new Side(
              matvec(side, from, size, dims, batched).jaxpr(),
              side.matvecConsts,
              solve(side, from, size, dims, batched).jaxpr(),
              side.solveConsts));
      from += side.consts();
    }
    List<Array> placed = new ArrayList<>(operands.subList(0, consts()));
    for (int i = 0; i < batched.size(); i++) {
      Array b = rightSide(operands).get(i);
      placed.add(batched.get(i) ? Dims.batchAt(b, rightSide(dims).get(i), size, 0) : b);
    }
    Optional<Side> back = transposed.isPresent() ? Optional.of(mapped.get(1)) : Optional.empty();
    List<Array> outs = Bind.bind(new LinearSolve(mapped.getFirst(), back), placed);
    return new Batched(outs, solve(forward, 0, size, dims, batched).dims());
  }

  private static Derived.Mapped matvec(
      Side side, int from, long size, List<@Nullable Integer> dims, List<Boolean> batched) {
    List<@Nullable Integer> consts = dims.subList(from, from + side.matvecConsts);
    return Derived.vmap(side.matvec, size, join(consts, Programs.first(batched)), batched);
  }

  private static Derived.Mapped solve(
      Side side, int from, long size, List<@Nullable Integer> dims, List<Boolean> batched) {
    int first = from + side.matvecConsts;
    List<@Nullable Integer> consts = dims.subList(first, first + side.solveConsts);
    int beside = side.solve.outs().size() - batched.size();
    List<Boolean> wanted = join(batched, Collections.nCopies(beside, true));
    return Derived.vmap(side.solve, size, join(consts, Programs.first(batched)), wanted);
  }

  @Override
  public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
    return context.inline(forward.solve, solving(operands));
  }

  @Override
  public List<Jaxpr> programs() {
    return sides().flatMap(s -> Stream.of(s.matvec, s.solve)).toList();
  }

  @Override
  public Effect effect() {
    return forward.solve.effect();
  }

  @Override
  public List<Array> bindWhere(Array active, List<Array> operands) {
    Jaxpr solve = Derived.where(forward.solve, active.aval());
    Side some = new Side(forward.matvec, forward.matvecConsts, solve, forward.solveConsts + 1);
    List<Array> all = new ArrayList<>(operands);
    all.add(forward.matvecConsts, active);
    return Bind.bind(new LinearSolve(some, transposed), all);
  }

  @Override
  public Optional<Primitive> silent() {
    Jaxpr solve = forward.solve.silent();
    Side quiet = new Side(forward.matvec, forward.matvecConsts, solve, forward.solveConsts);
    return Optional.of(new LinearSolve(quiet, transposed));
  }
}
