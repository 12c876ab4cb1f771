package dev.jacobi.image;

/** How samples between pixels are computed. */
public enum ResizeMethod {
  /** The nearest pixel. */
  NEAREST(0),
  /** Between two pixels on a line. */
  LINEAR(1),
  /** Lanczos's kernel of radius 3. */
  LANCZOS3(3),
  /** Lanczos's kernel of radius 5. */
  LANCZOS5(5),
  /** The cubic kernel of Keys, a = -0.5. */
  CUBIC(2),
  /** The cubic kernel with a = -0.75, as OpenCV and PyTorch have it; CUBIC where antialiased. */
  CUBIC_PYTORCH(2),
  /** The mean over what a new pixel covers. */
  AREA(1);

  private final int radius;

  ResizeMethod(int radius) {
    this.radius = radius;
  }

  /** How far the kernel reaches, in pixels. */
  int radius() {
    return radius;
  }
}
