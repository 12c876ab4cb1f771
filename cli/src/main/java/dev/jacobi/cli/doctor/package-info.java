/**
 * {@code ./jacobi doctor}: what Jacobi stands on, piece by piece, and what is wrong with each.
 *
 * <p>One small class per piece, each with the advice that a person needs when it is missing: the
 * advice belongs beside the test that finds the fault.
 */
package dev.jacobi.cli.doctor;
