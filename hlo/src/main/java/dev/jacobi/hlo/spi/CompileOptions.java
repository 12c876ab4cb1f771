package dev.jacobi.hlo.spi;

/**
 * Everything besides the program that changes generated code; part of every cache key.
 *
 * @param threads threads that one call may use; 0 means all that the machine grants
 * @param contract whether a multiply and an add may become one fused operation
 */
public record CompileOptions(int threads, boolean contract) {
  public static final CompileOptions DEFAULT = new CompileOptions(0, false);

  public CompileOptions withThreads(int n) {
    return new CompileOptions(n, contract);
  }

  public CompileOptions withContract(boolean allowed) {
    return new CompileOptions(threads, allowed);
  }
}
