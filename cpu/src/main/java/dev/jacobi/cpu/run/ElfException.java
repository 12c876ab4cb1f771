package dev.jacobi.cpu.run;

/** An object file that cannot be loaded; the message says what in it is wrong or unsupported. */
public final class ElfException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ElfException(String message) {
    super(message);
  }

  ElfException(String message, Throwable cause) {
    super(message, cause);
  }
}
