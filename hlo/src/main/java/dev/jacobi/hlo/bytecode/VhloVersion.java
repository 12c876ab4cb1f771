package dev.jacobi.hlo.bytecode;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of VHLO, of which StableHLO promises that later releases read it. */
public record VhloVersion(int major, int minor, int patch) implements Comparable<VhloVersion> {
  /** The oldest version that is written; JAX 0.4.30 and later read it. */
  public static final VhloVersion OLDEST = of(1, 0);

  /**
   * What is written unless a program needs a newer one: all that JAX writes is there. StableHLO's
   * own upgrade of operations with regions from before 1.1.0 can fail.
   */
  public static final VhloVersion USUAL = of(1, 10);

  /** The newest version that is written. */
  public static final VhloVersion NEWEST = of(1, 20);

  private static final Pattern TEXT = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})");

  static VhloVersion of(int major, int minor) {
    return new VhloVersion(major, minor, 0);
  }

  /**
   * Reads {@code 1.13.0}.
   *
   * @throws VhloVersionException if it is no version
   */
  public static VhloVersion parse(String text) {
    Matcher m = TEXT.matcher(text);
    if (!m.matches()) {
      throw new VhloVersionException(
          "\"" + text + "\" is no version of VHLO; one looks like 1.13.0");
    }
    return new VhloVersion(
        Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)), Integer.parseInt(m.group(3)));
  }

  boolean isAtLeast(VhloVersion other) {
    return compareTo(other) >= 0;
  }

  @Override
  public int compareTo(VhloVersion other) {
    return Comparator.comparingInt(VhloVersion::major)
        .thenComparingInt(VhloVersion::minor)
        .thenComparingInt(VhloVersion::patch)
        .compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
