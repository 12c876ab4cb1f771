package dev.jacobi.lax;

/**
 * The largest error that a result may have: {@code atol + rtol * |result| + ulps} units in the last
 * place. A compiler that cannot keep it refuses the program; the CPU engine and the interpreter
 * have one variant of each function, which {@code docs/math.md} bounds.
 */
public record Tolerance(double atol, double rtol, long ulps) implements ResultAccuracy {
  public Tolerance {
    if (!(atol >= 0 && rtol >= 0 && ulps >= 0)) {
      throw new LaxTypeException("Tolerance", "no part may be negative");
    }
    if (atol == 0 && rtol == 0 && ulps == 0) {
      throw new LaxTypeException("Tolerance", "one of atol, rtol and ulps must be given");
    }
  }
}
