/**
 * JAX's {@code jax.lax.linalg}: factorisations as primitives, each with all its rules, lowered to
 * the LAPACK calls that JAX makes on the CPU. Leading dimensions are batches.
 */
package dev.jacobi.lax.linalg;
