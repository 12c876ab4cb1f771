/** Functions that JAX has in {@code jax.ops}. */
@NullMarked
package dev.jacobi.ops;

import org.jspecify.annotations.NullMarked;
