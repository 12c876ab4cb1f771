package dev.jacobi.lax;

import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.WindowOp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A window that slides over an array: what JAX's {@code reduce_window} takes as parameters, one
 * entry per dimension.
 *
 * @param dimensions the window's size
 * @param strides steps between its stops
 * @param padding how many absent elements lie before and after the array; negative numbers trim
 * @param baseDilation distance of the array's neighbouring elements, absent ones in between
 * @param windowDilation distance of the window's neighbouring elements
 */
public record Window(
    Longs dimensions,
    Longs strides,
    List<Longs> padding,
    Longs baseDilation,
    Longs windowDilation) {
  public Window {
    padding = List.copyOf(padding);
  }

  /** A window that stops everywhere inside the array. */
  public static Window of(long... dimensions) {
    int rank = dimensions.length;
    Longs ones = Longs.fill(rank, 1);
    List<Longs> none = IntStream.range(0, rank).mapToObj(d -> Longs.of(0, 0)).toList();
    return new Window(Longs.of(dimensions), ones, none, ones, ones);
  }

  public Window withStrides(long... steps) {
    return new Window(dimensions, Longs.of(steps), padding, baseDilation, windowDilation);
  }

  /** One pair per dimension: before and after. */
  public Window withPadding(long[]... pairs) {
    List<Longs> list = java.util.Arrays.stream(pairs).map(Longs::of).toList();
    return new Window(dimensions, strides, list, baseDilation, windowDilation);
  }

  /** Padding as JAX's "SAME": an array of {@code shape} has ceil(size / stride) stops. */
  public Window withSamePadding(Shape shape) {
    List<Longs> pairs =
        IntStream.range(0, dimensions.size())
            .mapToObj(
                d -> {
                  long stops = Math.ceilDiv(shape.dim(d), strides.get(d));
                  long covered = (stops - 1) * strides.get(d) + span(d);
                  long all = Math.max(covered - shape.dim(d), 0);
                  return Longs.of(all / 2, all - all / 2);
                })
            .toList();
    return new Window(dimensions, strides, pairs, baseDilation, windowDilation);
  }

  public Window withBaseDilation(long... distances) {
    return new Window(dimensions, strides, padding, Longs.of(distances), windowDilation);
  }

  public Window withWindowDilation(long... distances) {
    return new Window(dimensions, strides, padding, baseDilation, Longs.of(distances));
  }

  /** A new dimension at {@code d} that the window leaves alone. */
  public Window insert(int d) {
    List<Longs> pairs = new java.util.ArrayList<>(padding);
    pairs.add(d, Longs.of(0, 0));
    return new Window(
        Slices.insert(dimensions, d, 1),
        Slices.insert(strides, d, 1),
        pairs,
        Slices.insert(baseDilation, d, 1),
        Slices.insert(windowDilation, d, 1));
  }

  /** Elements that the window spans along a dimension. */
  long span(int d) {
    return (dimensions.get(d) - 1) * windowDilation.get(d) + 1;
  }

  Longs low() {
    return Longs.of(padding.stream().mapToLong(p -> p.get(0)).toArray());
  }

  Longs high() {
    return Longs.of(padding.stream().mapToLong(p -> p.get(1)).toArray());
  }

  boolean isPadded() {
    return padding.stream().anyMatch(p -> p.get(0) != 0 || p.get(1) != 0);
  }

  boolean isDilated() {
    return java.util.stream.LongStream.concat(baseDilation.stream(), windowDilation.stream())
        .anyMatch(x -> x != 1);
  }

  /** StableHLO's record. */
  public WindowOp.Window hlo() {
    return new WindowOp.Window(dimensions, strides, low(), high());
  }

  /** Parameters as jaxprs print them. */
  public Map<String, Object> params() {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("base_dilation", baseDilation);
    params.put("padding", padding);
    params.put("window_dilation", windowDilation);
    params.put("window_dimensions", dimensions);
    params.put("window_strides", strides);
    return params;
  }

  /**
   * The shape of the result over an array: the window's stops.
   *
   * @throws LaxTypeException if the window does not fit the array's rank, or a number is not
   *     positive
   */
  public Shape stops(String primitive, Shape array) {
    int rank = array.rank();
    boolean fits =
        dimensions.size() == rank
            && strides.size() == rank
            && padding.size() == rank
            && padding.stream().allMatch(p -> p.size() == 2)
            && baseDilation.size() == rank
            && windowDilation.size() == rank;
    if (!fits) {
      throw new LaxTypeException(
          primitive, "needs one setting per dimension of shape " + array + ", not " + this);
    }
    boolean positive =
        List.of(dimensions, strides, baseDilation, windowDilation).stream()
            .allMatch(l -> l.stream().allMatch(x -> x > 0));
    if (!positive) {
      throw new LaxTypeException(
          primitive, "sizes, strides and dilations must be positive, not " + this);
    }
    try {
      return Shape.of(IntStream.range(0, rank).mapToLong(d -> stops(d, array.dim(d))).toArray());
    } catch (ArithmeticException e) {
      LaxTypeException tooLarge =
          new LaxTypeException(primitive, "is too large: " + this + " over shape " + array);
      tooLarge.initCause(e);
      throw tooLarge;
    }
  }

  private long stops(int d, long size) {
    long base = size == 0 ? 0 : Math.addExact(Math.multiplyExact(size - 1, baseDilation.get(d)), 1);
    long span = Math.addExact(Math.multiplyExact(dimensions.get(d) - 1, windowDilation.get(d)), 1);
    return hlo().stops(d, hlo().padded(d, base), span);
  }
}
