package dev.jacobi.cpu.loop;

import dev.jacobi.cpu.fuse.Grouper.Limits;

/** A group has no nest; the block must be divided again within these limits. */
final class Unfusable extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Limits limits;

  Unfusable(Limits limits) {
    super("no affine nest", null, false, false);
    this.limits = limits;
  }

  Limits limits() {
    return limits;
  }
}
