package dev.jacobi.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Memory that calls use comes back: with a small heap, resident memory stays where it was. */
final class SoakTest {
  private static void soak(String heap, long calls, long operations)
      throws IOException, InterruptedException {
    assumeTrue(Files.exists(Path.of("/proc/self/status")), "resident memory is read from /proc");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String classPath = System.getProperty("java.class.path");
    String modulePath = System.getProperty("jdk.module.path", "");
    Process process =
        new ProcessBuilder(
                List.of(
                    java.toString(),
                    heap,
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    classPath + File.pathSeparator + modulePath,
                    Soak.class.getName(),
                    Long.toString(calls),
                    Long.toString(operations)))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    String[] kilobytes = out.strip().split(" ");
    long early = Long.parseLong(kilobytes[0]);
    long late = Long.parseLong(kilobytes[1]);
    assertThat(late).as("resident after a tenth: " + early).isLessThan(early * 105 / 100 + 32768);
  }

  @Test
  @Tag("slow")
  void aShortSoakKeepsItsMemory() throws Exception {
    soak("-Xmx48m", 20_000, 200_000);
  }

  @Test
  @Tag("long")
  void aMillionStepsAndTenMillionEagerOperationsKeepTheirMemory() throws Exception {
    soak("-Xmx512m", 1_000_000, 10_000_000);
  }
}
