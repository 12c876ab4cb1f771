/**
 * The reference interpreter: every operation in plain Java, written to be read and to be right. All
 * other engines are compared with it, and it runs where no native code can.
 *
 * <p>Contract: elementwise functions are computed in double (or complex double) precision and
 * rounded once to the element type. A reduction or scatter applies its body in row-major order,
 * starting from the initial value or the input, and rounds every step; but sums of floating numbers
 * are taken in blocks of 1,024. A dot product adds its products in order by fused multiply-add, in
 * single precision if the result's type is narrower. The same program gives the same bits on every
 * machine.
 */
package dev.jacobi.hlo.interpret;
