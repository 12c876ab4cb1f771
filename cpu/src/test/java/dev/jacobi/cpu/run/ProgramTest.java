package dev.jacobi.cpu.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.cpu.llvm.CodegenOptions;
import dev.jacobi.cpu.llvm.Llvm;
import dev.jacobi.hlo.memory.Allocation;
import dev.jacobi.hlo.memory.ClosedException;
import dev.jacobi.hlo.memory.Pool;
import dev.jacobi.hlo.spi.CallInterruptedException;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramTest {
  /** Programs over one i64 argument and one i64 result, and over a vector of a million i64. */
  private static final String IR =
      """
      declare void @jacobi_parallel(ptr, ptr, ptr, i64)
      declare void @jacobi_fail(ptr, i64, i32, ptr, i32)

      define i32 @twice(ptr %args, ptr %outs, ptr %ctx) nounwind {
        %a = load ptr, ptr %args
        %o = load ptr, ptr %outs
        %x = load i64, ptr %a
        %scratch = load ptr, ptr %ctx
        %y = shl i64 %x, 1
        store i64 %y, ptr %scratch
        %z = load i64, ptr %scratch
        store i64 %z, ptr %o
        ret i32 0
      }

      ; Task i of n adds i to the result's word i; the context is {outs, ctx}.
      define internal void @mark(ptr %c, i64 %i) nounwind {
        %o = load ptr, ptr %c
        %p = getelementptr i64, ptr %o, i64 %i
        %v = atomicrmw add ptr %p, i64 %i seq_cst
        ret void
      }
      define i32 @mark_all(ptr %args, ptr %outs, ptr %ctx) nounwind {
        %a = load ptr, ptr %args
        %n = load i64, ptr %a
        %o = load ptr, ptr %outs
        %bytes = shl i64 %n, 3
        call void @llvm.memset.p0.i64(ptr %o, i8 0, i64 %bytes, i1 false)
        %cell = alloca ptr
        store ptr %o, ptr %cell
        %poolp = getelementptr i8, ptr %ctx, i64 8
        %pool = load ptr, ptr %poolp
        call void @jacobi_parallel(ptr %pool, ptr @mark, ptr %cell, i64 %n)
        ret i32 0
      }
      declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)

      ; Every task i >= 3 fails, with values {i, 10 i}.
      define internal void @check(ptr %ctx, i64 %i) nounwind {
        %bad = icmp sge i64 %i, 3
        br i1 %bad, label %fail, label %good
      fail:
        %values = alloca [2 x i64]
        store i64 %i, ptr %values
        %second = getelementptr i64, ptr %values, i64 1
        %ten = mul i64 %i, 10
        store i64 %ten, ptr %second
        %recordp = getelementptr i8, ptr %ctx, i64 16
        %record = load ptr, ptr %recordp
        call void @jacobi_fail(ptr %record, i64 %i, i32 77, ptr %values, i32 2)
        ret void
      good:
        ret void
      }
      define i32 @check_all(ptr %args, ptr %outs, ptr %ctx) nounwind {
        %poolp = getelementptr i8, ptr %ctx, i64 8
        %pool = load ptr, ptr %poolp
        call void @jacobi_parallel(ptr %pool, ptr @check, ptr %ctx, i64 200)
        ret i32 1
      }

      define i32 @forever(ptr %args, ptr %outs, ptr %ctx) nounwind {
        %stopp = getelementptr i8, ptr %ctx, i64 24
        %stop = load ptr, ptr %stopp
        br label %loop
      loop:
        %s = load atomic i32, ptr %stop monotonic, align 4
        %go = icmp eq i32 %s, 0
        br i1 %go, label %loop, label %done
      done:
        ret i32 2
      }

      ; Sums tasks of its own inside tasks: word i of the result counts the inner tasks.
      define internal void @inner(ptr %word, i64 %i) nounwind {
        %v = atomicrmw add ptr %word, i64 1 seq_cst
        ret void
      }
      define internal void @outer(ptr %c, i64 %i) nounwind {
        %o = load ptr, ptr %c
        %p = getelementptr i64, ptr %o, i64 %i
        store i64 0, ptr %p
        %viewp = getelementptr ptr, ptr %c, i64 1
        %view = load ptr, ptr %viewp
        call void @jacobi_parallel(ptr %view, ptr @inner, ptr %p, i64 10)
        ret void
      }
      define i32 @nested(ptr %args, ptr %outs, ptr %ctx) nounwind {
        %cell = alloca [2 x ptr]
        %o = load ptr, ptr %outs
        store ptr %o, ptr %cell
        %poolp = getelementptr i8, ptr %ctx, i64 8
        %pool = load ptr, ptr %poolp
        %second = getelementptr ptr, ptr %cell, i64 1
        store ptr %pool, ptr %second
        call void @jacobi_parallel(ptr %pool, ptr @outer, ptr %cell, i64 100)
        ret i32 0
      }
      """;

  private static final LoadedCode CODE =
      ElfLoader.load(Llvm.compile("programs", IR, CodegenOptions.host()), NativeRuntime.symbols());
  private static final ThreadPool FOUR = new ThreadPool(4);

  private static Allocation word(long value) {
    var a = Pool.shared().allocate(8);
    a.putBits(0, 8, value);
    return a;
  }

  private static Allocation[] args(long value) {
    return new Allocation[] {word(value)};
  }

  @Test
  void callReturnsResultsAndKeepsItsScratchMemory() {
    var program = Program.of(CODE, "twice", 1000, 8);
    for (int i = 0; i < 1000; i++) {
      assertThat(program.call(args(i), 0)[0].getLong(0)).isEqualTo(2L * i);
    }
    program.trim();
    assertThat(program.call(args(21), 0)[0].getLong(0)).isEqualTo(42);
  }

  @Test
  void resultMayLieInGivenMemory() {
    var program = Program.of(CODE, "twice", 8, 8);
    var a = word(5);
    program.call(new Allocation[] {a}, new Allocation[] {a}, 0);
    assertThat(a.getLong(0)).isEqualTo(10);
  }

  @Test
  void closedArgumentsAreRefusedAndNothingStaysPinned() {
    var program = Program.of(CODE, "twice", 8, 8);
    var open = word(1);
    var closed = word(2);
    closed.close();
    assertThatThrownBy(() -> program.call(new Allocation[] {open, closed}, 0))
        .isInstanceOf(ClosedException.class);
    assertThat(open.toString()).doesNotContain("pinned");
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 4", "2, 4", "3, 4", "1000, 1", "1000, 2", "1000, 3", "100000, 4"})
  void everyTaskRunsOnce(int tasks, int threads) {
    var program = Program.of(CODE, FOUR, "mark_all", 0, Math.max(8, 8L * tasks));
    for (int round = 0; round < 20; round++) {
      var result = program.call(args(tasks), threads)[0];
      for (int i = 0; i < tasks; i++) {
        if (result.getLong(8L * i) != i) {
          assertThat(result.getLong(8L * i)).as("task %d", i).isEqualTo(i);
        }
      }
    }
  }

  @Test
  void nestedTasksRunInline() {
    var program = Program.of(CODE, FOUR, "nested", 0, 800);
    for (int round = 0; round < 200; round++) {
      var result = program.call(new Allocation[0], 4)[0];
      for (int i = 0; i < 100; i++) {
        assertThat(result.getLong(8L * i)).isEqualTo(10);
      }
    }
  }

  @Test
  void firstErrorInProgramOrderWins() {
    var program = Program.of(CODE, FOUR, "check_all", 0);
    for (int round = 0; round < 100; round++) {
      assertThatThrownBy(() -> program.call(new Allocation[0], 4))
          .isInstanceOfSatisfying(
              ProgramFailure.class,
              e -> {
                assertThat(e.site()).isEqualTo(77);
                assertThat(e.values()).containsExactly(3, 30);
              });
    }
    assertThat(Program.of(CODE, "twice", 8, 8).call(args(4), 0)[0].getLong(0)).isEqualTo(8);
  }

  @Test
  void interruptEndsALongCall() throws Exception {
    var program = Program.of(CODE, "forever", 0);
    var seen = new AtomicReference<Throwable>();
    var thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    program.call(new Allocation[0], 1);
                  } catch (CallInterruptedException e) {
                    seen.set(Thread.currentThread().isInterrupted() ? e : null);
                  }
                  Thread.interrupted();
                  Program.of(CODE, "twice", 8, 8).call(args(4), 0);
                });
    Thread.sleep(50);
    assertThat(thread.isAlive()).isTrue();
    thread.interrupt();
    thread.join(10_000);
    assertThat(thread.isAlive()).isFalse();
    assertThat(seen.get()).isInstanceOf(CallInterruptedException.class);
  }

  @Test
  @Tag("slow")
  void manyThreadsCallAtOnce() throws Exception {
    var marks = Program.of(CODE, FOUR, "mark_all", 0, 8 * 64);
    var twice = Program.of(CODE, FOUR, "twice", 64, 8);
    try (var threads = Executors.newFixedThreadPool(8)) {
      var results = new ArrayList<Future<?>>();
      for (int t = 0; t < 8; t++) {
        int seed = t;
        results.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 5000; i++) {
                    var a = marks.call(args(64), 4)[0];
                    for (int j = 0; j < 64; j++) {
                      if (a.getLong(8L * j) != j) {
                        throw new AssertionError("task " + j);
                      }
                    }
                    if (twice.call(args(seed), 4)[0].getLong(0) != 2 * seed) {
                      throw new AssertionError("twice");
                    }
                  }
                }));
      }
      for (var result : results) {
        result.get();
      }
    }
  }
}
