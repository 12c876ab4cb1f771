package dev.jacobi.cli.doctor;

import dev.jacobi.cpu.llvm.NativeLibraries;

/** OpenBLAS, for linear algebra beyond products of matrices, which are ours. */
final class BlasProbe implements Probe {
  @Override
  public String name() {
    return "BLAS";
  }

  @Override
  public Finding look() {
    var platform = NativeLibraries.platform();
    var file =
        platform.startsWith("linux")
            ? "libopenblas.so.0"
            : platform.startsWith("macosx") ? "libopenblas.0.dylib" : "libopenblas.dll";
    var place = ClassLoader.getSystemResource("org/bytedeco/openblas/" + platform + "/" + file);
    return place == null
        ? new Finding.Bad(
            "OpenBLAS is not on the class path",
            "Rebuild; there are natives for Linux (x86-64, AArch64), macOS (AArch64) and Windows"
                + " (x86-64).")
        : new Finding.Good(
            "OpenBLAS for " + platform + "; matrix products use Jacobi's own kernels");
  }
}
