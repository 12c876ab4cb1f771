package dev.jacobi.hlo;

/**
 * How exact an elementwise function must be: {@code result_accuracy}. A tolerance allows an error
 * of {@code atol + rtol * |x| + ulps} units in the last place, as far as each is given.
 */
public record Accuracy(Mode mode, double atol, double rtol, long ulps) {
  /** Whatever a backend has, its most exact variant, or within the tolerances. */
  public enum Mode {
    DEFAULT,
    HIGHEST,
    TOLERANCE
  }

  public static final Accuracy DEFAULT = new Accuracy(Mode.DEFAULT, 0, 0, 0);
  public static final Accuracy HIGHEST = new Accuracy(Mode.HIGHEST, 0, 0, 0);

  /** Whether no part is negative and only a tolerance has them. */
  public boolean isWellFormed() {
    boolean none = atol == 0 && rtol == 0 && ulps == 0;
    return mode == Mode.TOLERANCE ? atol >= 0 && rtol >= 0 && ulps >= 0 : none;
  }
}
