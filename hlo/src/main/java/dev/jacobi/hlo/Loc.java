package dev.jacobi.hlo;

/**
 * The line of the user's program that an instruction comes from, or its place in a text that names
 * none. Never part of a cache key.
 *
 * @param column in a text, from 1 on; 0 if only the line is known
 */
public record Loc(String file, int line, int column) {
  public static final Loc UNKNOWN = new Loc("", 0);

  public Loc(String file, int line) {
    this(file, line, 0);
  }

  public boolean isKnown() {
    return line > 0;
  }

  @Override
  public String toString() {
    return isKnown() ? file + ":" + line + (column > 0 ? ":" + column : "") : "unknown";
  }
}
