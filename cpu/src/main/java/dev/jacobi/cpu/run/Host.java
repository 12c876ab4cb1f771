package dev.jacobi.cpu.run;

/** What a program asks of Java; {@link HostMemory} reads and writes at the addresses. */
public interface Host {
  /** For programs that ask nothing; a failure is told as it is in the record. */
  Host NONE =
      new Host() {
        @Override
        public RuntimeException failure(int site, long values) {
          throw new IllegalStateException("a program without checks failed one: " + site);
        }

        @Override
        public void call(int site, long arguments, long results) {
          throw new IllegalStateException("a program without calls of Java makes one: " + site);
        }
      };

  /**
   * The exception for a check that failed.
   *
   * @param values address of what it shows, 16 bytes each: scalars, or addresses of arrays
   */
  RuntimeException failure(int site, long values);

  /**
   * Performs a call.
   *
   * @param arguments address of the arguments' addresses
   * @param results address of the results' addresses
   */
  void call(int site, long arguments, long results);
}
