package dev.jacobi.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * One flat JSON object a line: what a process of the benchmark prints, and what the benchmark does.
 */
final class Report {
  private static final Pattern FIELD =
      Pattern.compile("\"([^\"]+)\"\\s*:\\s*(\"[^\"]*\"|[-+.\\dEe]+|NaN|null|true|false)");

  private Report() {}

  /** The line for these fields, numbers with three decimals. */
  static String line(Map<String, Object> fields) {
    var joiner = new StringJoiner(", ", "{", "}");
    fields.forEach((key, value) -> joiner.add("\"" + key + "\": " + json(value)));
    return joiner.toString();
  }

  private static String json(Object value) {
    return switch (value) {
      case Double d when !Double.isFinite(d) -> "null";
      case Double d -> String.format(Locale.ROOT, "%.3f", d);
      case Number n -> n.toString();
      case Boolean b -> b.toString();
      default -> "\"" + value.toString().replace("\\", "\\\\").replace("\"", "'") + "\"";
    };
  }

  /** The fields of a line, or none if it is not such an object; text without its quotes. */
  static Map<String, String> parse(String line) {
    var fields = new LinkedHashMap<String, String>();
    String text = line.strip();
    if (text.startsWith("{") && text.endsWith("}")) {
      var matcher = FIELD.matcher(text);
      while (matcher.find()) {
        String value = matcher.group(2);
        fields.put(
            matcher.group(1),
            value.startsWith("\"") ? value.substring(1, value.length() - 1) : value);
      }
    }
    return fields;
  }
}
