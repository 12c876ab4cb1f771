package dev.jacobi.cpu.fft;

/** Where the points of lines lie in memory; counts complex elements. */
sealed interface Access {
  long stride();

  /** Point j of line l is at {@code j * stride + l}. */
  record Columns(long stride) implements Access {}

  /** Point j of line l is at {@code l * stride + j}. */
  record Rows(long stride) implements Access {}

  /** How far apart neighbouring lines are. */
  default long betweenLines() {
    return switch (this) {
      case Columns _ -> 1;
      case Rows r -> r.stride();
    };
  }
}
