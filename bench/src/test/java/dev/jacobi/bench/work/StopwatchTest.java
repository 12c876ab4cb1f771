package dev.jacobi.bench.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StopwatchTest {
  @Test
  @Tag("slow")
  void timesOneCall() {
    double micros =
        Stopwatch.bestMicros(
            () -> {
              LockSupport.parkNanos(5_000_000);
              return 1;
            });
    assertThat(micros).isBetween(4_900.0, 20_000.0);
  }

  @Test
  void compilesTwentyTimesBeforeItMeasuresAndKeepsTheFirst() {
    var cleared = new AtomicInteger();
    var calls = new AtomicInteger();
    var times =
        Stopwatch.compiling(
            cleared::incrementAndGet,
            () -> {
              if (calls.getAndIncrement() == 0) {
                LockSupport.parkNanos(20_000_000);
              }
              return calls;
            });
    assertThat(calls).hasValue(27);
    assertThat(cleared).hasValue(27);
    assertThat(times.first()).isGreaterThan(19_000);
    assertThat(times.warm()).isLessThan(times.first());
  }
}
