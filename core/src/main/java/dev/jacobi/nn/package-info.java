/** Functions of neural networks, JAX's {@code jax.nn}: activations, softmax and its like. */
@NullMarked
package dev.jacobi.nn;

import org.jspecify.annotations.NullMarked;
