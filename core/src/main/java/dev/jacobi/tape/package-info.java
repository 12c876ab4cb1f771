/**
 * Reverse derivatives of loops that keep what they carried: all of it in a tape whose length nobody
 * knows before, or a fixed number of steps, between which the way back computes the others again.
 * Knows loops only by their {@link dev.jacobi.tape.Steps}; the primitives of {@code control} say
 * what these are.
 */
package dev.jacobi.tape;
