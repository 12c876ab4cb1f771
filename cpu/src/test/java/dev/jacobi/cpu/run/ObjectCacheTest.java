package dev.jacobi.cpu.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.cpu.llvm.CodegenOptions;
import dev.jacobi.cpu.llvm.Isa;
import dev.jacobi.cpu.llvm.Llvm;
import dev.jacobi.cpu.llvm.LlvmException;
import dev.jacobi.cpu.llvm.Target;
import dev.jacobi.hlo.config.CacheFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectCacheTest {
  private static final CodegenOptions HOST = CodegenOptions.host();

  @TempDir Path folder;

  private ObjectCache cache() {
    return new ObjectCache(() -> folder, 1 << 20);
  }

  private static String ir(int i) {
    return "define i32 @f() nounwind { ret i32 " + i + " }\n";
  }

  private Path onlyFile() throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList().getFirst();
    }
  }

  @Test
  void secondProcessFindsWhatTheFirstCompiled() {
    var first = cache().compile("f", ir(1), HOST);
    var second = cache();
    assertThat(second.compile("f", ir(1), HOST)).isEqualTo(first);
    assertThat(second.stats()).isEqualTo(new ObjectCache.Stats(1, 0, 0));
  }

  @Test
  void whateverChangesTheCodeChangesTheKey() {
    var keys =
        List.of(
            ObjectCache.key(ir(1), HOST),
            ObjectCache.key(ir(2), HOST),
            ObjectCache.key(ir(1), HOST.withLevel(Llvm.OptLevel.NONE)),
            ObjectCache.key(ir(1), CodegenOptions.of(Target.of(Isa.SSE2))),
            ObjectCache.key(ir(1), CodegenOptions.of(Target.of(Isa.NEON))));
    assertThat(keys).doesNotHaveDuplicates();
    assertThat(ObjectCache.key(ir(1), HOST.withVerify(false)))
        .isEqualTo(ObjectCache.key(ir(1), HOST.withVerify(true)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 10, 20, 200, -1})
  void damagedEntryIsCompiledAnew(int at) throws IOException {
    var good = cache().compile("f", ir(1), HOST);
    var file = onlyFile();
    var bytes = Files.readAllBytes(file);
    if (at < 0) {
      bytes = Arrays.copyOf(bytes, bytes.length / 2);
    } else {
      bytes[at] ^= 1;
    }
    Files.write(file, bytes);
    var cache = cache();
    assertThat(cache.compile("f", ir(1), HOST)).isEqualTo(good);
    assertThat(cache.stats()).isEqualTo(new ObjectCache.Stats(0, 1, 1));
    assertThat(cache().compile("f", ir(1), HOST)).isEqualTo(good);
    assertThat(cache.compile("f", ir(1), HOST)).isEqualTo(good);
    assertThat(cache.stats().hits()).isEqualTo(1);
  }

  @Test
  void withoutAFolderEverythingIsCompiled() throws IOException {
    var file = Files.createFile(folder.resolve("file"));
    System.setProperty("jacobi.cache", file.resolve("below").toString());
    try {
      var cache = new ObjectCache(() -> CacheFolder.open("objects"), 1 << 20);
      var first = cache.compile("f", ir(1), HOST);
      assertThat(cache.compile("f", ir(1), HOST)).isEqualTo(first);
      assertThat(cache.stats()).isEqualTo(new ObjectCache.Stats(0, 2, 0));
    } finally {
      System.clearProperty("jacobi.cache");
    }
  }

  @Test
  void leastRecentlyUsedGoesFirst() throws IOException {
    var cache = cache();
    var now = Instant.now();
    for (int i = 0; i < 30; i++) {
      var file = folder.resolve("x" + i + ".o");
      Files.write(file, new byte[100_000]);
      Files.setLastModifiedTime(file, FileTime.from(now.minusSeconds(1000L * ((i * 7) % 30))));
    }
    var stale = Files.createFile(folder.resolve("left.part"));
    Files.setLastModifiedTime(stale, FileTime.from(now.minusSeconds(7200)));
    cache.evict();
    try (var files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, 30)
                  .filter(i -> (i * 7) % 30 < 10)
                  .mapToObj(i -> "x" + i + ".o")
                  .toList());
    }
  }

  @Test
  void oneModuleAskedForByManyThreadsIsCompiledOnce() {
    var cache = cache();
    var results =
        IntStream.range(0, 64)
            .parallel()
            .mapToObj(i -> cache.compile("f", ir(i % 4), HOST))
            .toList();
    assertThat(results).hasSize(64);
    assertThat(cache.stats().misses()).isEqualTo(4);
  }

  @Test
  void refusedTextIsNotKept() {
    assertThatThrownBy(() -> cache().compile("f", "nonsense", HOST))
        .isInstanceOf(LlvmException.class);
    assertThat(folder).isEmptyDirectory();
  }
}
