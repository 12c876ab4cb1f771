package dev.jacobi.hlo.host;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the numbers by which programs name Java's objects. */
final class Numbers {
  private static final Pattern DIGITS = Pattern.compile("(\\d{1,18}) : i64");

  private Numbers() {}

  /** The 64-bit integer attribute that follows {@code prefix} in a text. */
  static Optional<Long> after(String prefix, String text) {
    int at = text.indexOf(prefix);
    Matcher digits = DIGITS.matcher(text);
    return at >= 0 && digits.find(at + prefix.length()) && digits.start() == at + prefix.length()
        ? Optional.of(Long.parseLong(digits.group(1)))
        : Optional.empty();
  }
}
