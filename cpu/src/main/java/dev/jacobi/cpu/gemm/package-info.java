/**
 * Matrix products, written as LLVM IR for one shape at a time.
 *
 * <p>Sizes and strides are constants of the code, so tiles, edges, masks and address offsets are
 * decided here and LLVM only allocates registers. One register tile ({@link
 * dev.jacobi.cpu.gemm.Tile}) serves two drivers: small operands are read where they lie, large ones
 * are packed (after Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication",
 * 2008). Vectors times matrices are bound by memory and have loops of their own.
 *
 * <p>Each element of a product is one chain of fused multiply-adds over k = 0, 1, 2, ..., however
 * the work is blocked, packed or divided among threads; the dot form alone, chosen by shape and
 * strides, sums in lanes. So the bits depend on the shape and the instruction set's FMA, and on
 * nothing else.
 */
package dev.jacobi.cpu.gemm;
