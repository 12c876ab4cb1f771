package dev.jacobi.purity;

/**
 * One impure thing that a function does.
 *
 * @param kind what sort of thing
 * @param what the field or method, such as {@code static field Net.bias}
 * @param className the class in whose code it is, with dots
 * @param method the method in whose code it is
 * @param file the source file's name, or {@code Unknown Source}
 * @param line the line in that file, or 0 if the class was compiled without lines
 */
public record Finding(
    Impurity kind, String what, String className, String method, String file, int line) {

  /** As in a stack trace, so that consoles make it a link. */
  String place() {
    return "at %s.%s(%s)".formatted(className, method, line > 0 ? file + ":" + line : file);
  }

  @Override
  public String toString() {
    return "%s %s%n      %s;%n      fix: %s."
        .formatted(kind.verb(), what, kind.consequence(), kind.fix());
  }
}
