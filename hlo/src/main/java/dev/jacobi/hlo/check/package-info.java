/**
 * Programs that check themselves: {@code check.expect_...} custom calls compare what a program
 * computed with what it should have. The comparison runs here, so that every backend can be tested
 * with the same files, whether or not it knows those calls.
 */
package dev.jacobi.hlo.check;
