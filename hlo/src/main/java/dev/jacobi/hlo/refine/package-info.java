/**
 * Programs with sizes that are not known, such as those that {@code jax.export} writes with a
 * symbolic batch, become programs for given sizes: one mechanism for all engines, before anything
 * else looks at shapes.
 */
package dev.jacobi.hlo.refine;
