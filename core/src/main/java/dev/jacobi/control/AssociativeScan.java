package dev.jacobi.control;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Longs;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Concatenation;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Slices;
import dev.jacobi.transform.TreeFn;
import dev.jacobi.transform.Trees;
import dev.jacobi.tree.TreeDef;
import java.util.ArrayList;
import java.util.List;

/**
 * All prefixes of an associative operation in logarithmically many steps: Blelloch, "Prefix sums
 * and their applications", 1990.
 */
final class AssociativeScan {
  private final TreeFn fn;
  private final TreeDef def;
  private final int axis;

  private AssociativeScan(TreeFn fn, TreeDef def, int axis) {
    this.fn = fn;
    this.def = def;
    this.axis = axis;
  }

  static Object scan(TreeFn fn, Object elems, boolean reverse, int axis) {
    TreeFn.Args args = TreeFn.Args.of(elems);
    List<Array> leaves = args.leaves();
    if (leaves.isEmpty() || leaves.stream().anyMatch(x -> x.rank() == 0)) {
      throw new LaxTypeException("associative_scan", "needs arrays with an axis to run along");
    }
    int first = axis < 0 ? axis + leaves.getFirst().rank() : axis;
    for (Array x : leaves) {
      if (first < 0 || first >= x.rank() || x.dim(first) != leaves.getFirst().dim(first)) {
        throw new LaxTypeException(
            "associative_scan",
            "needs arrays of one size along axis "
                + axis
                + ", not "
                + leaves.stream().map(Array::aval).toList());
      }
    }
    TreeDef def = args.defs().getFirst();
    AssociativeScan scan = new AssociativeScan(fn, def, first);
    List<Array> all = scan.prefixes(reverse ? scan.reversed(leaves) : leaves);
    return Trees.unflatten(def, reverse ? scan.reversed(all) : all);
  }

  private List<Array> reversed(List<Array> arrays) {
    return arrays.stream().map(x -> Concatenation.rev(x, Axes.of(axis))).toList();
  }

  private List<Array> combine(List<Array> a, List<Array> b) {
    Object[] both = {Trees.unflatten(def, a), Trees.unflatten(def, b)};
    TreeFn.Args out = TreeFn.Args.of(fn.call().apply(both));
    List<String> differences =
        Trees.differences("the result", def, avals(a), out.defs().getFirst(), avals(out.leaves()));
    if (!differences.isEmpty()) {
      throw new LaxTypeException(
          "associative_scan",
          "its function must give what it takes, but of what it takes and what it gives "
              + String.join("; ", differences));
    }
    return out.leaves();
  }

  private static List<Aval> avals(List<Array> arrays) {
    return arrays.stream().map(Array::aval).toList();
  }

  /** Pairs are combined, their prefixes found, and those in between follow from these. */
  private List<Array> prefixes(List<Array> elems) {
    long n = elems.getFirst().dim(axis);
    if (n < 2) {
      return elems;
    }
    List<Array> odd = prefixes(combine(each(elems, 0, n - 1, 2), each(elems, 1, n, 2)));
    long pairs = odd.getFirst().dim(axis);
    List<Array> before = n % 2 == 0 ? each(odd, 0, pairs - 1, 1) : odd;
    List<Array> later = combine(before, each(elems, 2, n, 2));
    List<Array> all = new ArrayList<>();
    for (int k = 0; k < elems.size(); k++) {
      Array first = Slices.inDim(elems.get(k), 0, 1, 1, axis);
      Array even = Concatenation.concatenate(List.of(first, later.get(k)), axis);
      all.add(interleaved(even, odd.get(k)));
    }
    return all;
  }

  private List<Array> each(List<Array> arrays, long from, long to, long step) {
    return arrays.stream()
        .map(x -> Slices.inDim(x, Math.min(from, x.dim(axis)), to, step, axis))
        .toList();
  }

  private Array interleaved(Array even, Array odd) {
    boolean same = even.dim(axis) == odd.dim(axis);
    Array a = spread(even, 0, same ? 1 : 0);
    Array b = spread(odd, 1, same ? 0 : 1);
    return even.dtype() == DType.BOOL ? Bits.or(a, b) : Arithmetic.add(a, b);
  }

  private Array spread(Array x, long low, long high) {
    long[] lows = new long[x.rank()];
    long[] highs = new long[x.rank()];
    long[] between = new long[x.rank()];
    lows[axis] = low;
    highs[axis] = high;
    between[axis] = 1;
    Array zero = Scalars.of(x.dtype(), 0);
    return Slices.pad(x, zero, Longs.of(lows), Longs.of(highs), Longs.of(between));
  }
}
