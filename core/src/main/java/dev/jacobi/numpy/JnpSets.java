package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Concatenation;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import java.util.List;

/**
 * Arrays as sets. Results are sorted vectors; how many there are depends on values, so that a
 * function without a size in its options throws in a trace. Positions are i32.
 */
public abstract class JnpSets extends JnpParts {
  JnpSets() {}

  /**
   * Distinct elements and where they are.
   *
   * @param values sorted
   * @param indices where each of them occurs first
   * @param inverseIndices of each element the number of its equal among the values
   * @param counts how often each value occurs
   */
  public record UniqueAll(Array values, Array indices, Array inverseIndices, Array counts) {}

  /** Distinct elements and how often they occur. */
  public record UniqueCounts(Array values, Array counts) {}

  /** Distinct elements, and of each element the number of its equal among them. */
  public record UniqueInverse(Array values, Array inverseIndices) {}

  /** Common elements and where each occurs first in the operands. */
  public record Intersection(Array values, Array indices1, Array indices2) {}

  /**
   * The distinct elements, sorted; all NaNs are one. {@code unique(array(3, 1, 3))} is {@code [1
   * 3]}.
   */
  public static Array unique(Array x) {
    return unique(x, UniqueOptions.DEFAULT);
  }

  /** The distinct elements, or entries of a dimension, sorted. */
  public static Array unique(Array x, UniqueOptions options) {
    return found(x, options, false).values();
  }

  /**
   * The distinct elements and all that is known of them; each NaN is distinct. {@code
   * uniqueAll(array(3, 1, 3)).counts()} is {@code [1 2]}.
   */
  public static UniqueAll uniqueAll(Array x) {
    return uniqueAll(x, UniqueOptions.DEFAULT.withEqualNan(false));
  }

  /** The same of the elements, or of entries of a dimension, with options. */
  public static UniqueAll uniqueAll(Array x, UniqueOptions options) {
    return found(x, options, true);
  }

  /**
   * The distinct elements and how often they occur; each NaN is distinct. {@code
   * uniqueCounts(array(3, 1, 3)).counts()} is {@code [1 2]}.
   */
  public static UniqueCounts uniqueCounts(Array x) {
    UniqueAll all = uniqueAll(x);
    return new UniqueCounts(all.values(), all.counts());
  }

  /**
   * The distinct elements, and of each element the number of its equal among them. {@code
   * uniqueInverse(array(3, 1, 3))} is {@code UniqueInverse[values=[1 3], inverseIndices=[1 0 1]]}.
   */
  public static UniqueInverse uniqueInverse(Array x) {
    UniqueAll all = uniqueAll(x);
    return new UniqueInverse(all.values(), all.inverseIndices());
  }

  /**
   * The distinct elements; each NaN is distinct. {@code uniqueValues(array(3, 1, 3))} is {@code [1
   * 3]}.
   */
  public static Array uniqueValues(Array x) {
    return unique(x, UniqueOptions.DEFAULT.withEqualNan(false));
  }

  private static UniqueAll found(Array x, UniqueOptions options, boolean all) {
    Integer axis = options.axis();
    Array data = axis == null ? ravel(x) : x;
    int d = axis == null ? 0 : axis("unique", x.rank(), axis);
    Distinct distinct = Distinct.of(data, d, options.equalNan());
    boolean sized = options.size() != null;
    Places.Found places = distinct.places(options.size());
    Array values = Distinct.read(distinct.sorted(), places, options.fill(), sized);
    Array moved = moveaxis(values, 0, d);
    if (!all) {
      return new UniqueAll(moved, moved, moved, moved);
    }
    Array inverse = distinct.inverse();
    return new UniqueAll(
        moved,
        Distinct.read(distinct.order(), places, 0.0, false),
        axis == null ? Shapes.reshape(inverse, x.shape()) : inverse,
        distinct.counts(places));
  }

  private static Array[] vectors(Array x, Array y) {
    DType t = Promotion.join(List.of(x.aval(), y.aval())).dtype();
    return new Array[] {
      ravel(Promotion.convert(x, t, false)), ravel(Promotion.convert(y, t, false))
    };
  }

  /**
   * The elements that occur in one of two arrays. {@code union1d(array(3, 1), array(1, 2))} is
   * {@code [1 2 3]}.
   */
  public static Array union1d(Array x, Array y) {
    return union1d(x, y, SetOptions.DEFAULT);
  }

  /** The same with options. */
  public static Array union1d(Array x, Array y, SetOptions options) {
    Array[] xy = vectors(x, y);
    Array all = Concatenation.concatenate(List.of(xy), 0);
    return unique(all, new UniqueOptions(null, options.size(), options.fill(), true));
  }

  /**
   * The elements of the first array that do not occur in the second. {@code setdiff1d(array(3, 1),
   * array(1, 2))} is {@code [3]}.
   */
  public static Array setdiff1d(Array x, Array y) {
    return setdiff1d(x, y, SetOptions.DEFAULT);
  }

