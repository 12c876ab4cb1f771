package dev.jacobi.cpu.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jacobi.cpu.llvm.CodegenOptions;
import dev.jacobi.hlo.memory.Allocation;
import dev.jacobi.hlo.memory.Pool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Steps whose results nobody closes: resident memory must level off. */
@Tag("long")
class SoakTest {
  private static final Path STATM = Path.of("/proc/self/statm");
  private static final String IR =
      """
      define i32 @touch(ptr %args, ptr %outs, ptr %ctx) nounwind {
        %o = load ptr, ptr %outs
        store i64 1, ptr %o
        ret i32 0
      }
      """;

  private static long residentBytes() throws IOException {
    return Long.parseLong(Files.readString(STATM).split(" ")[1]) * 4096;
  }

  @Test
  void residentMemoryLevelsOff() throws IOException {
    assumeTrue(Files.exists(STATM), "only Linux tells");
    var object = ObjectCache.shared().compile("soak", IR, CodegenOptions.host());
    var code = ElfLoader.load(object, NativeRuntime.symbols());
    long[] leaves = {64, 64, 400, 400, 4096, 4096, 40_000, 40_000, 4, 4, 1 << 20, 1 << 18};
    var step = Program.of(code, "touch", 10_000, leaves);
    var eager = Program.of(code, "touch", 0, 64);
    var state = new Allocation[leaves.length];
    for (int i = 0; i < leaves.length; i++) {
      state[i] = Pool.shared().allocate(leaves[i]);
    }
    var kept = new ArrayList<Allocation>();
    long early = 0;
    int steps = 300_000;
    for (int i = 0; i < steps; i++) {
      state = step.call(state, 1);
      for (int j = 0; j < 10; j++) {
        var result = eager.call(state, 1)[0];
        if (j == 0 && i % 10_000 == 0) {
          kept.add(result);
        }
      }
      if (i % 16 == 0) {
        for (var leaf : state) {
          leaf.fill((byte) 1); // So that pages are really there.
        }
      }
      if (i == steps / 10) {
        early = residentBytes();
      }
    }
    assertThat(kept).hasSize(steps / 10_000);
    assertThat(residentBytes()).isLessThan(early + early / 20 + (32L << 20));
  }
}
