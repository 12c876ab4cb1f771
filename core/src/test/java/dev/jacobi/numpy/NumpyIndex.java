package dev.jacobi.numpy;

import dev.jacobi.Index;
import dev.jacobi.hlo.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * NumPy's indexing as its manual describes it, element by element: for every element of the result,
 * the position in the array that it comes from.
 */
final class NumpyIndex {
  private final Shape shape;
  private final List<Index> entries;
  private final List<Integer> advanced = new ArrayList<>();
  private long[] common = {};
  private final List<Long> result = new ArrayList<>();
  private int commonAt;

  private NumpyIndex(Shape shape, List<Index> place) {
    this.shape = shape;
    this.entries = full(shape, place);
  }

  /** Row-major positions in an array of this shape. */
  record Places(Shape shape, long[] positions) {}

  static Places of(Shape shape, List<Index> place) {
    NumpyIndex index = new NumpyIndex(shape, place);
    index.findAdvanced();
    index.findShape();
    return index.places();
  }

  private static List<Index> full(Shape shape, List<Index> place) {
    long used =
        place.stream()
            .filter(e -> !(e instanceof Index.NewAxis || e instanceof Index.Ellipsis))
            .count();
    List<Index> all = new ArrayList<>();
    boolean dots = false;
    for (Index entry : place) {
      if (entry instanceof Index.Ellipsis) {
        dots = true;
        for (long k = used; k < shape.rank(); k++) {
          all.add(Jnp.all());
        }
      } else {
        all.add(entry);
      }
    }
    for (long k = used; !dots && k < shape.rank(); k++) {
      all.add(Jnp.all());
    }
    return all;
  }

  /** Integers count as arrays without dimensions as soon as there is one with dimensions. */
  private void findAdvanced() {
    boolean any = entries.stream().anyMatch(e -> e instanceof Index.Positions);
    for (int k = 0; any && k < entries.size(); k++) {
      Index entry = entries.get(k);
      if (entry instanceof Index.At || entry instanceof Index.Positions) {
        advanced.add(k);
      }
      if (entry instanceof Index.Positions(var array)) {
        common = broadcast(common, array.shape().toArray());
      }
    }
  }

  private static long[] broadcast(long[] a, long[] b) {
    int rank = Math.max(a.length, b.length);
    long[] all = new long[rank];
    for (int k = 1; k <= rank; k++) {
      long p = k <= a.length ? a[a.length - k] : 1;
      long q = k <= b.length ? b[b.length - k] : 1;
      all[rank - k] = p == 1 ? q : p;
    }
    return all;
  }

  private void findShape() {
    boolean apart =
        !advanced.isEmpty() && advanced.getLast() - advanced.getFirst() != advanced.size() - 1;
    int first = advanced.isEmpty() ? -1 : apart ? 0 : advanced.getFirst();
    int d = 0;
    for (int k = 0; k < entries.size(); k++) {
      if (k == first) {
        commonAt = result.size();
        for (long n : common) {
          result.add(n);
        }
      }
      switch (entries.get(k)) {
        case Index.NewAxis() -> result.add(1L);
        case Index.Range r -> result.add(r.walk(shape.dim(d++)).count());
        case Index.At a -> d++;
        case Index.Positions p -> d++;
        case Index.Mask m -> throw new IllegalArgumentException("masks are not modelled");
        case Index.Ellipsis e -> throw new IllegalStateException("expanded before");
      }
    }
  }

  private Places places() {
    Shape out = Shape.of(result.stream().mapToLong(Long::longValue).toArray());
    long[] positions = new long[Math.toIntExact(out.size())];
    long[] at = new long[out.rank()];
    for (int n = 0; n < positions.length; n++) {
      positions[n] = source(at);
      for (int d = at.length - 1; d >= 0 && ++at[d] == out.dim(d); d--) {
        at[d] = 0;
      }
    }
    return new Places(out, positions);
  }

  private long source(long[] at) {
    long position = 0;
    int d = 0;
    int next = 0; // dimension of the result
    for (int k = 0; k < entries.size(); k++) {
      if (!advanced.isEmpty() && next == commonAt) {
        next += common.length;
      }
      Index entry = entries.get(k);
      if (entry instanceof Index.NewAxis) {
        next++;
        continue;
      }
      long n = shape.dim(d++);
      long i =
          switch (entry) {
            case Index.At(long p) -> p;
            case Index.Range r -> {
              Index.Walk walk = r.walk(n);
              yield walk.first() + walk.step() * at[next++];
            }
            case Index.Positions(var array) -> {
              long[] own = array.shape().toArray();
              long flat = 0;
              for (int c = 0; c < own.length; c++) {
                long along = at[commonAt + common.length - own.length + c];
                flat = flat * own[c] + (own[c] == 1 ? 0 : along);
              }
              yield array.toLongArray()[Math.toIntExact(flat)];
            }
            case Index.NewAxis a -> 0;
            case Index.Ellipsis e -> 0;
            case Index.Mask m -> 0;
          };
      position = position * n + (i < 0 ? i + n : i);
    }
    return position;
  }
}
