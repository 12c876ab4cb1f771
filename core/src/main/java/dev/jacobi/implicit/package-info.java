/**
 * Solutions of equations, with derivatives of the solution instead of those of the solver: {@code
 * jax.lax.custom_linear_solve} and {@code jax.lax.custom_root}, by the implicit function theorem.
 */
package dev.jacobi.implicit;
