package dev.jacobi.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;

/** Printed numbers, which another CPU may round differently, to another width. */
final class Printed {
  private static final Pattern NUMBER = Pattern.compile("-?\\d+\\.\\d*(?:[eE][-+]?\\d+)?");

  private Printed() {}

  /** Holds a text against another: its words are equal, its numbers near. */
  static void isLike(String what, String text, String expected) {
    assertThat(words(text)).as(what).isEqualTo(words(expected));
    assertThat(numbers(text))
        .as(what)
        .usingElementComparator(Printed::close)
        .isEqualTo(numbers(expected));
  }

  private static String words(String text) {
    return NUMBER.matcher(text).replaceAll("#").replaceAll(" *# *", " # ");
  }

  private static List<Double> numbers(String text) {
    return NUMBER.matcher(text).results().map(found -> Double.valueOf(found.group())).toList();
  }

  private static int close(double x, double y) {
    return Math.abs(x - y) <= 1e-5 * Math.max(1, Math.abs(y)) ? 0 : Double.compare(x, y);
  }
}
