/**
 * How one call of a primitive finds who processes it. {@link dev.jacobi.trace.Bind} is the only
 * door: it picks the innermost trace among the operands and the surrounding {@code jit}, and hands
 * the call over. Eager evaluation and the writing of jaxprs are traces here; differentiation and
 * batching are traces of the transform package.
 *
 * <p>Contract: a tracer is immutable and belongs to one trace; a trace belongs to one thread and
 * ends with the function that it traces.
 */
package dev.jacobi.trace;
