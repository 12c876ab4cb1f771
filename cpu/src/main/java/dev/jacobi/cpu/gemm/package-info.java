/**
 * Matrix products.
 *
 * <p>A program contains, per shape, only a record of numbers: how the work is blocked and divided,
 * decided here ({@link dev.jacobi.cpu.gemm.GemmEmitter}). The code that follows it is a library of
 * kernels written as LLVM IR ({@link dev.jacobi.cpu.gemm.GemmLibrary}): register tiles, packing,
 * and the loops around them, with sizes and strides as arguments. LLVM needs most of its time for
 * them, and so needs it once per machine.
 *
 * <p>One register tile serves two drivers: small operands are read where they lie, large ones are
 * packed (after Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication", 2008).
 * Products of few rows with both operands adjacent along k have loops of their own.
 *
 * <p>Operands of 16 bits are packed as floats; sums wait as floats too, beside the packed operand.
 * AVX-512 BF16 multiplies pairs of bfloat16 in the same order and with the same roundings, but
 * makes 0 of subnormal numbers: packing finds the least magnitudes, and where these could lead to
 * such numbers, the same pairs are multiplied as floats. So the bits are the same with and without.
 *
 * <p>Each element of a product is one chain of fused multiply-adds over k = 0, 1, 2, ..., however
 * the work is blocked, packed or divided among threads; the dot form alone, chosen by shape and
 * strides, sums in lanes. So the bits depend on shape, strides and instruction set, and on nothing
 * else.
 */
package dev.jacobi.cpu.gemm;
