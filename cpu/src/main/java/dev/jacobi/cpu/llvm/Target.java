package dev.jacobi.cpu.llvm;

import java.util.List;

/**
 * What code is compiled for. The triple always asks for ELF, whatever the operating system, so that
 * one loader serves all of them.
 *
 * @param triple LLVM's target triple
 * @param cpu LLVM's name of the CPU, which fixes instruction set and scheduling
 * @param features LLVM's feature string, added to what the CPU implies; may be empty
 * @param isa the vector instruction set that code writers choose by
 */
public record Target(String triple, String cpu, String features, Isa isa) {
  static final String X86 = "x86_64-unknown-linux-gnu";
  static final String ARM = "aarch64-unknown-linux-gnu";

  private static final Lazy<Target> HOST = new Lazy<>(() -> of(HostCpu.detect()));

  /** LLVM would split 512-bit vectors on CPUs that prefer 256 bits; our widths are chosen. */
  private static final String WIDE = "-prefer-256-bit";

  private static final String PAIRS = "+avx512bf16";

  private static final List<String> V3 = List.of("+avx2", "+fma", "+f16c", "+bmi2", "+lzcnt");
  private static final List<String> V4 =
      List.of("+avx512f", "+avx512bw", "+avx512cd", "+avx512dq", "+avx512vl");

  /** The machine that we run on. Needs libLLVM only once per machine and cache folder. */
  public static Target host() {
    return HOST.get();
  }

  /** The least machine that has an instruction set: for tests, and code that must travel. */
  public static Target of(Isa isa) {
    return switch (isa) {
      case SSE2 -> new Target(X86, "x86-64", "", isa);
      case AVX2 -> new Target(X86, "x86-64-v3", "", isa);
      case AVX512 -> new Target(X86, "x86-64-v4", WIDE, isa);
      case AVX512_BF16 -> new Target(X86, "x86-64-v4", WIDE + "," + PAIRS, isa);
      case NEON -> new Target(ARM, "generic", "+neon", isa);
    };
  }

  /** This target with its CPU and scheduling, but held to a smaller vector instruction set. */
  public Target withIsa(Isa other) {
    if (other == isa) {
      return this;
    }
    if (other.compareTo(isa) > 0 || isa == Isa.NEON) {
      throw new IllegalArgumentException(cpu + " has no " + other + ", only " + isa);
    }
    return of(other);
  }

  static Target of(HostCpu host) {
    var features = List.of(host.features().split(","));
    if (host.architecture().equals("aarch64")) {
      return new Target(ARM, host.cpu(), host.features(), Isa.NEON);
    }
    if (features.containsAll(V3) && features.containsAll(V4)) {
      var isa = features.contains(PAIRS) ? Isa.AVX512_BF16 : Isa.AVX512;
      return new Target(X86, host.cpu(), host.features() + "," + WIDE, isa);
    }
    var isa = features.containsAll(V3) ? Isa.AVX2 : Isa.SSE2;
    return new Target(X86, host.cpu(), host.features(), isa);
  }

  /** What the emitter must know of this target. */
  public IrTarget irTarget() {
    return switch (isa) {
      case SSE2 -> IrTarget.BASELINE;
      case AVX2, NEON -> IrTarget.MODERN;
      case AVX512 -> IrTarget.AVX512;
      case AVX512_BF16 -> IrTarget.AVX512_BF16;
    };
  }

  /** Whether code for this target can run here, by architecture alone. */
  public boolean isNative() {
    return triple.equals(HostCpu.currentArchitecture().equals("aarch64") ? ARM : X86);
  }
}
