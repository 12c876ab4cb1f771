/**
 * Programs for any size of the batch: divided into programs for a few numbers of rows, which a call
 * puts together, so that no size needs a program of its own.
 */
package dev.jacobi.cpu.rows;
