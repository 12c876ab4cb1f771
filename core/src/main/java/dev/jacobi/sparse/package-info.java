/**
 * Sparse matrices (coordinates and compressed rows, as trees of arrays), and derivatives that are
 * sparse: JAX's {@code jax.experimental.sparse} as far as two dimensions go, and beside it
 * Jacobians and Hessians by colouring, which JAX leaves to others.
 *
 * <p>The number of stored elements is a shape, and so known while a program is traced; where they
 * stand are integers like others. Entries whose row and column are beyond the matrix are padding:
 * they count for nothing, so that matrices with fewer elements fit.
 */
@NullMarked
package dev.jacobi.sparse;

import org.jspecify.annotations.NullMarked;
