/**
 * Runs compiled code: objects become programs in memory, programs become calls.
 *
 * <p>With a warm disk cache nothing here needs libLLVM, so the loader for LLVM's ELF objects is our
 * own, in Java. A program is entered by one FFM call; what it needs (scratch memory, threads, a
 * place for its first error) is handed to it in one block.
 */
package dev.jacobi.cpu.run;
