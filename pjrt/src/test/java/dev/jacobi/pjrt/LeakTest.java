package dev.jacobi.pjrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.spi.Backend;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.CompileOptions;
import dev.jacobi.hlo.spi.Engines;
import dev.jacobi.hlo.spi.Executable;
import dev.jacobi.hlo.text.HloParser;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Memory after many calls is what it was after few. */
@Tag("xla")
class LeakTest {
  private static final Path STATM = Path.of("/proc/self/statm");
  private static final long PAGE = 4096;
  private static final TensorType TYPE = TensorType.of(DType.F32, 16);
  private static final String ADD =
      """
      func.func @main(%a: tensor<16xf32>, %b: tensor<16xf32>) -> tensor<16xf32> {
        %0 = stablehlo.add %a, %b : tensor<16xf32>
        return %0 : tensor<16xf32>
      }
      """;

  private Backend engine;

  @BeforeEach
  void open() {
    assumeTrue(Engines.names().contains("pjrt:cpu"), "no PJRT plugin for CPUs is installed");
    engine = Engines.find("pjrt:cpu");
  }

  private Buffer ones() {
    float[] ones = new float[16];
    java.util.Arrays.fill(ones, 1);
    return engine.fromHost(TYPE, MemorySegment.ofArray(ones));
  }

  @Test
  void closedArraysAreGone() throws InterruptedException {
    long before = held();
    try (Executable add = engine.compile(HloParser.parse(ADD), CompileOptions.DEFAULT)) {
      Buffer x = ones();
      for (int i = 0; i < 3000; i++) {
        Buffer y = add.execute(new Buffer[] {x, x})[0];
        assertThat(y.toHost().byteSize()).isEqualTo(64);
        y.close();
      }
      x.close();
    }
    assertThat(heldAtMost(before)).isLessThanOrEqualTo(before);
  }

  /** A call that the plugin or we refuse keeps nothing. */
  @Test
  void refusedCallsKeepNothing() {
    Buffer x = ones();
    try (Executable add = engine.compile(HloParser.parse(ADD), CompileOptions.DEFAULT)) {
      for (int i = 0; i < 1000; i++) {
        assertThatThrownBy(() -> add.execute(new Buffer[] {x}))
            .isInstanceOf(IllegalArgumentException.class);
      }
      assertThat(((PjrtBuffer) x).handle().isShared()).isFalse();
    }
    x.close();
    assertThat(x.isClosed()).isTrue();
  }

  @Test
  @Tag("long")
  void aMillionCalls() throws IOException, InterruptedException {
    assumeTrue(Files.isReadable(STATM), "resident memory is read from " + STATM);
    try (Executable add = engine.compile(HloParser.parse(ADD), CompileOptions.DEFAULT)) {
      Buffer[] in = {ones(), ones()};
      calls(add, in, 100_000, true);
      calls(add, in, 100_000, false);
      long held = held();
      Memory before = Memory.now();
      calls(add, in, 400_000, true);
      assertThat(Memory.now().since(before)).as("closed").isLessThan(64 << 20); // 168 bytes a call
      calls(add, in, 400_000, false);
      assertThat(Memory.now().since(before)).as("dropped").isLessThan(128 << 20);
      assertThat(heldAtMost(held)).isLessThanOrEqualTo(held);
    }
  }

  /** Results are closed, or dropped as users do. */
  private static void calls(Executable add, Buffer[] in, int n, boolean close) {
    for (int i = 0; i < n; i++) {
      Buffer result = add.execute(in)[0];
      if (close) {
        result.close();
      }
    }
  }

  private static long held() {
    System.gc();
    Handle.freeUnreachable();
    return Pressure.held();
  }

  /** Views are found by a thread of the JDK's, which may take its time. */
  private static long heldAtMost(long wanted) throws InterruptedException {
    long held = held();
    for (int i = 0; i < 200 && held > wanted; i++) {
      Thread.sleep(50);
      held = held();
    }
    return held;
  }

  /** Resident memory, and what of it Java's heap may take, which grows and shrinks as it likes. */
  private record Memory(long resident, long heap) {
    static Memory now() throws IOException {
      long pages = Long.parseLong(Files.readString(STATM).split(" ")[1]);
      return new Memory(pages * PAGE, Runtime.getRuntime().totalMemory());
    }

    /** What is there beyond growth of the heap. */
    long since(Memory before) {
      return resident - before.resident - Math.max(0, heap - before.heap);
    }
  }
}
