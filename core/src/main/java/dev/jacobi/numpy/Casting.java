package dev.jacobi.numpy;

/** Which conversions of element types {@link JnpTypes#canCast} allows; each the former and more. */
public enum Casting {
  /** None. */
  NO,
  /** Those that keep every value; 64-bit integers become f64 all the same, as in NumPy. */
  SAFE,
  /** Those to a kind not below: booleans, unsigned, signed, floating, complex. */
  SAME_KIND,
  /** All. */
  UNSAFE
}
