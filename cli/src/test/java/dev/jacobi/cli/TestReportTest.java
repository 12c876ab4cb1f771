package dev.jacobi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestReportTest {
  @TempDir Path folder;

  private final TestReport report = new TestReport();
  private int exitCode;

  private String print() {
    var bytes = new ByteArrayOutputStream();
    exitCode = report.print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private void suite(String cases) throws IOException {
    var file = Files.createTempFile(folder, "TEST-", ".xml");
    Files.writeString(
        file, "<?xml version=\"1.0\"?><testsuite tests=\"9\">" + cases + "</testsuite>");
  }

  @Test
  void countsCasesOverAllFiles() throws IOException {
    suite(
        "<testcase name='a' classname='T'/><testcase name='b'"
            + " classname='T'><system-out>x</system-out></testcase>");
    suite("<testcase name='c' classname='U'><skipped message='no plugin'/></testcase>");
    report.readFolder(folder);
    assertThat(print()).isEqualTo("SKIPPED U.c: no plugin\n2 passed, 0 failed, 1 skipped\n");
    assertThat(exitCode).isZero();
  }

  @Test
  void failuresAndErrorsFailWithTheFirstLineOfTheirMessage() throws IOException {
    suite(
        "<testcase name='a' classname='T'><failure message='1 is"
            + " not&#10;2'>trace</failure></testcase><testcase name='b' classname='T'><error"
            + " type='E'>trace</error></testcase>");
    report.readFolder(folder);
    assertThat(print())
        .isEqualTo("FAILED T.a: 1 is not\nFAILED T.b: trace\n0 passed, 2 failed, 0 skipped\n");
    assertThat(exitCode).isEqualTo(1);
  }

  @Test
  void anAbortedTestHasItsReasonInTheText() throws IOException {
    suite(
        "<testcase name='a' classname='T'><skipped type='E'><![CDATA[no data\n"
            + "\tat T.a]]></skipped></testcase>");
    report.readFolder(folder);
    assertThat(print()).startsWith("SKIPPED T.a: no data\n");
  }

  @Test
  void anEmptyRunFails() throws IOException {
    report.readFolder(folder.resolve("absent"));
    assertThat(print()).endsWith("0 passed, 1 failed, 0 skipped\n");
    assertThat(exitCode).isEqualTo(1);
  }

  @Test
  void aTestProcessThatDiedFails() throws IOException {
    suite("<testcase name='a' classname='T'/>");
    var log =
        Files.writeString(
            folder.resolve("log"),
            "[INFO] a\n[ERROR] The forked VM terminated without saying goodbye.\n");
    report.readLog(log);
    report.readFolder(folder);
    assertThat(print()).contains("a test process died").endsWith("1 passed, 1 failed, 0 skipped\n");
  }

  @Test
  void aDamagedReportFails() throws IOException {
    suite("<testcase name='a' classname='T'/><testcase");
    report.readFolder(folder);
    assertThat(print()).contains("cannot be read").endsWith("1 passed, 1 failed, 0 skipped\n");
  }
}
