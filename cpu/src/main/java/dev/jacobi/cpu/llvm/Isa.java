package dev.jacobi.cpu.llvm;

/**
 * The vector instruction sets that code is written for, each with what a code writer must know of
 * it. Everything finer is left to LLVM, which knows the exact CPU.
 */
public enum Isa {
  /** Any x86-64. */
  SSE2(16, 16, false),
  /** AVX2 with FMA and F16C: x86-64-v3. */
  AVX2(32, 16, true),
  /** AVX-512 F, BW, CD, DQ, VL: x86-64-v4. */
  AVX512(64, 32, true),
  /** The same with products of bfloat16 pairs: VDPBF16PS. */
  AVX512_BF16(64, 32, true),
  /** AArch64 with Advanced SIMD. */
  NEON(16, 32, true);

  private final int vectorBytes;
  private final int registers;
  private final boolean fma;

  Isa(int vectorBytes, int registers, boolean fma) {
    this.vectorBytes = vectorBytes;
    this.registers = registers;
    this.fma = fma;
  }

  /** Bytes of one vector register. */
  public int vectorBytes() {
    return vectorBytes;
  }

  /** Number of vector registers. */
  public int registers() {
    return registers;
  }

  /** Whether two products of bfloat16 and a sum are one instruction. */
  public boolean pairs() {
    return this == AVX512_BF16;
  }

  /** Whether the chosen lanes of a vector move together in one instruction: VPCOMPRESSD. */
  public boolean compresses() {
    return this == AVX512 || this == AVX512_BF16;
  }

  /** Whether fused multiply-add is an instruction, not a call. */
  public boolean fma() {
    return fma;
  }
}