  /** The same with options; what is assumed to be unique keeps its order. */
  public static Array setdiff1d(Array x, Array y, SetOptions options) {
    Array flat = ravel(x);
    Double fill = options.fill() == null ? Double.valueOf(0) : options.fill();
    boolean sized = options.size() != null;
    if (options.assumeUnique()) {
      Array mask = logicalNot(isin(flat, y));
      Places.Found places = Distinct.chosen("setdiff1d", mask, options.size());
      return Distinct.read(flat, places, fill, sized);
    }
    Array[] xy = vectors(x, y);
    Distinct.Joined joined = Distinct.join(xy[0], xy[1], false);
    Array mine = less(joined.order(), weak(flat.dim(0)));
    Array alone = Bits.and(mine, Bits.not(same(joined, false)));
    Array mask = Bits.and(alone, joined.counts());
    Places.Found places = Distinct.chosen("setdiff1d", mask, options.size());
    Array at = Distinct.read(joined.order(), places, 0.0, sized);
    return Distinct.read(flat, new Places.Found(at, places.valid()), fill, sized);
  }

  /** Whether each element is equal to the next one, or to the one before, and counts. */
  private static Array same(Distinct.Joined joined, boolean before) {
    Array v = joined.values();
    Array last = Scalars.of(DType.BOOL, 0);
    Array none =
        Shapes.broadcastInDim(last, Shape.of(Math.min(1, v.dim(0))), dev.jacobi.hlo.Axes.of());
    if (v.dim(0) == 0) {
      return none;
    }
    Array equal = Compare.eq(part(v, 0, from(1)), part(v, 0, until(-1)));
    Array both = Bits.and(equal, part(joined.counts(), 0, from(1)));
    return Concatenation.concatenate(before ? List.of(none, both) : List.of(both, none), 0);
  }

  /**
   * The elements that occur in exactly one of two arrays. {@code setxor1d(array(3, 1), array(1,
   * 2))} is {@code [2 3]}.
   */
  public static Array setxor1d(Array x, Array y) {
    return setxor1d(x, y, SetOptions.DEFAULT);
  }

  /** The same with options. */
  public static Array setxor1d(Array x, Array y, SetOptions options) {
    Array[] xy = vectors(x, y);
    Distinct.Joined joined = Distinct.join(xy[0], xy[1], options.assumeUnique());
    Array alone = Bits.not(Bits.or(same(joined, false), same(joined, true)));
    Array mask = Bits.and(alone, joined.counts());
    Places.Found places = Distinct.chosen("setxor1d", mask, options.size());
    return filled(joined.values(), places, options);
  }

  /** Without a value to fill with, the least result stands for missing ones, or 0. */
  private static Array filled(Array values, Places.Found places, SetOptions options) {
    boolean sized = options.size() != null;
    if (!sized || options.fill() != null) {
      return Distinct.read(values, places, options.fill(), sized);
    }
    Array found = Distinct.read(values, places, 0.0, true);
    return found.dim(0) == 0 ? found : where(places.valid(), found, least(found, places.valid()));
  }

  private static Array least(Array found, Array valid) {
    Array most = where(valid, found, max(found));
    return min(most);
  }

  /**
   * The elements that occur in both arrays. {@code intersect1d(array(3, 1), array(1, 2))} is {@code
   * [1]}.
   */
  public static Array intersect1d(Array x, Array y) {
    return intersect1d(x, y, SetOptions.DEFAULT).values();
  }

  /** The same with options, and where the elements are. */
  public static Intersection intersect1d(Array x, Array y, SetOptions options) {
    Array[] xy = vectors(x, y);
    Distinct.Joined joined = Distinct.join(xy[0], xy[1], options.assumeUnique());
    Array mask = same(joined, false);
    Places.Found places = Distinct.chosen("intersect1d", mask, options.size());
    Array values = filled(joined.values(), places, options);
    Array first = Distinct.read(joined.order(), places, (double) x.size(), options.size() != null);
    Places.Found next = new Places.Found(add(places.positions(), weak(1)), places.valid());
    Array behind = subtract(joined.order(), weak(x.size()));
    Array second = Distinct.read(behind, next, (double) y.size(), options.size() != null);
    return new Intersection(values, first, second);
  }

  /**
   * Whether each element occurs in {@code values}; NaN never does. {@code isin(array(3, 1),
   * array(1, 2))} is {@code [False True]}.
   */
  public static Array isin(Array x, Array values) {
    return jitted("isin", "", a -> occurring(a.get(0), a.get(1)), x, values);
  }

  /** Few values are compared one by one, many are sorted and searched. */
  private static Array occurring(Array x, Array values) {
    Array[] xy = vectors(x, values);
    if (xy[1].dim(0) == 0 || x.size() == 0) {
      return zeros(x.shape(), DType.BOOL);
    }
    Array found;
    if (xy[1].dim(0) <= FEW || xy[0].dtype().isComplex()) {
      Array column = Shapes.expandDims(xy[0], dev.jacobi.hlo.Axes.of(1));
      found = any(equal(column, xy[1]), -1);
    } else {
      Array sorted = sort(xy[1]);
      Array at = searchsorted(sorted, xy[0]);
      found = equal(take(sorted, at, 0, dev.jacobi.Mode.CLIP), xy[0]);
    }
    return Shapes.reshape(found, x.shape());
  }

  private static final long FEW = 32;
}
