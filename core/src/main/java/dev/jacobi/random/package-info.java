/**
 * Random numbers as pure functions of explicit keys, equal to {@code jax.random} with its default
 * generator: Threefry-2x32 with one counter per element.
 */
package dev.jacobi.random;
