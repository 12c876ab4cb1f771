package dev.jacobi.cli.doctor;

import dev.jacobi.cpu.llvm.Llvm;
import dev.jacobi.cpu.llvm.LlvmMissingException;
import dev.jacobi.cpu.llvm.NativeLibraries;

/** The LLVM library, which compiles programs: found, unpacked and loaded. */
final class LlvmProbe implements Probe {
  @Override
  public String name() {
    return "LLVM";
  }

  @Override
  public Finding look() {
    try {
      Llvm.load();
      return new Finding.Good(Llvm.libraryVersion() + ", " + NativeLibraries.llvm());
    } catch (LlvmMissingException e) {
      return new Finding.Bad("not usable on " + NativeLibraries.platform(), e.getMessage());
    }
  }
}
