/**
 * Loops turned inside out: what one lane of a batch does, as a program of scalars, when every step
 * of a loop treats the elements along some dimensions alike and apart from one another.
 */
package dev.jacobi.cpu.lanes;
