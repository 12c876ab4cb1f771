package dev.jacobi.cli.doctor;

import dev.jacobi.cpu.llvm.Isa;
import dev.jacobi.cpu.llvm.Target;

/**
 * The processor as LLVM sees it: its name, the vector instruction set that code is made for, the
 * processors granted.
 */
final class CpuProbe implements Probe {
  @Override
  public String name() {
    return "CPU";
  }

  @Override
  public Finding look() {
    var target = Target.host();
    var fact =
        "%s, code for %s (vectors of %d bytes), %d processors"
            .formatted(
                target.cpu(),
                target.isa(),
                target.isa().vectorBytes(),
                Runtime.getRuntime().availableProcessors());
    return target.isa() == Isa.SSE2
        ? new Finding.Poor(
            fact, "No AVX2: programs run, but slowly. A virtual machine may hide it.")
        : new Finding.Good(fact);
  }
}
