/** NumPy's functions over the primitives: promotion of types, broadcasting, conveniences. */
package dev.jacobi.numpy;
