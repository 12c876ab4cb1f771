/**
 * {@link dev.jacobi.lax.Lax} has what {@code jax.lax} has, by the same names. Below it stand the
 * primitives, one file per family: every rule of a primitive (shape, jvp, transpose, vmap,
 * lowering) stands beside it, and family types carry what the members share. The static functions
 * take operands of equal element types and shapes (or scalars of the program text), as in {@code
 * jax.lax}; the numpy package promotes and broadcasts.
 */
package dev.jacobi.lax;
