package dev.jacobi.debug;

import static dev.jacobi.Jacobi.disableJit;
import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.Jacobi.vmap;
import static dev.jacobi.numpy.Jnp.arange;
import static dev.jacobi.numpy.Jnp.scalar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Mode;
import dev.jacobi.OnPlugins;
import dev.jacobi.Op1;
import dev.jacobi.control.BranchException;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.spi.CallInterruptedException;
import dev.jacobi.lax.Lax;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What would never end can be interrupted, and what has no meaning is said. */
class InterruptTest {
  @BeforeEach
  void onEngines() {
    OnPlugins.skip("nothing is interrupted or checked");
  }

  private static Array endless(Array x) {
    return Lax.whileLoop(c -> c.sum().ge(0f), c -> c.times(0.5f).plus(1f), x);
  }

  @TestFactory
  Stream<DynamicTest> endlessLoops() {
    Op1 nested = x -> Lax.foriLoop(0, 3, (i, c) -> endless(c), x);
    Op1 lanes = vmap(x -> Lax.whileLoop(c -> c.ge(0f), c -> c.times(0.5f).plus(1f), x));
    return Stream.of(
        row("eager", () -> endless(scalar(1f))),
        row("jit", () -> jit(InterruptTest::endless).apply(scalar(1f))),
        row("an array", () -> jit(InterruptTest::endless).apply(arange(100f))),
        row("nested", () -> jit(nested).apply(scalar(1f))),
        row("lanes", () -> jit(lanes).apply(arange(9f))),
        row("without jit", () -> disableJit(() -> endless(scalar(1f)))));
  }

  private static DynamicTest row(String what, Supplier<Array> call) {
    return DynamicTest.dynamicTest(what, () -> interrupted(call));
  }

  private static void interrupted(Supplier<Array> call) throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    CountDownLatch running = new CountDownLatch(1);
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  running.countDown();
                  try {
                    thrown.set(new AssertionError("ended with " + call.get()));
                  } catch (RuntimeException e) {
                    thrown.set(e);
                  }
                });
    running.await();
    for (int i = 0; thread.isAlive() && i < 200; i++) { // the first may come before the loop
      thread.interrupt();
      thread.join(50);
    }
    assertThat(thread.isAlive()).isFalse();
    assertThat(thrown.get()).isInstanceOf(CallInterruptedException.class);
  }

  /** A callback that is interrupted says so itself. */
  @Test
  void callbacksSeeTheInterrupt() {
    Op1 f =
        jit(
            x -> {
              dev.jacobi.Jacobi.debugCallback(
                  (Array v) -> {
                    try {
                      TimeUnit.SECONDS.sleep(60);
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                      throw new IllegalStateException("woken", e);
                    }
                  },
                  x);
              return x;
            });
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> f.apply(scalar(1f)))
          .isInstanceOfAny(CallbackException.class, CallInterruptedException.class);
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void branchesOutOfRange() {
    List<Fn1<Array, Array>> branches = List.of(x -> x, x -> x.times(2), x -> x.times(3));
    Op1 f = i -> Lax.switchCase(i, branches, scalar(5f));
    Op1 clipped = i -> Lax.switchCase(i, Mode.CLIP, branches, scalar(5f));
    for (Op1 g : List.of(f, jit(f))) {
      assertThat(g.apply(scalar(2)).item()).isEqualTo(15);
      for (int bad : new int[] {3, -1, Integer.MAX_VALUE}) {
        assertThatThrownBy(() -> g.apply(scalar(bad)))
            .isInstanceOf(BranchException.class)
            .hasMessageContaining("switch at InterruptTest.java:")
            .hasMessageContaining("no branch " + bad);
      }
    }
    assertThat(jit(clipped).apply(scalar(9)).item()).isEqualTo(15);
    assertThat(jit(clipped).apply(scalar(-9)).item()).isEqualTo(5);
    assertThat(jit(clipped).apply(scalar(1L << 32)).item()).isEqualTo(15); // JAX 0.10.2: 5
    assertThat(clipped.apply(scalar(-1).astype(DType.U32)).item()).isEqualTo(15);
    assertThatThrownBy(() -> vmap(f).apply(arange(4).astype(DType.I32)))
        .isInstanceOf(BranchException.class)
        .hasMessageContaining("in lane 3 has no branch 3");
  }
}
