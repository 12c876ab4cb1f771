/**
 * Data in and out: NumPy's {@code .npy} and {@code .npz} files ({@link dev.jacobi.io.Npy}, {@link
 * dev.jacobi.io.Npz}), nested Java arrays and lists ({@link dev.jacobi.io.Nested}). What comes from
 * outside is not trusted: sizes are checked before memory is taken, Python objects are refused, and
 * every failure is a named exception. {@link dev.jacobi.io.ArrayFiles} does the same with arrays.
 */
package dev.jacobi.io;
