/**
 * {@code ./jacobi hlo check}: running self-checking StableHLO programs.
 *
 * <p>What a check means is decided beside the interpreter; here are the walk through folders, the
 * processes that run the programs, and the report. Programs run in processes of their own, because
 * a file that hangs, or crashes native code, must not stop the run.
 */
package dev.jacobi.cli.check;
