package dev.jacobi.hlo.bytecode;

/** Bytes that are no bytecode, damaged, or of a version that is not known; names the offset. */
public final class BytecodeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int offset;

  BytecodeException(String message, int offset) {
    super(message + " (at byte " + offset + ")");
    this.offset = offset;
  }

  /** The place in the bytes where it was found. */
  public int offset() {
    return offset;
  }
}
