/** The CPU engine: StableHLO to native code through LLVM. */
module dev.jacobi.cpu {
  requires dev.jacobi.hlo;

  provides dev.jacobi.hlo.spi.Backend with
      dev.jacobi.cpu.CpuBackend;

  exports dev.jacobi.cpu.lapack to
      dev.jacobi.cli;
  exports dev.jacobi.cpu.llvm to
      dev.jacobi.cli;
}
