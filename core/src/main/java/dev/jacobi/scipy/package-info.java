/** Functions that JAX has in {@code jax.scipy}, one class per module; they only delegate. */
@NullMarked
package dev.jacobi.scipy;

import org.jspecify.annotations.NullMarked;
