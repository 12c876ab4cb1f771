package dev.jacobi.cpu.llvm;

/** LLVM refused a module; the message is LLVM's own, with the place where the IR was dumped. */
public final class LlvmException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LlvmException(String message) {
    super(message);
  }

  LlvmException(String message, Throwable cause) {
    super(message, cause);
  }
}
