package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.Aux;
import dev.jacobi.Fn1;
import dev.jacobi.Fn2;
import dev.jacobi.Mode;
import dev.jacobi.control.BranchException;
import dev.jacobi.control.CarryException;
import dev.jacobi.control.Conditionals;
import dev.jacobi.control.LoopOptions;
import dev.jacobi.control.Loops;
import dev.jacobi.control.ScanOptions;
import dev.jacobi.control.Scanned;
import dev.jacobi.control.Step;
import dev.jacobi.implicit.SolveException;
import dev.jacobi.implicit.Solves;
import dev.jacobi.trace.NullArgumentException;
import dev.jacobi.transform.TreeFn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Structured control flow: {@code jax.lax}. Functions take and give trees (records, lists, maps of
 * arrays); arrays that they capture are constants of the construct.
 */
public abstract class LaxControl extends LaxReduce {
  LaxControl() {}

  @SuppressWarnings("unchecked") // the trees have the structure of the operands
  private static <A, R> TreeFn fn(Fn1<A, R> f) {
    return new TreeFn(f, a -> f.apply((A) a[0]));
  }

  @SuppressWarnings("unchecked") // the trees have the structure of the operands
  private static <A, B, R> TreeFn fn(Fn2<A, B, R> f) {
    return new TreeFn(f, a -> f.apply((A) a[0], (B) a[1]));
  }

  /**
   * Calls one of two functions, of which only that one runs. {@code Lax.cond(scalar(true), x ->
   * x.plus(1), x -> x, array(1f))} is {@code [2.]}.
   *
   * @param pred one boolean, or a number that counts as true if it is not 0
   * @throws BranchException if the functions give different structures, shapes or element types
   */
  @SuppressWarnings("unchecked") // both functions give trees of this structure
  public static <A, R> R cond(Array pred, Fn1<A, R> trueFun, Fn1<A, R> falseFun, A operand) {
    return (R) Conditionals.cond(pred, List.of(fn(falseFun), fn(trueFun)), operand);
  }

  /** The same with two operands. */
  @SuppressWarnings("unchecked") // both functions give trees of this structure
  public static <A, B, R> R cond(
      Array pred, Fn2<A, B, R> trueFun, Fn2<A, B, R> falseFun, A first, B second) {
    return (R) Conditionals.cond(pred, List.of(fn(falseFun), fn(trueFun)), first, second);
  }

  /** The same with a predicate that is known now; both functions are traced all the same. */
  public static <A, R> R cond(boolean pred, Fn1<A, R> trueFun, Fn1<A, R> falseFun, A operand) {
    return cond(Conditionals.of(pred), trueFun, falseFun, operand);
  }

  /**
   * Calls the function of that number: {@code jax.lax.switch}, which is a word of Java's. {@code
   * Lax.switchCase(scalar(1), List.<Op1>of(x -> x, x -> x.times(10)), array(1f))} is {@code [10.]}.
   *
   * @param index one integer
   * @throws BranchException if the functions give different structures, shapes or element types;
   *     when the program runs, if no function has that number (plugins take the first or the last)
   */
  public static <A, R> R switchCase(Array index, List<? extends Fn1<A, R>> branches, A operand) {
    return switchCase(index, null, branches, operand);
  }

  /**
   * The same with a rule for numbers out of range.
   *
   * @param mode {@link Mode#CLIP}, which is JAX's rule: below 0 it counts as 0, beyond the last
   *     function as the last; {@link Mode#PROMISE_IN_BOUNDS} does the same
   */
  @SuppressWarnings("unchecked") // all functions give trees of this structure
  public static <A, R> R switchCase(
      Array index, @Nullable Mode mode, List<? extends Fn1<A, R>> branches, A operand) {
    if (mode != null && mode != Mode.CLIP && mode != Mode.PROMISE_IN_BOUNDS) {
      throw new LaxTypeException("switch", "takes CLIP or PROMISE_IN_BOUNDS, not " + mode);
    }
    NullArgumentException.require(branches, "switch", "the list of branches");
    List<TreeFn> fns = new ArrayList<>();
    branches.forEach(b -> fns.add(fn(b)));
    return (R) Conditionals.switchCase(index, mode, fns, operand);
  }

