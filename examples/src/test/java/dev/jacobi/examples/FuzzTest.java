package dev.jacobi.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * About a minute of random programs in processes of their own; the same at every run, so that a
 * change is to blame when one fails. {@code ./jacobi hlo fuzz} by hand runs others.
 */
@Tag("slow")
class FuzzTest {
  @TempDir private Path temp;

  @Test
  void enginesAgree() throws Exception {
    var result = Launcher.run(temp, "hlo", "fuzz", "--seed", "1", "--programs", "400");
    assertThat(result.code()).as(result.out()).isZero();
    assertThat(result.out()).containsPattern("(39\\d|400) passed, 0 failed");
  }
}
