/** The algorithms of {@code dev.jacobi.scipy.Linalg}, by kind of matrix and of factorisation. */
@NullMarked
package dev.jacobi.scipy.linalg;

import org.jspecify.annotations.NullMarked;
