/** Images in other sizes: what JAX has in {@code jax.image}. */
@NullMarked
package dev.jacobi.image;

import org.jspecify.annotations.NullMarked;
