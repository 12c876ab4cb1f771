/**
 * The settings that come from outside the program, read in one place.
 *
 * <p>Every setting is an environment variable {@code JACOBI_X} or a system property {@code
 * jacobi.x}. The package lies in the lowest module because the cache folder, the number of threads
 * and the dump switches are needed on both sides of StableHLO, and a second reader would sooner or
 * later disagree with the first.
 */
package dev.jacobi.hlo.config;
