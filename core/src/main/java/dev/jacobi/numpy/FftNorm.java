package dev.jacobi.numpy;

/** Which direction of a Fourier or cosine transform is divided by the number of points. */
public enum FftNorm {
  /** The inverse. */
  BACKWARD,
  /** Both, by its square root: transforms keep the sum of squares. */
  ORTHO,
  /** The forward transform. */
  FORWARD;

  /** The factor of a transform that has none, of so many points. */
  public double factor(boolean inverse, double points) {
    return switch (this) {
      case BACKWARD -> inverse ? 1 / points : 1;
      case ORTHO -> 1 / Math.sqrt(points);
      case FORWARD -> inverse ? 1 : 1 / points;
    };
  }

  /** The same of the other direction. */
  FftNorm swapped() {
    return switch (this) {
      case BACKWARD -> FORWARD;
      case ORTHO -> ORTHO;
      case FORWARD -> BACKWARD;
    };
  }
}
