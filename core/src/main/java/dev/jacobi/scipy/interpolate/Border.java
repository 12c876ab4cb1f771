package dev.jacobi.scipy.interpolate;

/** What an array is continued by beyond its borders; the example continues {@code a b c}. */
public enum Border {
  /** One value: {@code k k | a b c | k k}. SciPy calls it grid-constant. */
  CONSTANT,
  /** The nearest element: {@code a a | a b c | c c}. */
  NEAREST,
  /** The array again: {@code b c | a b c | a b}. SciPy calls it grid-wrap. */
  WRAP,
  /** Its mirror image, the border once: {@code c b | a b c | b a}. */
  MIRROR,
  /** Its mirror image, the border twice: {@code b a | a b c | c b}. */
  REFLECT
}
