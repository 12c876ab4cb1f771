/**
 * {@code jax.export}: functions that Python exported are called from Java, and jitted functions of
 * Java are written so that Python loads them. One file holds the program as portable bytecode, the
 * trees and types of arguments and results, and the programs of its derivatives.
 *
 * <p>{@link dev.jacobi.export.ExportedReader} and {@link dev.jacobi.export.ExportedWriter} know the
 * file's tables, {@link dev.jacobi.export.TreeMatch} how Java's trees and Python's correspond, and
 * {@link dev.jacobi.export.CallExported} is the primitive.
 */
package dev.jacobi.export;