  /**
   * Repeats {@code bodyFun} from {@code initVal} as long as {@code condFun} gives true. A reverse
   * derivative keeps a few megabytes of what is carried, or as much as {@link LoopOptions} say, and
   * computes the rest again; the number of steps need not be known before. {@code
   * Lax.whileLoop((Array x) -> x.lt(100), x -> x.times(3), scalar(1))} is {@code 243}.
   *
   * @throws CarryException if the body gives another structure, shape or element type than it takes
   */
  public static <C> C whileLoop(Fn1<C, Array> condFun, Fn1<C, C> bodyFun, C initVal) {
    return whileLoop(condFun, bodyFun, initVal, LoopOptions.DEFAULT);
  }

  /** The same with options. */
  public static <C> C whileLoop(
      Fn1<C, Array> condFun, Fn1<C, C> bodyFun, C initVal, LoopOptions options) {
    return Loops.whileLoop(condFun, bodyFun, initVal, options);
  }

  /**
   * Calls {@code bodyFun} with every number from {@code lower} up to but not including {@code
   * upper} and what it gave before. {@code Lax.foriLoop(0, 4, (i, x) -> x.plus(i), scalar(0))} is
   * {@code 6}.
   *
   * @throws CarryException if the body gives another structure, shape or element type than it takes
   */
  public static <C> C foriLoop(long lower, long upper, Fn2<Array, C, C> bodyFun, C initVal) {
    return foriLoop(lower, upper, bodyFun, initVal, LoopOptions.DEFAULT);
  }

  /** The same with options. */
  @SuppressWarnings("unchecked") // the result has the carry's structure
  public static <C> C foriLoop(
      long lower, long upper, Fn2<Array, C, C> bodyFun, C initVal, LoopOptions options) {
    return (C) Loops.foriLoop(lower, upper, fn(bodyFun), initVal, options);
  }

  /** The same with bounds that are known when it runs. */
  public static <C> C foriLoop(Array lower, Array upper, Fn2<Array, C, C> bodyFun, C initVal) {
    return foriLoop(lower, upper, bodyFun, initVal, LoopOptions.DEFAULT);
  }

  /** The same with options. */
  @SuppressWarnings("unchecked") // the result has the carry's structure
  public static <C> C foriLoop(
      Array lower, Array upper, Fn2<Array, C, C> bodyFun, C initVal, LoopOptions options) {
    return (C) Loops.foriLoop(lower, upper, fn(bodyFun), initVal, options);
  }

  /**
   * Calls {@code f} with what it carries and each element of {@code xs} along the leading axis of
   * its arrays. {@code Lax.scan((Array c, Array x) -> new Step<>(c.plus(x), c), scalar(0), array(1,
   * 2, 3)).carry()} is {@code 6}.
   *
   * @throws CarryException if {@code f} gives another structure, shape or element type than it
   *     takes
   */
  public static <C, X, Y> Scanned<C, Y> scan(Fn2<C, X, Step<C, Y>> f, C init, X xs) {
    return scan(f, init, xs, ScanOptions.DEFAULT);
  }

  /** The same with options. */
  @SuppressWarnings("unchecked") // the results have these structures
  public static <C, X, Y> Scanned<C, Y> scan(
      Fn2<C, X, Step<C, Y>> f, C init, X xs, ScanOptions options) {
    return (Scanned<C, Y>) Loops.scan(fn(f), init, xs, options);
  }

  /**
   * Applies {@code f} to every element along the leading axis, one after the other. {@code
   * Lax.map((Array x) -> x.times(2), array(1, 2))} is {@code [2 4]}.
   */
  @SuppressWarnings("unchecked") // the result has the structure of the function's
  public static <X, Y> Y map(Fn1<X, Y> f, X xs) {
    return (Y) Loops.map(fn(f), xs);
  }

  /** The same with {@code vmap} over batches of {@code batchSize} elements: memory is bounded. */
  @SuppressWarnings("unchecked") // the result has the structure of the function's
  public static <X, Y> Y map(Fn1<X, Y> f, X xs, long batchSize) {
    return (Y) Loops.map(fn(f), xs, batchSize);
  }

