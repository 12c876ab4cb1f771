/**
 * Calls of LAPACK in generated code: one task per range of a batch, with its own workspace; small
 * matrices in vector lanes instead, one matrix per lane. {@code fuse.Linalg} has put the matrices
 * where Fortran expects them.
 */
package dev.jacobi.cpu.lapack;
