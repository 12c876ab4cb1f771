package dev.jacobi.hlo;

/** The line of the user's program that an instruction comes from. Never part of a cache key. */
public record Loc(String file, int line) {
  public static final Loc UNKNOWN = new Loc("", 0);

  public boolean isKnown() {
    return line > 0;
  }

  @Override
  public String toString() {
    return isKnown() ? file + ":" + line : "unknown";
  }
}
