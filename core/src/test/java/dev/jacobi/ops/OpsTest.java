package dev.jacobi.ops;

import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.numpy.Jnp.array;
import static dev.jacobi.numpy.Jnp.ones;
import static dev.jacobi.numpy.Jnp.zeros;
import static dev.jacobi.ops.Ops.segmentMax;
import static dev.jacobi.ops.Ops.segmentProd;
import static dev.jacobi.ops.Ops.segmentSum;
import static dev.jacobi.ops.Ops.segments;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.Array;
import dev.jacobi.Jacobi;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.trace.ConcretizationException;
import org.junit.jupiter.api.Test;

/** What reductions of segments refuse, and promises that are broken. */
class OpsTest {
  private static final Array IDS = array(0, 2, 1);

  @Test
  void tracedIdsDoNotSayHowManySegmentsThereAre() {
    var f = jit((x, i) -> segmentSum(x, i, segments()));
    assertThatThrownBy(() -> f.apply(ones(3), IDS))
        .isInstanceOf(ConcretizationException.class)
        .hasMessageContaining("segments(n)");
    var mapped = jit(x -> segmentSum(x, IDS, segments()));
    assertThat(mapped.apply(ones(3)).toFloatArray()).containsExactly(1, 1, 1);
  }

  @Test
  void idsThatAreKnownUnderGradCount() {
    var f = Jacobi.grad(x -> segmentSum(x, IDS, segments()).get(1));
    assertThat(f.apply(ones(3)).toFloatArray()).containsExactly(0, 0, 1);
  }

  @Test
  void onlyNegativeIdsNeedNoSegment() {
    assertThat(segmentSum(ones(3), array(-1, -1, -1), segments()).shape().toArray())
        .containsExactly(0);
    refuses(() -> segmentSum(ones(3), array(-5, -5, -5), segments()), "-4 segments");
  }

  @Test
  void refusals() {
    refuses(() -> segmentSum(ones(3), ones(3), 3), "must be integers");
    refuses(() -> segmentSum(ones(3), array(true, false, true), 3), "must be integers");
    refuses(() -> segmentSum(array(true, false, true), IDS, 3), "does not take bool[3]");
    refuses(() -> segmentProd(array(true, false, true), IDS, 3), "does not take bool[3]");
    refuses(() -> segmentMax(ones(3), IDS, -1), "-1 segments");
    refuses(() -> segmentSum(ones(3), IDS, segments(3).bucketSize(0)), "buckets of 0");
    refuses(() -> segmentSum(ones(2), IDS, 3), "");
    refuses(() -> segmentSum(ones(3), zeros(1, 3).astype(IDS.dtype()), bucketed()), "buckets of 2");
  }

  private static Segments bucketed() {
    return segments(3).bucketSize(2);
  }

  private static void refuses(Runnable call, String why) {
    assertThatThrownBy(call::run).isInstanceOf(LaxTypeException.class).hasMessageContaining(why);
  }

  /** Ids that are not as promised are dropped, or combine as any others. */
  @Test
  void brokenPromises() {
    Array x = array(1f, 2f, 4f);
    Array ids = array(1, 0, 1);
    assertThat(segmentSum(x, ids, segments(2).sorted().unique()).toFloatArray())
        .containsExactly(2, 5);
  }
}
