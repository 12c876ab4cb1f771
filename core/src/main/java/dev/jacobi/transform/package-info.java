/**
 * The transformations: forward and reverse differentiation, batching, and the primitives that hold
 * a program ({@code jit}, custom derivatives). Each works on the fly, over the running Java
 * function, and on jaxprs, with the same rules of the primitives.
 */
package dev.jacobi.transform;
