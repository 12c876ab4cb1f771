package dev.jacobi.cpu.llvm;

/**
 * The few facts about a processor on which the emitted instructions (not only LLVM's selection of
 * them) depend. Two targets with the same {@code fma} give the same bits, but for erf and erfc of
 * floats, which AVX-512 looks up in tables.
 *
 * @param fma fused multiply-add in hardware; without it LLVM would call libm once per lane
 * @param rounding floor, ceil, trunc and roundeven in hardware (SSE 4.1 and up, every AArch64)
 * @param f16 conversions between binary16 and binary32 in hardware (F16C, every AArch64)
 * @param avx512 AVX-512 F, DQ and VL
 * @param pairs sums of two products of bfloat16 in one instruction
 */
public record IrTarget(boolean fma, boolean rounding, boolean f16, boolean avx512, boolean pairs) {
  /** AVX2 machines and AArch64. */
  public static final IrTarget MODERN = new IrTarget(true, true, true, false, false);

  /** Machines with AVX-512. */
  public static final IrTarget AVX512 = new IrTarget(true, true, true, true, false);

  /** Machines with AVX-512 BF16. */
  public static final IrTarget AVX512_BF16 = new IrTarget(true, true, true, true, true);

  /** Any x86-64 machine: SSE2 only. */
  public static final IrTarget BASELINE = new IrTarget(false, false, false, false, false);
}
