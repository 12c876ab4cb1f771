package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.Index;
import dev.jacobi.Mode;
import dev.jacobi.trace.ConcreteArray;
import dev.jacobi.trace.ScalarArray;
import dev.jacobi.trace.UserCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Index entries in full: no ellipsis, no masks, one entry for every dimension. */
final class Entries {
  private Entries() {}

  static final Index ALL = new Index.Range(null, null, 1);

  /** Whether an entry is an array of positions with dimensions of its own. */
  static boolean isVector(Index entry) {
    return entry instanceof Index.Positions p && p.array().rank() > 0;
  }

  private static int consumed(Index entry) {
    return switch (entry) {
      case Index.At a -> 1;
      case Index.Range r -> 1;
      case Index.Positions p -> 1;
      case Index.Mask m -> m.array().rank();
      case Index.NewAxis n -> 0;
      case Index.Ellipsis e -> 0;
    };
  }

  static List<Index> expand(Array x, List<Index> place) {
    int used = place.stream().mapToInt(Entries::consumed).sum();
    long ellipses = place.stream().filter(e -> e instanceof Index.Ellipsis).count();
    if (used > x.rank() || ellipses > 1) {
      throw ArrayIndexException.problem(
          ellipses > 1
              ? "only one ellipsis() can be used"
              : "indices for " + used + " dimensions, but the array has shape " + x.shape());
    }
    List<Index> entries = new ArrayList<>();
    int d = 0;
    for (Index entry : place) {
      if (entry instanceof Index.Ellipsis) {
        for (int k = used; k < x.rank(); k++) {
          entries.add(ALL);
          d++;
        }
      } else if (entry instanceof Index.Mask m) {
        checkMask(x, m.array(), d);
        Indexing.nonzero(m.array()).forEach(p -> entries.add(new Index.Positions(p)));
        d += m.array().rank();
      } else {
        entries.add(entry);
        d += consumed(entry);
      }
    }
    for (; d < x.rank(); d++) {
      entries.add(ALL);
    }
    return entries;
  }

  static void checkMask(Array x, Array mask, int from) {
    boolean fits = mask.rank() > 0 && from + mask.rank() <= x.rank();
    for (int k = 0; fits && k < mask.rank(); k++) {
      fits = mask.shape().dim(k) == x.shape().dim(from + k);
    }
    if (!fits) {
      throw ArrayIndexException.problem(
          "a mask of shape "
              + mask.shape()
              + " does not cover the dimensions from "
              + from
              + " of an array of shape "
              + x.shape());
    }
  }

  /** Positions and arrays of them, unless a mode says what to do. */
  static void checkBounds(Array x, List<Index> entries, @Nullable Mode mode) {
    int d = 0;
    for (Index entry : entries) {
      if (entry instanceof Index.NewAxis) {
        continue;
      }
      if (entry instanceof Index.At at && mode == null) {
        check(at.position(), x.shape().dim(d), d, x);
      } else if (entry instanceof Index.Positions p && mode == null) {
        checkValues(p.array(), x.shape().dim(d), d, x);
      }
      d++;
    }
  }

  /** Whether every static position lies in the array. */
  static boolean inBounds(Array x, List<Index> entries) {
    int d = 0;
    for (Index entry : entries) {
      if (entry instanceof Index.At(long i) && (i < -x.dim(d) || i >= x.dim(d))) {
        return false;
      }
      d += entry instanceof Index.NewAxis ? 0 : 1;
    }
    return true;
  }

  /** Whether an entry takes all of a dimension, whose size then need not be known. */
  static boolean isAll(Index entry) {
    return entry instanceof Index.Range r && r.start() == null && r.stop() == null && r.step() == 1;
  }

  /** Checks the values of an index array now, or while the program runs. */
  static void checkValues(Array index, long n, int d, Array x) {
    if (index.shape().isStatic() && index.size() == 0) {
      return;
    }
    if (!(index instanceof ConcreteArray || index instanceof ScalarArray)) {
      BoundsCheck.require(index, d, x);
      return;
    }
    long least = index.dtype().isUnsigned() ? 0 : -n; // as long, 64 bits may become negative
    for (long i : index.toLongArray()) {
      if (i < least || i >= n) {
        String text = BoundsCheck.text(index.dtype(), i);
        throw ArrayIndexException.outOfBounds(text, d, x.shape(), UserCode.line());
      }
    }
  }

  private static void check(long index, long n, int d, Array x) {
    if (index < -n || index >= n) {
      throw ArrayIndexException.outOfBounds(index, d, x.shape());
    }
  }
}
