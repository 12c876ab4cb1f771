package dev.jacobi.lax;

import dev.jacobi.hlo.Longs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What is put around an array's spatial dimensions before windows slide over it. */
public sealed interface Padding {
  /** Chosen by sizes. */
  enum Named implements Padding {
    /** So that there are {@code ceil(size / stride)} places; an odd element at the end. */
    SAME,
    /** The same with an odd element at the beginning. */
    SAME_LOWER,
    /** None: every window lies inside. */
    VALID
  }

  /** Elements before and after each dimension; negative numbers trim. */
  record Explicit(List<Longs> pairs) implements Padding {
    public Explicit {
      pairs = List.copyOf(pairs);
    }
  }

  Padding SAME = Named.SAME;
  Padding SAME_LOWER = Named.SAME_LOWER;
  Padding VALID = Named.VALID;

  /** One pair per spatial dimension: {@code of(new long[] {1, 1}, new long[] {0, 2})}. */
  static Padding of(long[]... pairs) {
    return new Explicit(Arrays.stream(pairs).map(Longs::of).toList());
  }

  /** The pairs for an array and a window (dilated already) of these sizes. */
  default List<Longs> pairs(long[] sizes, long[] window, Longs strides) {
    return switch (this) {
      case Explicit e -> e.pairs();
      case Named named -> {
        List<Longs> pairs = new ArrayList<>();
        for (int d = 0; d < sizes.length; d++) {
          long places = Math.ceilDiv(sizes[d], strides.get(d));
          long all = Math.max((places - 1) * strides.get(d) + window[d] - sizes[d], 0);
          pairs.add(
              switch (named) {
                case SAME -> Longs.of(all / 2, all - all / 2);
                case SAME_LOWER -> Longs.of(all - all / 2, all / 2);
                case VALID -> Longs.of(0, 0);
              });
        }
        yield pairs;
      }
    };
  }
}
