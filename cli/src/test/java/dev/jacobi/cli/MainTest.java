package dev.jacobi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.config.Config;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }

  @Test
  void helpNamesEveryCommandAndSetting() {
    assertThat(run("help")).isZero();
    assertThat(out.toString())
        .contains("FILE.java", "test [fast|long|xla]", "bench", "hlo", "doctor")
        .contains(Config.SETTINGS.stream().map(Config.Setting::variable).toList());
    assertThat(out.toString().lines()).allMatch(line -> line.length() <= 110);
  }

  @Test
  void aBenchmarkWithoutRoundsIsRefused() {
    assertThat(run("bench", "--rounds=0", "call_1")).isEqualTo(2);
    assertThat(err.toString()).contains("--rounds must be at least 1");
  }

  @Test
  void pluginsAreListedOrMissedByName() {
    assertThat(run("plugin", "list")).isZero();
    assertThat(out.toString()).containsPattern("pjrt:|none; searched: ");
    assertThat(run("plugin", "info", "nowhere")).isEqualTo(1);
    assertThat(err.toString()).contains("there is no PJRT plugin 'nowhere'");
  }

  @Test
  void anUnknownCommandIsNamedWithExitCode2() {
    assertThat(run("bensh")).isEqualTo(2);
    assertThat(err.toString()).contains("bensh");
  }
}