  /**
   * All prefixes of an associative operation along the leading axis: of {@code a, b, c} they are
   * {@code a, fn(a, b), fn(fn(a, b), c)}. Takes logarithmically many steps of many elements each.
   * {@code Lax.associativeScan((Array x, Array y) -> x.times(y), array(1, 2, 3))} is {@code [1 2
   * 6]}.
   *
   * @param fn associative; takes and gives any number of elements at once
   */
  public static <T> T associativeScan(Fn2<T, T, T> fn, T elems) {
    return associativeScan(fn, elems, false, 0);
  }

  /** The same along any axis, from its end if {@code reverse}. */
  @SuppressWarnings("unchecked") // the result has the structure of the elements
  public static <T> T associativeScan(Fn2<T, T, T> fn, T elems, boolean reverse, int axis) {
    return (T) Loops.associativeScan(fn(fn), elems, reverse, axis);
  }

  /**
   * Solves {@code matvec(x) = b} by {@code solve}, of the map and {@code b}. The derivatives are
   * those of the solution, and do not go through the solver; for reverse ones the map must be
   * symmetric, or its transpose have a solver too. {@code Lax.customLinearSolve((Array x) ->
   * x.times(2), array(4f), (a, b) -> b.div(2))} is {@code [2.]}.
   *
   * @param matvec a linear function from trees like {@code b} to such
   * @param solve gives the solution, or {@link Aux} of it and of data that is passed through
   * @throws SolveException if a function's result is not like {@code b}, or in reverse mode if
   *     there is no solver for the transposed map
   */
  public static <T, R> R customLinearSolve(Fn1<T, T> matvec, T b, Fn2<Fn1<T, T>, T, R> solve) {
    return Solves.linear(matvec, b, solve, null, false);
  }

  /** The same with a solver for the transposed map, which it is given. */
  public static <T, R> R customLinearSolve(
      Fn1<T, T> matvec, T b, Fn2<Fn1<T, T>, T, R> solve, Fn2<Fn1<T, T>, T, R> transposeSolve) {
    return Solves.linear(matvec, b, solve, transposeSolve, false);
  }

  /** The same with both; the solver of a symmetric map's transpose is given the map itself. */
  public static <T, R> R customLinearSolve(
      Fn1<T, T> matvec,
      T b,
      Fn2<Fn1<T, T>, T, R> solve,
      Fn2<Fn1<T, T>, T, R> transposeSolve,
      boolean symmetric) {
    return Solves.linear(matvec, b, solve, transposeSolve, symmetric);
  }

  /** The same for a map that may be symmetric, and then is solved by {@code solve} both ways. */
  public static <T, R> R customLinearSolve(
      Fn1<T, T> matvec, T b, Fn2<Fn1<T, T>, T, R> solve, boolean symmetric) {
    return Solves.linear(matvec, b, solve, null, symmetric);
  }

  /**
   * Finds a root of {@code f} by {@code solve}, of {@code f} and the guess. The derivatives are
   * those of the root, in what {@code f} captures, by the implicit function theorem; they do not go
   * through the solver. {@code Lax.customRoot((Array x) -> x.times(x).minus(4), scalar(1f), (f, x)
   * -> scalar(2f), (g, y) -> y.div(g.apply(scalar(1f))))} is {@code 2.0}.
   *
   * @param f from trees like the guess to such
   * @param solve gives the root, or {@link Aux} of it and of data that is passed through
   * @param tangentSolve of the derivative {@code g} of {@code f} at the root and of {@code y},
   *     gives the {@code t} with {@code g(t) = y}; linear in {@code y}
   * @throws SolveException if a function's result is not like the guess
   */
  public static <T, R> R customRoot(
      Fn1<T, T> f, T initialGuess, Fn2<Fn1<T, T>, T, R> solve, Fn2<Fn1<T, T>, T, T> tangentSolve) {
    return Solves.root(f, initialGuess, solve, tangentSolve);
  }
}
