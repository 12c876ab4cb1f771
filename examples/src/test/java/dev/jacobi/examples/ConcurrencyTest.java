package dev.jacobi.examples;

import static dev.jacobi.Jacobi.grad;
import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.Jacobi.vmap;
import static dev.jacobi.numpy.Jnp.arange;
import static dev.jacobi.numpy.Jnp.sin;
import static dev.jacobi.numpy.Jnp.tanh;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.Array;
import dev.jacobi.JitOp1;
import dev.jacobi.Op1;
import dev.jacobi.hlo.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Any number of threads may trace, compile and call, the same functions and different ones. */
@Tag("slow")
final class ConcurrencyTest {
  private static final int THREADS = 8;
  private static final int ROUNDS = 12;

  private static Array values(int n) {
    return arange(n).astype(DType.F32).times(0.1);
  }

  /** Values and gradients of functions of the thread's own and of one that all share. */
  private static String work(JitOp1 shared, int thread, int round) {
    Array x = values(1 + (thread + round) % 5);
    double factor = 1 + round % 7;
    Op1 own = x1 -> tanh(x1.times(factor)).sum();
    return shared.apply(x)
        + " "
        + jit(grad(own)).apply(x)
        + " "
        + vmap(grad(y -> sin(y).times(factor))).apply(x)
        + " "
        + jit(vmap(jit(own))).apply(x.reshape(-1, 1));
  }

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void eightThreadsGetTheResultsOfOne() throws Exception {
    JitOp1 shared = jit((Op1) x -> sin(x).times(x).plus(1));
    List<Callable<List<String>>> tasks = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      int thread = t;
      tasks.add(
          () -> {
            List<String> results = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
              results.add(work(shared, thread, round));
            }
            return results;
          });
    }
    List<List<String>> together = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(THREADS)) {
      for (Future<List<String>> result : pool.invokeAll(tasks)) {
        together.add(result.get());
      }
    }
    JitOp1 alone = jit((Op1) x -> sin(x).times(x).plus(1));
    for (int t = 0; t < THREADS; t++) {
      for (int round = 0; round < ROUNDS; round++) {
        assertThat(together.get(t).get(round)).isEqualTo(work(alone, t, round));
      }
    }
  }
}
