package dev.jacobi.cpu.emit;

/** Values that share memory. */
final class Cell {
  Cell merged;
  Home home;
  Layout.Interval interval;
  boolean fixed; // may not be written
  Use last = Use.NONE; // the last use of any of the values

  Cell find() {
    return merged == null ? this : merged.find();
  }
}
