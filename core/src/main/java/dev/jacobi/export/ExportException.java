package dev.jacobi.export;

/**
 * A file of an exported function, a call of one, or an export that cannot be; says what and why.
 */
public abstract sealed class ExportException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  ExportException(String message) {
    super(message);
  }

  /** Bytes that are no exported function, or damaged; names the offset. */
  public static final class Damaged extends ExportException {
    private static final long serialVersionUID = 1L;

    private final int offset;

    Damaged(String message, int offset) {
      super("no exported function: " + message + " (at byte " + offset + ")");
      this.offset = offset;
    }

    /** The place in the bytes where it was found. */
    public int offset() {
      return offset;
    }
  }

  /** What a later version wrote, or what is not there in Java. */
  public static final class Unsupported extends ExportException {
    private static final long serialVersionUID = 1L;

    Unsupported(String message) {
      super(message);
    }
  }

  /** Arguments, results or records of another structure than the exported function's. */
  public static final class StructureMismatch extends ExportException {
    private static final long serialVersionUID = 1L;

    StructureMismatch(String message) {
      super(message);
    }
  }

  /** An argument of another shape or element type than the function was exported for. */
  public static final class ArgumentMismatch extends ExportException {
    private static final long serialVersionUID = 1L;

    ArgumentMismatch(String message) {
      super(message);
    }
  }

  /** A derivative of a function that was exported without it. */
  public static final class NoVjp extends ExportException {
    private static final long serialVersionUID = 1L;

    NoVjp(String function) {
      super(
          "No VJP of '"
              + function
              + "' is available: it was exported without, or its derivatives are asked for once"
              + " more than was exported. Export it with serialize(vjp_order=1), or higher.");
    }
  }

  /** An exported function under {@code vmap}. */
  public static final class NotBatchable extends ExportException {
    private static final long serialVersionUID = 1L;

    NotBatchable(String function) {
      super(
          "vmap of the exported function '"
              + function
              + "': a compiled program has no rule for batches, as in JAX. Use Lax.map, or export"
              + " vmap of the function, or a symbolic batch.");
    }
  }

  /** A function that cannot be written. */
  public static final class NotExportable extends ExportException {
    private static final long serialVersionUID = 1L;

    NotExportable(String message) {
      super(message);
    }
  }
}
