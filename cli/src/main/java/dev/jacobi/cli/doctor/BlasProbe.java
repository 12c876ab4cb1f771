package dev.jacobi.cli.doctor;

import dev.jacobi.cpu.lapack.OpenBlas;
import dev.jacobi.cpu.lapack.OpenBlasMissingException;
import dev.jacobi.cpu.llvm.NativeLibraries;

/** OpenBLAS, for linear algebra beyond products of matrices, which are ours. */
final class BlasProbe implements Probe {
  @Override
  public String name() {
    return "BLAS";
  }

  @Override
  public Finding look() {
    try {
      OpenBlas.load();
      return new Finding.Good("OpenBLAS, " + OpenBlas.path());
    } catch (OpenBlasMissingException e) {
      return new Finding.Bad("not usable on " + NativeLibraries.platform(), e.getMessage());
    }
  }
}
