/**
 * Fourier transforms: many lines of one length at once, one per vector lane, by Stockham's
 * algorithm; a single long line is first laid out as the rows of a matrix (the four-step
 * algorithm).
 *
 * <p>Lengths are products of primes up to 13 here; others have been written in such before.
 */
package dev.jacobi.cpu.fft;
