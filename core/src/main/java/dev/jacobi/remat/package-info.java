/**
 * Rematerialisation: {@code jax.checkpoint}. A function keeps less of its forward pass for its
 * derivative and computes it again on the way back. {@link dev.jacobi.remat.Checkpoint} is the
 * primitive, {@link dev.jacobi.remat.Recomputation} decides what is kept, by a {@link
 * dev.jacobi.remat.CheckpointPolicy}.
 */
package dev.jacobi.remat;
