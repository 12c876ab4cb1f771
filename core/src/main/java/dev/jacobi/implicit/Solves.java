package dev.jacobi.implicit;

import static dev.jacobi.control.Programs.join;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Fn2;
import dev.jacobi.implicit.Part.Unknown;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.trace.Bind;
import dev.jacobi.trace.Context;
import dev.jacobi.trace.NullArgumentException;
import dev.jacobi.trace.Tracer;
import dev.jacobi.transform.Derived;
import dev.jacobi.transform.Differentiation;
import dev.jacobi.transform.Jaxprs;
import dev.jacobi.transform.TreeFn;
import dev.jacobi.transform.Trees;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code custom_linear_solve} and {@code custom_root} of functions of trees. */
@SuppressWarnings("unchecked") // trees of the unknown's structure are of its type
public final class Solves {
  private static final String LINEAR = "custom_linear_solve";
  private static final String ROOT = "custom_root";

  private Solves() {}

  /** See {@link dev.jacobi.lax.Lax#customLinearSolve}. */
  public static <T, R> R linear(
      Fn1<T, T> matvec,
      T b,
      Fn2<Fn1<T, T>, T, R> solve,
      @Nullable Fn2<Fn1<T, T>, T, R> transposeSolve,
      boolean symmetric) {
    NullArgumentException.require(matvec, LINEAR, "matvec");
    NullArgumentException.require(solve, LINEAR, "solve");
    Unknown x = Unknown.of(b);
    List<Aval> avals = x.avals();
    Part map =
        Part.trace(LINEAR, avals, v -> matvec.apply((T) x.tree(v))).like(x, LINEAR, "matvec");
    Part solver =
        Part.trace(LINEAR, avals, v -> solve.apply(matvec, (T) x.tree(v)))
            .likeWithAux(x, LINEAR, "solve");
    List<Array> operands = join(map.consts(), solver.consts());
    Optional<LinearSolve.Side> back = Optional.empty();
    if (transposeSolve != null || symmetric) {
      Fn2<Fn1<T, T>, T, R> backSolve = transposeSolve == null ? solve : transposeSolve;
      Jaxpr vecmat = symmetric ? map.jaxpr() : transposed(map, avals.size());
      Fn1<T, T> vecmatFn = symmetric ? matvec : v -> (T) call(vecmat, map.consts(), x, v);
      Part backSolver =
          Part.trace(LINEAR, avals, v -> backSolve.apply(vecmatFn, (T) x.tree(v)))
              .likeWithAux(x, LINEAR, "transposeSolve");
      operands = join(operands, join(map.consts(), backSolver.consts()));
      back = Optional.of(side(vecmat, map.consts().size(), backSolver));
    }
    LinearSolve call = new LinearSolve(side(map.jaxpr(), map.consts().size(), solver), back);
    return (R) results(call, solver, join(operands, x.leaves()), x.leaves());
  }

  private static LinearSolve.Side side(Jaxpr map, int consts, Part solver) {
    return new LinearSolve.Side(map, consts, solver.jaxpr(), solver.consts().size());
  }

  /** The transpose of a linear map, from its constants and a cotangent. */
  private static Jaxpr transposed(Part map, int unknowns) {
    List<Boolean> all = Collections.nCopies(unknowns, true);
    List<Boolean> linear = join(Collections.nCopies(map.consts().size(), false), all);
    return Derived.transpose(map.jaxpr(), linear, all, all).jaxpr();
  }

  private static Object call(Jaxpr program, List<Array> consts, Unknown x, Object tree) {
    return x.tree(Jaxprs.eval(program, join(consts, x.leaves(LINEAR, tree))));
  }

  /** See {@link dev.jacobi.lax.Lax#customRoot}. */
  public static <T, R> R root(
      Fn1<T, T> f, T initialGuess, Fn2<Fn1<T, T>, T, R> solve, Fn2<Fn1<T, T>, T, T> tangentSolve) {
    NullArgumentException.require(f, ROOT, "f");
    NullArgumentException.require(solve, ROOT, "solve");
    NullArgumentException.require(tangentSolve, ROOT, "tangentSolve");
    Unknown x = Unknown.of(initialGuess);
    List<Aval> avals = x.avals();
    Part function = Part.trace(ROOT, avals, v -> f.apply((T) x.tree(v))).like(x, ROOT, "f");
    Part solver =
        Part.trace(ROOT, avals, v -> solve.apply(f, (T) x.tree(v))).likeWithAux(x, ROOT, "solve");
    List<Aval> twice = join(avals, avals);
    int n = avals.size();
    Part tangents =
        Part.trace(
                ROOT,
                twice,
                v ->
                    tangentSolve.apply(
                        tangent(f, x, v.subList(0, n)), (T) x.tree(v.subList(n, 2 * n))))
            .like(x, ROOT, "tangentSolve");
    Root call =
        new Root(
            function.jaxpr(),
            function.consts().size(),
            solver.jaxpr(),
            solver.consts().size(),
            tangents.jaxpr(),
            tangents.consts().size());
    List<Array> operands = join(function.consts(), join(solver.consts(), tangents.consts()));
    return (R) results(call, solver, join(operands, x.leaves()), x.leaves());
  }

  /** The derivative of {@code f} at a point. */
  private static <T> Fn1<T, T> tangent(Fn1<T, T> f, Unknown x, List<Array> at) {
    var lin =
        Differentiation.linearize(
            v -> TreeFn.Args.of(f.apply((T) x.tree(v))).leaves(),
            at,
            Collections.nCopies(at.size(), true));
    return t -> (T) x.tree(lin.push(x.leaves(ROOT, t)));
  }

  /** Eagerly the solver's operations are performed one by one, as in JAX. */
  private static Object results(
      Primitive call, Part solver, List<Array> operands, List<Array> unknown) {
    boolean eager = Context.isEager() && operands.stream().noneMatch(Tracer.class::isInstance);
    List<Array> outs =
        eager
            ? Jaxprs.eval(solver.jaxpr(), join(solver.consts(), unknown))
            : Bind.bind(call, operands);
    return Trees.unflatten(solver.out(), outs);
  }
}
