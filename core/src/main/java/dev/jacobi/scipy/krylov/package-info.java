/**
 * Linear equations by products with the matrix alone, for {@code dev.jacobi.scipy.SparseLinalg}.
 */
@NullMarked
package dev.jacobi.scipy.krylov;

import org.jspecify.annotations.NullMarked;
