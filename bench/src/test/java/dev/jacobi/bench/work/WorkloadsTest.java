package dev.jacobi.bench.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkloadsTest {
  @Test
  void everyRowHasItsJaxCounterpart() throws IOException {
    String script =
        Files.readString(peers().resolve("jax_peer.py"))
            + Files.readString(peers().resolve("jax_loops.py"));
    for (String name : Workloads.all().keySet()) {
      boolean listed = script.contains("\"" + name + "\"");
      String family = name.replaceFirst("_\\d+$", "_");
      boolean generated = script.contains("f\"" + family + "{n}\"");
      assertThat(listed || generated).as(name).isTrue();
    }
  }

  @Test
  void wordsSelectRowsByPartsOfTheirNames() {
    assertThat(Workloads.matching(List.of("triad_16m")))
        .containsExactly("triad_16m", "triad_16m_donated");
    assertThat(Workloads.matching(List.of("no such row"))).isEmpty();
    assertThat(Workloads.matching(List.of())).contains("call_1", "exp_1m");
  }

  private static Path peers() {
    Path here = Path.of("peers");
    return Files.isDirectory(here) ? here : Path.of("bench", "peers");
  }
}
