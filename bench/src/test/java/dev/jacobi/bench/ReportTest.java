package dev.jacobi.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
  @Test
  void readsWhatThePeersPrint() {
    String line =
        "{\"peer\": \"jax\", \"version\": \"0.10.2\", \"name\": \"exp_1m\", \"us\": 1.2e-05}";
    assertThat(Report.parse(line))
        .containsExactly(
            Map.entry("peer", "jax"),
            Map.entry("version", "0.10.2"),
            Map.entry("name", "exp_1m"),
            Map.entry("us", "1.2e-05"));
  }

  @Test
  void ignoresLinesThatAreNoObjects() {
    assertThat(Report.parse("W0000 some warning: {\"name\": \"x\"")).isEmpty();
    assertThat(Report.parse("")).isEmpty();
  }

  @Test
  void writesWhatItReads() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("name", "call_1");
    fields.put("us", 0.5);
    fields.put("rounds", 5);
    fields.put("ratio", Double.NaN);
    String line = Report.line(fields);
    assertThat(line)
        .isEqualTo("{\"name\": \"call_1\", \"us\": 0.500, \"rounds\": 5, \"ratio\": null}");
    assertThat(Report.parse(line)).containsEntry("us", "0.500").containsEntry("ratio", "null");
  }
}
