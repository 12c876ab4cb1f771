package dev.jacobi.hlo.bytecode;

/** The version that a program is written for, or in a first pass one that has all of it. */
final class Target {
  /** Since this version programs may hold parts of other dialects. */
  static final VhloVersion MIXED = VhloVersion.of(1, 11);

  private VhloVersion version;
  private final boolean isFixed;

  private Target(VhloVersion version, boolean isFixed) {
    this.version = version;
    this.isFixed = isFixed;
  }

  static Target fixed(VhloVersion version) {
    VhloVersion release = VhloVersion.of(version.major(), version.minor());
    if (!release.isAtLeast(VhloVersion.OLDEST) || !VhloVersion.NEWEST.isAtLeast(release)) {
      throw new VhloVersionException(
          "VHLO is written in versions %s to %s, not %s"
              .formatted(VhloVersion.OLDEST, VhloVersion.NEWEST, version));
    }
    return new Target(version, true);
  }

  /** Begins with the usual version and rises with what is needed. */
  static Target rising() {
    return new Target(VhloVersion.USUAL, false);
  }

  VhloVersion version() {
    return version;
  }

  boolean has(VhloVersion since) {
    return version.isAtLeast(since);
  }

  /** Says that a program needs a version. */
  void need(VhloVersion since, String what) {
    if (version.isAtLeast(since)) {
      return;
    }
    if (isFixed) {
      throw new VhloVersionException(
          what + " is there since VHLO " + since + ", not in " + version);
    }
    version = since;
  }
}
