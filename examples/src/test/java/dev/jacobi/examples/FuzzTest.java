package dev.jacobi.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A minute of random programs, other ones at every run, in processes of their own. */
@Tag("slow")
class FuzzTest {
  @TempDir private Path temp;

  @Test
  void enginesAgree() throws Exception {
    var result = Launcher.run(temp, "hlo", "fuzz", "--seconds", "60");
    assertThat(result.code()).as(result.out()).isZero();
    assertThat(result.out()).containsPattern("[1-9]\\d+ passed, 0 failed");
  }
}
