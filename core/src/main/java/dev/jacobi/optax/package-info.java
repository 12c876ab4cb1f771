/**
 * Gradient transformations, as in Python's Optax: an optimiser is a chain of small steps from a
 * gradient to what is added to the parameters, each with a state that is a tree. So optimisers
 * compose, and run in {@code jit}, {@code vmap}, {@code scan} and under {@code grad} like any other
 * function. {@link dev.jacobi.optax.Optax} has the functions.
 *
 * <p>Java has no types of types, so a transformation is generic where it is applied and not where
 * it is made: {@code adam(1e-3)} works on parameters of every type {@code P} and keeps an {@code
 * OptState<P>}, whose moments are a {@code P} again.
 */
@NullMarked
package dev.jacobi.optax;

import org.jspecify.annotations.NullMarked;
