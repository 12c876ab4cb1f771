package dev.jacobi.scipy.interpolate;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Scalars;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.transform.NamedJit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arrays at coordinates between their elements. */
public final class Coordinates {
  private Coordinates() {}

  /**
   * An element that takes part along one dimension.
   *
   * @param inside where the index is that of an element; null for everywhere
   * @param weight null for 1
   */
  private record Node(Array index, @Nullable Array inside, @Nullable Array weight) {}

  /** An array at one array of coordinates per dimension. */
  public static Array map(
      Array input, List<Array> coordinates, int order, Border border, double cval) {
    String name = "map_coordinates";
    if (coordinates.size() != input.rank() || coordinates.isEmpty()) {
      throw new LaxTypeException(
          name,
          "takes one array of coordinates for each dimension, not "
              + coordinates.size()
              + " for shape "
              + input.shape());
    }
    if (order != 0 && order != 1) {
      throw new LaxTypeException(name, "the order is 0 (nearest) or 1 (linear), not " + order);
    }
    if (input.size() == 0) {
      throw new LaxTypeException(name, "takes no empty array, got shape " + input.shape());
    }
    List<Array> operands = new ArrayList<>(coordinates);
    operands.addFirst(input);
    operands.forEach(x -> notComplex(name, x, x != input));
    return NamedJit.call(
            name,
            List.of(order, border, cval),
            x -> List.of(mapped(x.getFirst(), x.subList(1, x.size()), order, border, cval)),
            operands)
        .getFirst();
  }

  private static void notComplex(String name, Array x, boolean isCoordinate) {
    if (isCoordinate && (x.dtype().isComplex() || x.dtype().isBool())) {
      throw new LaxTypeException(name, "coordinates are real numbers, not " + x.dtype());
    }
  }

  private static Array mapped(
      Array input, List<Array> coordinates, int order, Border border, double cval) {
    List<Array> given = Jnp.broadcastArrays(coordinates.toArray(Array[]::new));
    List<List<Node>> nodes = new ArrayList<>();
    for (int d = 0; d < given.size(); d++) {
      nodes.add(nodes(given.get(d), input.dim(d), order, border));
    }
    Array sum = null;
    for (List<Node> corner : corners(nodes)) {
      Array term = term(input, corner, cval);
      sum = sum == null ? term : Jnp.add(sum, term);
    }
    boolean rounds = input.dtype().isInteger() && sum.dtype().isInexact();
    return Convert.convertElementType(rounds ? Elementary.roundAway(sum) : sum, input.dtype());
  }

  private static List<Node> nodes(Array at, long n, int order, Border border) {
    boolean whole = !at.dtype().isInexact();
    if (order == 0 || whole) {
      Array index = whole ? at : Elementary.roundAway(at);
      return List.of(node(Convert.convertElementType(index, DType.I32), null, n, border));
    }
    Array floor = Jnp.floor(at);
    Array upper = Jnp.subtract(at, floor);
    Array index = Convert.convertElementType(floor, DType.I32);
    return List.of(
        node(index, Jnp.subtract(Scalars.like(upper, 1), upper), n, border),
        node(index.plus(1), upper, n, border));
  }

  private static Node node(Array index, @Nullable Array weight, long n, Border border) {
    Array place =
        switch (border) {
          case CONSTANT, NEAREST -> Jnp.clip(index, 0L, n - 1);
          case WRAP -> Jnp.remainder(index, Jnp.weak(n));
          case MIRROR -> mirrored(index, n);
          case REFLECT ->
              Jnp.floorDivide(mirrored(index.times(2).plus(1), 2 * n + 1).minus(1), Jnp.weak(2L));
        };
    Array inside = border == Border.CONSTANT ? Jnp.logicalAnd(index.ge(0), index.lt(n)) : null;
    return new Node(place, inside, weight);
  }

  /** A triangular wave: 0 at 0, n - 1 at n - 1, and again 0 at 2n - 2. */
  private static Array mirrored(Array index, long n) {
    long half = n - 1;
    return half == 0
        ? Jnp.zerosLike(index)
        : Jnp.abs(Jnp.remainder(index.plus(half), Jnp.weak(2 * half)).minus(half));
  }

  private static List<List<Node>> corners(List<List<Node>> nodes) {
    List<List<Node>> all = List.of(List.of());
    for (List<Node> next : nodes) {
      List<List<Node>> longer = new ArrayList<>();
      for (List<Node> some : all) {
        for (Node node : next) {
          List<Node> one = new ArrayList<>(some);
          one.add(node);
          longer.add(one);
        }
      }
      all = longer;
    }
    return all;
  }

  private static Array term(Array input, List<Node> corner, double cval) {
    Array value = Reads.read(input, corner.stream().map(Node::index).toList());
    Array inside = null;
    Array weight = null;
    for (Node node : corner) {
      inside = product(inside, node.inside());
      weight = product(weight, node.weight());
    }
    if (inside != null) {
      value = Jnp.where(inside, value, Scalars.like(input, cval));
    }
    return weight == null ? value : Jnp.multiply(weight, value);
  }

  private static @Nullable Array product(@Nullable Array x, @Nullable Array y) {
    if (x == null || y == null) {
      return x == null ? y : x;
    }
    return x.dtype().isBool() ? Jnp.logicalAnd(x, y) : Jnp.multiply(x, y);
  }
}
