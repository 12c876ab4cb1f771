package dev.jacobi.cpu.emit;

import dev.jacobi.hlo.Loc;

/**
 * Where a value is read.
 *
 * @param at the position, in the order of the text
 * @param line of the reader
 */
record Use(int at, Kind kind, Loc line) {
  /** By whom. */
  enum Kind {
    /** A step of the function, or the regions of one. */
    STEP,
    /** Whoever gets a region's results: the next iteration of a loop, what follows a branch. */
    HANDED_ON,
    /** The function's caller. */
    RETURNED
  }

  static final Use NONE = new Use(0, Kind.STEP, Loc.UNKNOWN);

  /** The later one of two. */
  Use later(Use o) {
    return o.at >= at ? o : this;
  }
}
