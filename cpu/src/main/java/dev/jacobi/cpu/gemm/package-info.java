/**
 * Matrix products, written as LLVM IR for one shape at a time.
 *
 * <p>The loops around the tiles are part of the program: sizes, blocks and the division among
 * threads are constants there. The tiles and the packing are kernels that programs share, with
 * sizes and strides as arguments ({@link dev.jacobi.cpu.gemm.GemmLibrary}): LLVM needs most of its
 * time for them, and so needs it once per machine. One register tile ({@link
 * dev.jacobi.cpu.gemm.Tile}) serves two drivers: small operands are read where they lie, large ones
 * are packed (after Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication",
 * 2008). Products of few rows with both operands adjacent along k have loops of their own.
 *
 * <p>Each element of a product is one chain of fused multiply-adds over k = 0, 1, 2, ..., however
 * the work is blocked, packed or divided among threads; the dot form alone, chosen by shape and
 * strides, sums in lanes. So the bits depend on shape, strides and instruction set, and on nothing
 * else.
 */
package dev.jacobi.cpu.gemm;
