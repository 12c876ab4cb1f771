/**
 * Distributions and statistics that JAX has in {@code jax.scipy.stats}, one class per distribution.
 */
@NullMarked
package dev.jacobi.scipy.stats;

import org.jspecify.annotations.NullMarked;
