/**
 * Benchmarks: the workloads that the peers' scripts in {@code bench/peers} also have, and the
 * protocol that compares them. Every side is a process that prints one JSON object a line, so that
 * Jacobi, JAX, PyTorch and NumPy are measured in the same way, each fresh in every round.
 */
@NullMarked
package dev.jacobi.bench;

import org.jspecify.annotations.NullMarked;
