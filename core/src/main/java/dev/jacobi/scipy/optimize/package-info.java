/** The algorithms of {@code dev.jacobi.scipy.Optimize}. */
@NullMarked
package dev.jacobi.scipy.optimize;

import org.jspecify.annotations.NullMarked;
