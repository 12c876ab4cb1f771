package dev.jacobi.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What programs must print as {@code name = value}, found by other libraries. */
record PrintedGoldens(List<String> lines) {
  /** Reads a file of the folder {@code goldens}. */
  static PrintedGoldens of(String file) {
    return new PrintedGoldens(Sources.lines(Sources.ROOT.resolve("goldens").resolve(file)));
  }

  List<String> programs() {
    return lines.stream()
        .filter(row -> row.startsWith("case\t"))
        .map(row -> row.substring("case\t".length()))
        .toList();
  }

  /** Holds what a program printed against the goldens. */
  void hold(String program, Launcher.Result result) {
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.err()).doesNotContain("WARNING");
    for (String[] golden : rows(program)) {
      String head = golden[1] + " = ";
      isLike(head, printed(result.out(), head), golden[3], golden[2]);
    }
  }

  /** The first numbers that a program must print after a name. */
  double[] numbers(String program, String name) {
    return rows(program).stream()
        .filter(golden -> golden[1].equals(name))
        .map(golden -> numbers(golden[3]))
        .findFirst()
        .orElseThrow();
  }

  /** Of each value: prints, its name, the tolerance, the value. */
  private List<String[]> rows(String program) {
    int start = lines.indexOf("case\t" + program) + 1;
    List<String[]> rows =
        lines.stream()
            .skip(start)
            .takeWhile(row -> row.startsWith("prints\t"))
            .map(row -> row.split("\t"))
            .toList();
    assertThat(rows).as(program).isNotEmpty();
    return rows;
  }

  /** The value after a name; an array's further lines begin with a blank. */
  private static String printed(String out, String head) {
    List<String> lines = out.lines().dropWhile(line -> !line.startsWith(head)).toList();
    assertThat(lines).as(head).isNotEmpty();
    return lines.getFirst().substring(head.length())
        + lines.stream()
            .skip(1)
            .takeWhile(line -> line.startsWith(" "))
            .collect(Collectors.joining());
  }

  private static void isLike(String name, String printed, String golden, String tolerance) {
    if (tolerance.equals("text")) {
      assertThat(printed).as(name).isEqualTo(golden);
      return;
    }
    double[] actual = numbers(printed.replaceAll("[\\[\\],]", " ").strip());
    double[] expected = numbers(golden);
    assertThat(actual).as(name).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      double allowed = Double.parseDouble(tolerance) * Math.max(1, Math.abs(expected[i]));
      assertThat(actual[i]).as(name + i).isCloseTo(expected[i], within(allowed));
    }
  }

  private static double[] numbers(String text) {
    return Arrays.stream(text.split(" +")).mapToDouble(Double::parseDouble).toArray();
  }
}
