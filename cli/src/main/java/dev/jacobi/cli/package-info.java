/**
 * The command line behind {@code ./jacobi}: running a source file, the REPL, reports on tests,
 * benchmarks, StableHLO files and the machine.
 *
 * <p>A module of its own, above everything else, so that no library module depends on picocli,
 * JShell or the compiler. The launcher calls {@link dev.jacobi.cli.Compile}, {@link
 * dev.jacobi.cli.Run} and {@link dev.jacobi.cli.Repl} directly, which saves the time to start
 * picocli; all other commands go through {@link dev.jacobi.cli.Main}.
 */
package dev.jacobi.cli;
