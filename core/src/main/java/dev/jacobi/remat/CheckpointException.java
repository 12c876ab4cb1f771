package dev.jacobi.remat;

/** Options of {@code checkpoint} that contradict each other or the function. */
public final class CheckpointException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  CheckpointException(String message) {
    super(message);
  }
}
