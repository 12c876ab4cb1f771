/**
 * NumPy's functions over the primitives: promotion of types, broadcasting, indexing, reductions
 * with options, einsum. Each function is written as JAX writes it, so that programs trace to the
 * same jaxprs; the golden tests compare values, types, derivatives and text with JAX's.
 */
package dev.jacobi.numpy;
