package dev.jacobi.cpu.llvm;

/** The LLVM library is not there or cannot be loaded; the message says what to do. */
public final class LlvmMissingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final String ADVICE =
      " Add org.bytedeco:llvm:20.1.7-1.5.12 with this platform's classifier to the class path, or"
          + " set JACOBI_LLVM to the path of libLLVM 20, or run without it:"
          + " JACOBI_BACKEND=interpreter. `./jacobi doctor` shows what was looked for.";

  LlvmMissingException(String why) {
    super(why + ADVICE);
  }

  LlvmMissingException(String why, Throwable cause) {
    super(why + ADVICE, cause);
  }
}
