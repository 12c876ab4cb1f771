package dev.jacobi.random;

import dev.jacobi.Array;
import dev.jacobi.Key;
import dev.jacobi.Mode;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Concatenation;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Slices;
import dev.jacobi.lax.Sort;
import dev.jacobi.lax.Stacking;
import dev.jacobi.lax.Zeros;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Promotion;
import dev.jacobi.transform.NamedJit;
import java.util.List;

/** Random order, and random elements. */
final class Drawing {
  /** With so many times the bits that number all elements, equal keys are rare enough. */
  private static final int EXPONENT = 3;

  private static final double MOST_U32 = 0xFFFF_FFFFL;

  private Drawing() {}

  /** The elements in the order of random numbers, several times over. */
  static Array shuffle(Key key, Array x, int axis) {
    return NamedJit.call(
            "_shuffle",
            axis,
            in -> List.of(shuffled(in.get(0), in.get(1), axis)),
            List.of(key.array(), x))
        .getFirst();
  }

  private static Array shuffled(Array key, Array x, int axis) {
    double words = EXPONENT * Math.log(Math.max(1, x.size())) / Math.log(MOST_U32);
    Array now = x;
    Array next = key;
    for (int round = 0; round < Math.ceil(words); round++) {
      Array keys = RandomPrimitives.split(next, Shape.of(2));
      next = Random.at(keys, 0);
      Array order = RandomPrimitives.bits(Random.at(keys, 1), 32, x.shape());
      now = Sort.sort(List.of(order, now), axis, true, 1).getLast();
    }
    return now;
  }

  static Array permutation(Key key, Array x, int axis, boolean independent) {
    int d = dimension("permutation", x, axis);
    if (independent || x.rank() == 1) {
      return shuffle(key, x, d);
    }
    return Jnp.take(x, shuffle(key, places(x.dim(d)), 0), d, Mode.FILL); // all in bounds
  }

  static Array places(long n) {
    return Shapes.iota(DType.I32, Shape.of(n), 0);
  }

  private static int dimension(String function, Array x, int axis) {
    int d = axis < 0 ? axis + x.rank() : axis;
    if (d < 0 || d >= x.rank()) {
      throw new LaxTypeException(
          function, "axis " + axis + " is out of range for shape " + x.shape());
    }
    return d;
  }

  static Array choice(Key key, Array x, Shape shape, Choice how) {
    int d = dimension("choice", x, how.axis());
    Shape result = x.shape().without(Axes.of(d));
    for (int k = 0; k < shape.rank(); k++) {
      result = result.insert(d + k, shape.dim(k));
    }
    if (shape.size() == 0) {
      return Zeros.of(x.aval().withShape(result));
    }
    check(x.dim(d), shape, how);
    if (how.weights() == null && !how.replaces()) {
      Array all = permutation(key, x, d, false);
      long[] limit = all.shape().toArray();
      limit[d] = shape.size();
      Longs ones = Longs.fill(limit.length, 1);
      Array first = Slices.slice(all, Longs.fill(limit.length, 0), Longs.of(limit), ones);
      return Shapes.reshape(first, result);
    }
    Array found = Jnp.take(x, indices(key, x.dim(d), shape, how), d, Mode.FILL);
    return Shapes.reshape(found, result);
  }

  private static void check(long n, Shape shape, Choice how) {
    if (n == 0 || !how.replaces() && shape.size() > n) {
      throw new LaxTypeException(
          "choice", "cannot draw " + shape.size() + " different ones of " + n + " elements");
    }
    Array p = how.weights();
    if (p != null && !(p.shape().equals(Shape.of(n)) && p.dtype().isFloat())) {
      throw new LaxTypeException(
          "choice", "needs " + n + " floating weights in a vector, but got " + p.aval());
    }
  }

  /** Positions of what is drawn. */
  private static Array indices(Key key, long n, Shape shape, Choice how) {
    Array p = how.weights();
    if (p == null) {
      return Random.randint(key, shape, 0, n);
    }
    if (!how.replaces()) {
      // Gumbel numbers added to the logarithms: the largest are a draw without replacement
      Array noise = Random.gumbel(key, p.shape(), p.dtype(), how.mode());
      Array scores = Arithmetic.add(noise, Elementary.log(p));
      return Sort.topK(scores, shape.size(), 0).getLast();
    }
    Array sums = prefixSums(p);
    Array u = Random.uniform(key, shape, p.dtype());
    Array one = Promotion.broadcastTo(Scalars.of(p.dtype(), 1), shape);
    Array total = Promotion.broadcastTo(Jnp.index(sums, -1), shape);
    return Jnp.searchsorted(sums, Arithmetic.mul(total, Arithmetic.sub(one, u)));
  }

  /** Sums of neighbours, their prefix sums, and what is missing between: JAX's order of adding. */
  private static Array prefixSums(Array x) {
    long n = x.dim(0);
    if (n < 2) {
      return x;
    }
    Array pairs = Arithmetic.add(strided(x, 0, n - 1), strided(x, 1, n));
    Array odd = prefixSums(pairs); // sums up to elements 1, 3, 5, ...
    long rest = (n - 1) / 2;
    Array even = Arithmetic.add(part(odd, 0, rest), strided(x, 2, n));
    even = Concatenation.concatenate(List.of(part(x, 0, 1), even), 0);
    long both = odd.dim(0);
    Array joined =
        Shapes.reshape(Stacking.stack(List.of(part(even, 0, both), odd), 1), Shape.of(2 * both));
    return Concatenation.concatenate(List.of(joined, part(even, both, even.dim(0))), 0);
  }

  private static Array strided(Array x, long from, long to) {
    return Slices.slice(x, Longs.of(from), Longs.of(to), Longs.of(2));
  }

  private static Array part(Array x, long from, long to) {
    return Slices.slice(x, Longs.of(from), Longs.of(to), Longs.of(1));
  }
}
