package dev.jacobi.examples;

import dev.jacobi.Array;
import java.util.List;

/**
 * 442 people with diabetes, and how their disease went on (Efron, Hastie, Johnstone and Tibshirani,
 * "Least Angle Regression", 2004).
 *
 * @param measured f64 (442, 10): {@link #NAMES} at the beginning, as they were measured
 * @param progress f64 (442): of the disease after one year
 */
public record Diabetes(Array measured, Array progress) {
  /**
   * Age in years, sex (1 or 2), body mass index, mean blood pressure, and six measurements of blood
   * serum: total, low and high density cholesterol, the ratio of the total to the last, the
   * logarithm of triglycerides, and glucose.
   */
  public static final List<String> NAMES =
      List.of("age", "sex", "bmi", "bp", "tc", "ldl", "hdl", "tch", "ltg", "glu");

  public static Diabetes load() {
    var table = Table.load("diabetes");
    return new Diabetes(table.most(), table.column(-1));
  }
}
