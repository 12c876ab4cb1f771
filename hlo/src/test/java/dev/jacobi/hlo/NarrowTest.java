package dev.jacobi.hlo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Narrow floating types mean and round as ml_dtypes says. */
class NarrowTest {
  static Stream<List<String>> rows() throws IOException {
    return Files.readAllLines(Path.of("..", "goldens", "narrow.tsv")).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> List.of(line.split("\t")));
  }

  private static double number(String text) {
    return switch (text) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> Double.parseDouble(text);
    };
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isAsInMlDtypes(List<String> row) {
    Narrow type = Narrow.ofMlir(row.getFirst()).orElseThrow();
    String[] fields = row.get(2).split(" ");
    for (int i = 0; i < fields.length; i++) {
      String[] parts = fields[i].split(":");
      if (parts.length == 1) {
        assertThat(Double.valueOf(type.value(i)))
            .as("value of %s", i)
            .isEqualTo(Double.valueOf(number(parts[0])));
      } else {
        int code = type.code(number(parts[0]));
        assertThat(code).as("bits of %s", parts[0]).isEqualTo(Integer.parseInt(parts[1]));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everyElementIsItsOwnNearest(List<String> row) {
    Narrow type = Narrow.ofMlir(row.getFirst()).orElseThrow();
    for (int code = 0; code < 1 << type.bits(); code++) {
      double value = type.value(code);
      if (value == value) {
        assertThat(type.code(value)).isEqualTo(code);
      }
    }
  }
}
