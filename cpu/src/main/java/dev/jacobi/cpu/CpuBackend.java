package dev.jacobi.cpu;

import dev.jacobi.cpu.grid.CollectiveForms;
import dev.jacobi.cpu.llvm.Target;
import dev.jacobi.cpu.rows.RowProgram;
import dev.jacobi.cpu.run.NativeRuntime;
import dev.jacobi.cpu.run.ThreadPool;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.config.Config;
import dev.jacobi.hlo.grid.Grouping;
import dev.jacobi.hlo.grid.VirtualDevices;
import dev.jacobi.hlo.host.Hosted;
import dev.jacobi.hlo.interpret.Interpreter;
import dev.jacobi.hlo.memory.HostBuffer;
import dev.jacobi.hlo.shorthand.NarrowGrid;
import dev.jacobi.hlo.shorthand.NarrowProgram;
import dev.jacobi.hlo.shorthand.Shorthand;
import dev.jacobi.hlo.spi.Backend;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.CompileOptions;
import dev.jacobi.hlo.spi.Device;
import dev.jacobi.hlo.spi.DeviceException;
import dev.jacobi.hlo.spi.Executable;
import dev.jacobi.hlo.spi.GridExecutable;
import dev.jacobi.hlo.text.KeptPrograms;
import dev.jacobi.hlo.verify.Demands;
import dev.jacobi.hlo.verify.Verifier;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.List;

/** The CPU engine as a backend: programs become native code through LLVM. */
public final class CpuBackend implements Backend {
  static final String NAME = "cpu";

  static final Device DEVICE = new Device(NAME, 0);

  /** For {@link java.util.ServiceLoader}. */
  public CpuBackend() {
    // Every backend on the class path is made; only the one in use should load libraries.
    if (Config.get("backend").orElse("cpu").equals("cpu")) {
      NativeRuntime.prepare();
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Device> devices() {
    return VirtualDevices.of(NAME);
  }

  @Override
  public Executable compile(HloModule given, CompileOptions options) {
    Verifier.verify(given);
    KeptPrograms.keep(given);
    List<Hosted> named = Hosted.namedBy(given); // kept for programs of later sizes
    return RowProgram.of(
        given,
        DEVICE,
        module -> {
          Executable program = program(module, options);
          Reference.reachabilityFence(named);
          return program;
        });
  }

  /**
   * Compiles a module for several devices, which divide the threads of the options among them.
   *
   * @throws dev.jacobi.hlo.grid.CollectiveException if its collectives do not fit the devices
   */
  @Override
  public GridExecutable compile(HloModule given, CompileOptions options, List<Device> devices) {
    VirtualDevices.check(this, devices);
    int n = devices.size();
    if (n > 1 && !NativeRuntime.HAS_THREADS) {
      throw new DeviceException("the cpu engine runs programs on several devices on Linux only");
    }
    Verifier.verify(given);
    KeptPrograms.keep(given);
    Grouping.check(given, n);
    Demands.requireKept(given);
    List<Hosted> named = Hosted.namedBy(given);
    HloModule module = Shorthand.expand(given, Interpreter::run, n);
    if (n > 1) {
      module = Shorthand.expand(CollectiveForms.run(module, n), Interpreter::run, n);
    }
    CompileOptions each =
        options.withThreads(ThreadPool.ofDevices(n, options.threads()).getFirst().size());
    Pipeline.Result code = Pipeline.compile(module, each, Target.host(), false, n);
    GridExecutable program = new CpuGrid(module.main(), code, options, devices);
    Reference.reachabilityFence(named);
    return NarrowGrid.of(program, given);
  }

  private static Executable program(HloModule given, CompileOptions options) {
    Demands.requireKept(given);
    HloModule module = Shorthand.expand(given, Interpreter::run);
    return NarrowProgram.of(compiled(module, options, true), given);
  }

  private static Executable compiled(HloModule module, CompileOptions options, boolean lanes) {
    Pipeline.Result code = Pipeline.compile(module, options, Target.host(), lanes, 1);
    return CpuExecutable.of(module.main(), code, options, () -> compiled(module, options, false));
  }

  @Override
  public Buffer fromHost(TensorType type, MemorySegment bytes) {
    return HostBuffer.copyOf(type, bytes, DEVICE, false);
  }

  @Override
  public Buffer put(Buffer array, Device device) {
    VirtualDevices.check(this, List.of(device));
    return HostBuffer.copyOf(array.type(), array.toHost(), device, true);
  }
}
