package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.Mode;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Concatenation;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Sort;
import dev.jacobi.transform.NamedJit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entries sorted along the first dimension, and which of them differ from the one before. */
record Distinct(Array sorted, Array isFirst, Array order) {
  /** Of the entries of a dimension. */
  static Distinct of(Array x, int axis, boolean equalNan) {
    List<Array> all =
        NamedJit.call(
            "unique",
            List.of(axis, equalNan),
            a -> entries(Jnp.moveaxis(a.getFirst(), axis, 0), equalNan),
            Promotion.together(x));
    return new Distinct(all.get(0), all.get(1), all.get(2));
  }

  private static List<Array> entries(Array given, boolean equalNan) {
    Array x = given;
    if (x.dtype().isComplex()) { // a NaN in either part is as good as any other
      x = Jnp.where(Jnp.isnan(x), Scalars.of(x.dtype(), Double.NaN), x);
    }
    long n = x.dim(0);
    Array places = Shapes.iota(DType.I32, Shape.of(n), 0);
    if (n == 0) {
      return List.of(x, Jnp.zeros(Shape.of(0), DType.BOOL), places);
    }
    long width = x.size() / n;
    if (width == 0) { // entries without elements are all equal
      Array one = Jnp.equal(places, Jnp.weak(0));
      return List.of(x, one, places);
    }
    Array rows = Shapes.reshape(x, Shape.of(n, width));
    List<Array> keys = new ArrayList<>();
    for (int k = 0; k < width; k++) {
      keys.add(Shapes.reshape(JnpIndex.part(rows, 1, Jnp.range(k, k + 1L)), Shape.of(n)));
    }
    keys.add(places);
    Array order = Sort.sort(keys, 0, true, Math.toIntExact(width)).getLast();
    Array sorted = JnpIndex.take(x, order, 0, Mode.PROMISE_IN_BOUNDS);
    return List.of(sorted, firsts(sorted, equalNan), order);
  }

  private static Array firsts(Array sorted, boolean equalNan) {
    Array later = JnpIndex.part(sorted, 0, Jnp.from(1));
    Array earlier = JnpIndex.part(sorted, 0, Jnp.until(-1));
    Array differ = Compare.ne(later, earlier);
    if (equalNan && sorted.dtype().isInexact()) {
      differ = Bits.and(differ, Bits.not(Bits.and(Jnp.isnan(later), Jnp.isnan(earlier))));
    }
    Array any =
        sorted.rank() == 1 ? differ : Jnp.any(differ, Axes.range(1, sorted.rank()).toArray());
    long first = Math.min(1, sorted.dim(0));
    Array one = Jnp.ones(Shape.of(first), DType.BOOL);
    return sorted.dim(0) == 0 ? one : Concatenation.concatenate(List.of(one, any), 0);
  }

  /** As many results as there are, or a number of them with missing ones filled. */
  Places.Found places(@Nullable Integer size) {
    return chosen("unique", isFirst, size);
  }

  /** The set elements of a mask: all of them, or a number that is known while tracing. */
  static Places.Found chosen(String function, Array mask, @Nullable Integer size) {
    if (size != null) {
      return Places.first(function, mask, size);
    }
    Array known = Concrete.value(function, mask, "Give a size in the options.");
    Array places = Indexing.nonzero(known).getFirst();
    return new Places.Found(places, Jnp.ones(places.shape(), DType.BOOL));
  }

  /** Entries at places, and where there are none the fill value if there is one. */
  static Array read(Array entries, Places.Found places, @Nullable Double fill, boolean sized) {
    if (entries.dim(0) == 0) {
      if (sized && places.positions().dim(0) > 0 && fill == null) {
        throw new LaxTypeException("unique", "of no elements needs a value to fill with");
      }
      Shape shape = entries.shape().with(0, places.positions().dim(0));
      return Jnp.full(shape, fill == null ? 0 : fill, entries.dtype());
    }
    Array found = JnpIndex.take(entries, places.positions(), 0, Mode.PROMISE_IN_BOUNDS);
    if (!sized || fill == null) {
      return found;
    }
    Array valid = Shapes.broadcastInDim(places.valid(), found.shape(), Axes.of(0));
    return Jnp.where(valid, found, Promotion.convert(Jnp.weak(fill), found.dtype(), false));
  }

  /** The number of the result that is equal to each entry. */
  Array inverse() {
    Array number = Jnp.subtract(Jnp.cumsum(isFirst, 0), Jnp.weak(1));
    Array none = Jnp.zeros(order.shape(), DType.I32);
    return none.at(JnpIndex.ix(order)).unique().set(number, Mode.DROP);
  }

  /** How many entries are equal to each result. */
  Array counts(Places.Found places) {
    Array number = Jnp.subtract(Jnp.cumsum(isFirst, 0), Jnp.weak(1));
    Array none = Jnp.zeros(places.positions().shape(), DType.I32);
    return none.at(JnpIndex.ix(number)).add(Jnp.weak(1), Mode.DROP);
  }

  /**
   * Two sets in one sorted vector, each of their elements once, the first set's before the
   * second's.
   *
   * @param values sorted; those that count come first
   * @param order the position of each in the first, or behind it in the second operand
   * @param counts whether an element counts
   */
  record Joined(Array values, Array order, Array counts) {}

  static Joined join(Array x, Array y, boolean unique) {
    List<Array> all =
        NamedJit.call("join_sets", unique, a -> joined(a.get(0), a.get(1), unique), List.of(x, y));
    return new Joined(all.get(0), all.get(1), all.get(2));
  }

  private static List<Array> joined(Array x, Array y, boolean unique) {
    Array n = Jnp.weak(x.dim(0));
    Distinct first = unique ? plain(x) : of(x, 0, true);
    Distinct second = unique ? plain(y) : of(y, 0, true);
    Array values = Concatenation.concatenate(List.of(first.sorted, second.sorted), 0);
    Array order = Concatenation.concatenate(List.of(first.order, Jnp.add(second.order, n)), 0);
    Array once = Concatenation.concatenate(List.of(first.isFirst, second.isFirst), 0);
    Array later = Convert.convertElementType(Bits.not(once), DType.I32);
    List<Array> sorted = Sort.sort(List.of(later, values, order), 0, true, 2);
    return List.of(sorted.get(1), sorted.get(2), Jnp.equal(sorted.get(0), Jnp.weak(0)));
  }

  private static Distinct plain(Array x) {
    Array places = Shapes.iota(DType.I32, x.shape(), 0);
    return new Distinct(x, Jnp.ones(x.shape(), DType.BOOL), places);
  }
}
