package dev.jacobi.sparse;

import static dev.jacobi.Jacobi.linearize;
import static dev.jacobi.Jacobi.vjp;
import static dev.jacobi.Jacobi.vmap;
import static dev.jacobi.numpy.Jnp.arange;
import static dev.jacobi.numpy.Jnp.array;
import static dev.jacobi.numpy.Jnp.ix;

import dev.jacobi.Array;
import dev.jacobi.Op1;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.trace.Context;
import dev.jacobi.trace.JaxprTrace;
import dev.jacobi.transform.Jaxprs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The Jacobian of a function of arrays, of which only those elements are computed that can differ
 * from zero. Which ones that are is found in the function's program; columns (or rows, if that
 * needs fewer) that have nothing in common are computed together, by one forward (or reverse)
 * derivative each. Memory grows with the number of groups times the size of the argument and the
 * result, never with their product.
 *
 * <p>Everything is found once per shape of the argument. The result may be called in {@code jit},
 * batched and differentiated.
 */
public final class SparseJacobian {
  private final Op1 f;
  private final boolean hessian;
  private final Map<Aval, Plan> plans = new ConcurrentHashMap<>();

  SparseJacobian(Op1 f, boolean hessian) {
    this.f = f;
    this.hessian = hessian;
  }

  /**
   * How a Jacobian of one shape is computed: element k is at {@code (group[k], place[k])} of the
   * products with the groups' sums of unit vectors.
   *
   * @param groups of each column (or row, if reverse)
   */
  private record Plan(
      SparsityPattern pattern,
      int count,
      boolean reverse,
      DType dtype,
      Array row,
      Array col,
      Array groups,
      Array group,
      Array place) {
    static Plan of(
        SparsityPattern pattern, Colouring colouring, boolean reverse, DType dtype, boolean star) {
      int[] colour = colouring.of();
      int[] row = pattern.rowArray();
      int[] col = pattern.colArray();
      int[] group = new int[row.length];
      int[] place = new int[row.length];
      for (int k = 0; k < row.length; k++) {
        boolean byRow = star ? !isAlone(pattern.of(row[k]), col[k], colour) : reverse;
        group[k] = colour[byRow ? row[k] : col[k]];
        place[k] = byRow ? col[k] : row[k];
      }
      return new Plan(
          pattern,
          colouring.count(),
          reverse,
          dtype,
          array(row),
          array(col),
          array(colour),
          array(group),
          array(place));
    }
  }

  /**
   * The Jacobian at a point: rows are the result's elements and columns the argument's, both in
   * row-major order. The elements come by rows.
   *
   * @throws LaxTypeException if the argument is not of real floating-point numbers
   */
  public Coo at(Array x) {
    Plan plan = plan(x.aval());
    SparsityPattern pattern = plan.pattern;
    Array data = Jnp.zeros(Shape.of(0), plan.dtype);
    if (pattern.nse() > 0) {
      Array products = plan.reverse ? byRows(x, plan) : byColumns(x, plan);
      data = products.get(ix(plan.group), ix(plan.place));
    }
    return new Coo(data, plan.row, plan.col, pattern.rows(), pattern.cols());
  }

  /** Where the Jacobian at points like this may have elements. */
  public SparsityPattern pattern(Array x) {
    return plan(x.aval()).pattern;
  }

  /** How many derivatives of the whole function the Jacobian takes at points like this. */
  public int colours(Array x) {
    return plan(x.aval()).count;
  }

  private Plan plan(Aval aval) {
    if (!aval.dtype().isInexact() || aval.dtype().isComplex()) {
      throw new LaxTypeException(
          hessian ? "sparseHessian" : "sparseJacobian",
          "the argument must be of real floating-point numbers, not " + aval);
    }
    Aval strong = aval.strong();
    Plan known = plans.get(strong);
    if (known == null) {
      known = find(strong);
      plans.put(strong, known);
    }
    return known;
  }

  /** Eagerly, also where the argument is traced: only its type counts. */
  private Plan find(Aval aval) {
    JaxprTrace.Traced traced =
        Jaxprs.trace("sparseJacobian", List.of(aval), in -> List.of(f.apply(in.getFirst())));
    return Context.eagerly(() -> find(aval, traced));
  }

  private Plan find(Aval aval, JaxprTrace.Traced traced) {
    List<Flow> args = new ArrayList<>(traced.captured().stream().map(Flow::known).toList());
    args.add(Flow.input(aval));
    Flow out = Dependencies.follow(traced.jaxpr().eliminateDeadCode(), args).getFirst();
    DType dtype = out.aval().dtype();
    int[][] rows = new int[Flow.size(out.aval())][];
    Arrays.setAll(rows, out::at);
    SparsityPattern pattern = new SparsityPattern(rows, Flow.size(aval));
    if (hessian) {
      SparsityPattern both = pattern.symmetric();
      return Plan.of(both, Colouring.star(both), false, dtype, true);
    }
    Colouring byColumn = Colouring.columns(pattern);
    Colouring byRow = Colouring.columns(pattern.transpose());
    return byColumn.count() <= byRow.count()
        ? Plan.of(pattern, byColumn, false, dtype, false)
        : Plan.of(pattern, byRow, true, dtype, false);
  }

  /** The sums of the unit vectors of each group, (groups, n). */
  private static Array seeds(Plan plan, DType dtype) {
    return arange(plan.count).reshape(-1, 1).eq(plan.groups).astype(dtype);
  }

  /** J times the seeds, (groups, rows). */
  private Array byColumns(Array x, Plan plan) {
    var linear = linearize(f, x);
    long[] sizes = sizes(x.shape());
    Op1 push = t -> linear.pushforward().apply(t.reshape(sizes)).reshape(-1);
    return vmap(push).apply(seeds(plan, x.dtype()));
  }

  /** The seeds times J, (groups, columns). */
  private Array byRows(Array x, Plan plan) {
    var pulled = vjp(f, x);
    Array y = pulled.value();
    long[] sizes = sizes(y.shape());
    Op1 pull = t -> pulled.pullback().apply(t.reshape(sizes)).reshape(-1);
    return vmap(pull).apply(seeds(plan, y.dtype()));
  }

  private static long[] sizes(Shape shape) {
    long[] sizes = new long[shape.rank()];
    Arrays.setAll(sizes, shape::dim);
    return sizes;
  }

  private static boolean isAlone(int[] neighbours, int column, int[] colour) {
    for (int other : neighbours) {
      if (other != column && colour[other] == colour[column]) {
        return false;
      }
    }
    return true;
  }
}
