package dev.jacobi.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
  private record Fixed(String name, Finding look) implements Probe {}

  private final StringWriter text = new StringWriter();

  private int report(Probe... probes) {
    return DoctorCommand.report(List.of(probes), new PrintWriter(text, true));
  }

  @Test
  void goodAndPoorFindingsAreNoFault() {
    int code =
        report(
            new Fixed("a", new Finding.Good("fine\nreally")),
            new Fixed("b", new Finding.Poor("slow", "Buy a new one.")));
    assertThat(code).isZero();
    assertThat(text.toString().lines())
        .containsExactly(
            "ok     a         fine",
            "                 really",
            "note   b         slow",
            "                 -> Buy a new one.",
            "All is well.");
  }

  @Test
  void aFaultHasAdviceAndAnExitCode() {
    int code = report(new Fixed("a", new Finding.Bad("missing", "Install it.")));
    assertThat(code).isEqualTo(1);
    assertThat(text.toString())
        .contains("WRONG  a         missing")
        .contains("-> Install it.")
        .endsWith("One thing is wrong.\n");
  }

  @Test
  void aProbeThatThrowsIsAFault() {
    Probe probe =
        new Probe() {
          @Override
          public String name() {
            return "c";
          }

          @Override
          public Finding look() {
            throw new UnsatisfiedLinkError("no such library");
          }
        };
    assertThat(report(probe)).isEqualTo(1);
    assertThat(text.toString()).contains("UnsatisfiedLinkError: no such library");
  }

  @Test
  void anUnusableCacheFolderIsAFault(@TempDir Path temp) throws Exception {
    var before = System.getProperty("jacobi.cache");
    System.setProperty("jacobi.cache", Files.createFile(temp.resolve("file")).toString());
    try {
      assertThat(new CacheProbe().look())
          .isInstanceOfSatisfying(
              Finding.Bad.class, bad -> assertThat(bad.advice()).contains("Set JACOBI_CACHE"));
    } finally {
      if (before == null) {
        System.clearProperty("jacobi.cache");
      } else {
        System.setProperty("jacobi.cache", before);
      }
    }
  }

  @Test
  void theMachineThatRunsTheTestsHasWhatTheyNeed() throws Exception {
    assertThat(new JdkProbe().look()).isNotInstanceOf(Finding.Bad.class);
    assertThat(new BlasProbe().look()).isInstanceOf(Finding.Good.class);
    assertThat(new CpuProbe().look()).isNotInstanceOf(Finding.Bad.class);
    assertThat(new LlvmProbe().look()).isInstanceOf(Finding.Good.class);
  }
}
