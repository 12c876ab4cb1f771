/**
 * The mathematical functions as inlined vector code.
 *
 * <p>Why it exists: a call per element, or a library's vector function behind a call, costs more
 * than the function; and a program has the same bits on every machine only if the functions are our
 * own. Each function is a generator: given an operand of any width, float or double, it appends
 * straight-line code to the function being written. Every lane is computed alone by the same
 * instructions, so the result of an element does not depend on the vector it was in.
 *
 * <p>Bits depend on one fact, {@code IrTarget.fma}: with fused multiply-add they are the same on
 * AVX2, AVX-512 and AArch64, but for erf and erfc of floats, which AVX-512 looks up in tables;
 * without it products and sums are rounded separately (never a call of libm), within the same error
 * bounds but for the last bits.
 */
package dev.jacobi.cpu.math;
