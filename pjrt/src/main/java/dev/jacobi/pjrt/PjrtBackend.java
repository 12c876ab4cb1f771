package dev.jacobi.pjrt;

import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.interpret.Interpreter;
import dev.jacobi.hlo.refine.SymbolicProgram;
import dev.jacobi.hlo.spi.Backend;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.CompileOptions;
import dev.jacobi.hlo.spi.Device;
import dev.jacobi.hlo.spi.Executable;
import dev.jacobi.hlo.text.HloPrinter;
import dev.jacobi.hlo.verify.Verifier;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A PJRT plugin as a backend: XLA compiles and runs the programs. Threads and contraction are the
 * plugin's business.
 */
final class PjrtBackend implements Backend {
  private final String name;
  private final PjrtClient client;

  PjrtBackend(String name, PjrtClient client) {
    this.name = name;
    this.client = client;
  }

  PjrtClient client() {
    return client;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Device> devices() {
    return client.devices().stream().map(PjrtClient.LocalDevice::device).toList();
  }

  @Override
  public Executable compile(HloModule module, CompileOptions options) {
    return SymbolicProgram.of(module, Interpreter::run, this::compile);
  }

  private Executable compile(HloModule module) {
    Verifier.verify(module); // The plugin may end the process over what is not well-formed.
    long executable = client.compile(HloPrinter.print(module).getBytes(StandardCharsets.UTF_8));
    return new PjrtExecutable(client, client.devices().getFirst(), module.main(), executable);
  }

  @Override
  public Buffer fromHost(TensorType type, MemorySegment bytes) {
    MemorySegment exact = bytes.asSlice(0, type.byteSize());
    return client.fromHost(type, exact, client.devices().getFirst());
  }
}
