package dev.jacobi.cpu.fft;

import dev.jacobi.cpu.fft.Stage.Place;
import java.util.ArrayList;
import java.util.List;

/** The stages of a transform, in order: one or two for each dimension, the last one first. */
final class FftPlan {
  /** A line up to this long is transformed in scalars if it is alone. */
  private static final long SHORT = 16;

  /** Several lines together stay in the second cache up to this length. */
  private static final long LONG = 2048;

  private final FftSpec spec;
  private final int lanes;
  private final List<Stage> stages = new ArrayList<>();

  private FftPlan(FftSpec spec, int lanes) {
    this.spec = spec;
    this.lanes = lanes;
  }

  /** The stages of a transform that has points, and more than one. */
  static List<Stage> of(FftSpec spec, int lanes) {
    FftPlan plan = new FftPlan(spec, lanes);
    long inner = 1;
    for (int d = spec.lengths().size() - 1; d >= 0; d--) {
      long n = spec.lengths().get(d);
      if (n > 1) {
        plan.dimension(spec.size() / n / inner, n, inner);
      }
      inner *= n;
    }
    return plan.scaled();
  }

  private Place source() {
    return stages.isEmpty() ? Place.OPERAND : Place.RESULT;
  }

  private void dimension(long outer, long n, long inner) {
    long part = Radices.divisor(n, lanes);
    boolean alone = outer < Math.max(2, lanes / 2);
    boolean divides = n > SHORT && Math.min(part, n / part) >= 4;
    if (inner > 1) {
      Access columns = new Access.Columns(inner);
      stages.add(
          new Stage(source(), Place.RESULT, n, outer, n * inner, inner, columns, columns, 0, 1));
    } else if (divides && (alone || n > LONG)) {
      fourSteps(outer, part, n / part);
    } else {
      Access rows = new Access.Rows(n);
      stages.add(new Stage(source(), Place.RESULT, n, 1, 0, outer, rows, rows, 0, 1));
    }
  }

  /**
   * A line of n1 n2 points as a matrix (Bailey, "FFTs in external or hierarchical memory", 1990):
   * its columns, turned, and then its rows, written as columns.
   */
  private void fourSteps(long outer, long n1, long n2) {
    Access columns = new Access.Columns(n2);
    long n = n1 * n2;
    stages.add(new Stage(source(), Place.TEMPORARY, n1, outer, n, n2, columns, columns, n, 1));
    stages.add(
        new Stage(
            Place.TEMPORARY,
            Place.RESULT,
            n2,
            outer,
            n,
            n1,
            new Access.Rows(n2),
            new Access.Columns(n1),
            0,
            1));
  }

  /** The inverse divides by the number of points, in the last stage. */
  private List<Stage> scaled() {
    if (spec.inverse()) {
      Stage s = stages.removeLast();
      double scale = 1.0 / spec.points();
      stages.add(
          new Stage(
              s.source(),
              s.target(),
              s.n(),
              s.groups(),
              s.groupStride(),
              s.lines(),
              s.from(),
              s.to(),
              s.turnOf(),
              scale));
    }
    return List.copyOf(stages);
  }
}
