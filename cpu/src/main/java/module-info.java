/** The CPU engine: StableHLO to native code through LLVM. */
module dev.jacobi.cpu {
  requires dev.jacobi.hlo;

  exports dev.jacobi.cpu.llvm to
      dev.jacobi.cli;
}
