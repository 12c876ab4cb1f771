package dev.jacobi.remat;

/** A value was to be kept in another memory than that of the device. */
public final class OffloadException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OffloadException(String policy, String primitive, String memory) {
    super(
        "the policy "
            + policy
            + " wants a result of "
            + primitive
            + " in the memory "
            + memory
            + ", but the backends have one memory each. Keep it where it is (saveOnlyTheseNames,"
            + " dotsWithNoBatchDimsSaveable) or compute it again (nothingSaveable).");
  }
}
