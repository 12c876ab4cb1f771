/**
 * Dense linear algebra in plain Java, in double precision and over complex numbers, of which real
 * ones are a special case: what the interpreter runs for factorisations and for JAX's {@code
 * lapack_*_ffi} calls, written to be read. Signs, phases and orders follow LAPACK's algorithms.
 * {@link dev.jacobi.hlo.linalg.LapackCall} says what such a call means, for every engine.
 */
package dev.jacobi.hlo.linalg;
