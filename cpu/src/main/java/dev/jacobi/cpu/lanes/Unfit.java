package dev.jacobi.cpu.lanes;

/** A loop cannot be divided into lanes; caught where the attempt began. */
final class Unfit extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Unfit(String why) {
    super(why, null, false, false);
  }
}
