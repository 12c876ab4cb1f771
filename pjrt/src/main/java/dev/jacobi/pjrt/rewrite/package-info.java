/** Operations that a plugin misreads or does not survive, said otherwise. */
package dev.jacobi.pjrt.rewrite;
