package dev.jacobi.numpy;

import dev.jacobi.lax.LaxTypeException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Jnp#pad(dev.jacobi.Array, int[][], Pad)} puts around an array. Where values or
 * lengths differ by side they come before and after; where they differ by dimension too, as {@code
 * {{before, after}, ...}}.
 */
public sealed interface Pad {
  /** Two numbers for each dimension, or for all. */
  record Sides(List<List<Double>> pairs) {
    static Sides of(double[]... pairs) {
      for (double[] pair : pairs) {
        if (pair.length != 2) {
          throw new LaxTypeException(
              "pad", "values stand in pairs, before and after, not " + Arrays.toString(pair));
        }
      }
      return new Sides(Arrays.stream(pairs).map(p -> List.of(p[0], p[1])).toList());
    }

    double at(int dimension, int side) {
      return pairs.get(pairs.size() == 1 ? 0 : dimension).get(side);
    }

    void requireFor(int rank) {
      if (pairs.size() != 1 && pairs.size() != rank) {
        throw new LaxTypeException(
            "pad", pairs.size() + " pairs of values do not fit " + rank + " dimensions");
      }
    }
  }

  /** A statistic of the elements next to the edge. */
  enum Statistic {
    MAXIMUM,
    MINIMUM,
    MEAN,
    MEDIAN
  }

  /** Constants. */
  record Constant(Sides values) implements Pad {}

  /** From the edge to a value in equal steps. */
  record LinearRamp(Sides endValues) implements Pad {}

  /** A statistic of the whole line, or of so many elements next to the edge. */
  record Statistical(Statistic of, @Nullable Sides lengths) implements Pad {}

  /**
   * Mirror images.
   *
   * @param withEdge whether the outermost element is in the image again
   * @param odd whether the image is turned around the edge: twice the edge less the image
   */
  record Mirror(boolean withEdge, boolean odd) implements Pad {}

  /** One value on all sides. */
  static Pad constant(double value) {
    return constant(value, value);
  }

  /** One value before and one after. */
  static Pad constant(double before, double after) {
    return new Constant(Sides.of(new double[] {before, after}));
  }

  /** Two values for each dimension. */
  static Pad constant(double[][] values) {
    return new Constant(Sides.of(values));
  }

  /** Down, or up, to one value on all sides. */
  static Pad linearRamp(double end) {
    return linearRamp(end, end);
  }

  /** To one value before and one after. */
  static Pad linearRamp(double before, double after) {
    return new LinearRamp(Sides.of(new double[] {before, after}));
  }

  /** To two values for each dimension. */
  static Pad linearRamp(double[][] ends) {
    return new LinearRamp(Sides.of(ends));
  }

  /** The greatest element of the line. */
  static Pad maximum() {
    return new Statistical(Statistic.MAXIMUM, null);
  }

  /** The greatest of so many elements next to the edge. */
  static Pad maximum(int length) {
    return of(Statistic.MAXIMUM, new int[][] {{length, length}});
  }

  /** The least element of the line. */
  static Pad minimum() {
    return new Statistical(Statistic.MINIMUM, null);
  }

  /** The least of so many elements next to the edge. */
  static Pad minimum(int length) {
    return of(Statistic.MINIMUM, new int[][] {{length, length}});
  }

  /** The mean of the line; of integers the nearest. */
  static Pad mean() {
    return new Statistical(Statistic.MEAN, null);
  }

  /** The mean of so many elements next to the edge. */
  static Pad mean(int length) {
    return of(Statistic.MEAN, new int[][] {{length, length}});
  }

  /** The median of the line. */
  static Pad median() {
    return new Statistical(Statistic.MEDIAN, null);
  }

  /** The median of so many elements next to the edge. */
  static Pad median(int length) {
    return of(Statistic.MEDIAN, new int[][] {{length, length}});
  }

  /** A statistic of so many elements next to each edge: two numbers for all dimensions or each. */
  static Pad of(Statistic statistic, int[][] lengths) {
    double[][] pairs = new double[lengths.length][];
    for (int d = 0; d < pairs.length; d++) {
      pairs[d] = Arrays.stream(lengths[d]).asDoubleStream().toArray();
      if (Arrays.stream(lengths[d]).anyMatch(n -> n < 1)) {
        throw new LaxTypeException(
            "pad", "a statistic of " + Arrays.toString(lengths[d]) + " elements has no value");
      }
    }
    return new Statistical(statistic, Sides.of(pairs));
  }

  /** A mirror image without the outermost element, turned around it. */
  static Pad reflectOdd() {
    return new Mirror(false, true);
  }

  /** A mirror image with the outermost element, turned around it. */
  static Pad symmetricOdd() {
    return new Mirror(true, true);
  }
}
