/**
 * The reference interpreter: every operation in plain Java, written to be read and to be right. All
 * other engines are compared with it, and it runs where no native code can.
 *
 * <p>Contract: elementwise functions are computed in double (or complex double) precision and
 * rounded once to the element type. Sums of floating numbers and dot products accumulate in double,
 * in row-major order, and are rounded once at the end; every other reduction applies its body in
 * row-major order, starting from the initial value. The same program gives the same bits on every
 * machine.
 */
package dev.jacobi.hlo.interpret;
