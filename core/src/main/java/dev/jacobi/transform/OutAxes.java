package dev.jacobi.transform;

/** Where the batch goes in the result of a vmapped function. */
public record OutAxes(Axis axes) {
  /** Everything at the leading axis. */
  public static final OutAxes LEADING = new OutAxes(Axis.of(0));
}
