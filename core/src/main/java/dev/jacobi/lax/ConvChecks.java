package dev.jacobi.lax;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Longs;
import dev.jacobi.jaxpr.Aval;

/** What operands and parameters of a convolution must be; messages show what they are. */
final class ConvChecks {
  private final Conv.ConvGeneralDilated p;
  private final Aval x;
  private final Aval k;

  private ConvChecks(Conv.ConvGeneralDilated p, Aval x, Aval k) {
    this.p = p;
    this.x = x;
    this.k = k;
  }

  /** Accepts, or throws what is wrong. */
  static void check(Conv.ConvGeneralDilated p, Aval x, Aval k) {
    ConvChecks checks = new ConvChecks(p, x, k);
    checks.types();
    checks.dimensions();
    checks.window();
    checks.groups();
  }

  private void require(boolean holds, String message) {
    if (!holds) {
      throw new LaxTypeException(p.name(), message);
    }
  }

  private void types() {
    require(!x.key() && !k.key(), "keys of random numbers are no numbers");
    require(
        x.dtype() == k.dtype(), "lhs and rhs must have one element type, got " + x + " and " + k);
    DType to = p.preferredElementType().orElse(x.dtype());
    boolean integers = x.dtype().isInteger() && to.isInteger();
    boolean wider = x.dtype().bits() <= to.bits() && (integers || x.dtype().kind() == to.kind());
    require(
        wider || x.dtype().isBool() && to.isInteger(),
        "the preferred element type " + to.numpyName() + " cannot hold sums of " + x);
  }

  private void dimensions() {
    require(
        x.rank() == k.rank() && x.rank() >= 2,
        "lhs and rhs must have the same number of dimensions, at least 2, got "
            + x.shape()
            + " and "
            + k.shape());
    ConvDimensionNumbers d = p.dimensionNumbers();
    for (Axes spec : new Axes[] {d.lhsSpec(), d.rhsSpec(), d.outSpec()}) {
      require(
          spec.sorted().equals(Axes.range(x.rank())),
          d + " does not fit operands of " + x.rank() + " dimensions");
    }
  }

  private void window() {
    int spatial = x.rank() - 2;
    sized("window_strides", p.windowStrides(), spatial);
    sized("lhs_dilation", p.lhsDilation(), spatial);
    sized("rhs_dilation", p.rhsDilation(), spatial);
    require(
        p.padding().size() == spatial && p.padding().stream().allMatch(l -> l.size() == 2),
        "padding must be " + spatial + " pairs, got " + p.padding());
  }

  private void sized(String name, Longs values, int spatial) {
    require(
        values.size() == spatial && values.stream().allMatch(v -> v > 0),
        name + " must be " + spatial + " positive numbers, got " + values);
  }

  private void groups() {
    ConvDimensionNumbers d = p.dimensionNumbers();
    long features = p.featureGroupCount();
    long batches = p.batchGroupCount();
    require(features > 0, "feature_group_count must be a positive integer, got " + features);
    require(batches > 0, "batch_group_count must be a positive integer, got " + batches);
    require(
        features == 1 || batches == 1,
        "at most one of batch_group_count and feature_group_count may be > 1, got "
            + batches
            + " and "
            + features);
    long in = x.dim(d.lhsSpec().get(1));
    long kernelIn = k.dim(d.rhsSpec().get(1));
    long out = k.dim(d.rhsSpec().get(0));
    divides("feature_group_count", features, "lhs feature", in);
    require(
        in / features == kernelIn,
        "lhs feature dimension size divided by feature_group_count must equal the rhs input"
            + " feature dimension size, but "
            + in
            + " // "
            + features
            + " != "
            + kernelIn);
    divides("feature_group_count", features, "rhs output feature", out);
    if (batches > 1) {
      divides("batch_group_count", batches, "lhs batch", x.dim(d.lhsSpec().get(0)));
    }
    divides("batch_group_count", batches, "rhs output feature", out);
  }

  private void divides(String name, long groups, String dimension, long size) {
    require(
        size % groups == 0,
        name
            + " must divide the "
            + dimension
            + " dimension, but "
            + groups
            + " does not divide "
            + size);
  }
}
