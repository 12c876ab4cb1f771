package dev.jacobi.hlo.interpret;

import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.grid.Grouping;
import dev.jacobi.hlo.grid.VirtualDevices;
import dev.jacobi.hlo.host.Hosted;
import dev.jacobi.hlo.memory.HostBuffer;
import dev.jacobi.hlo.refine.SymbolicProgram;
import dev.jacobi.hlo.shorthand.NarrowGrid;
import dev.jacobi.hlo.shorthand.NarrowProgram;
import dev.jacobi.hlo.shorthand.Shorthand;
import dev.jacobi.hlo.spi.Backend;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.CompileOptions;
import dev.jacobi.hlo.spi.Device;
import dev.jacobi.hlo.spi.Executable;
import dev.jacobi.hlo.spi.GridExecutable;
import dev.jacobi.hlo.text.KeptPrograms;
import dev.jacobi.hlo.verify.Demands;
import dev.jacobi.hlo.verify.Verifier;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.List;

/** The reference interpreter as a backend. It ignores compile options. */
public final class InterpreterBackend implements Backend {
  /** For {@link java.util.ServiceLoader}. */
  public InterpreterBackend() {}

  @Override
  public String name() {
    return "interpreter";
  }

  @Override
  public List<Device> devices() {
    return VirtualDevices.of(name());
  }

  @Override
  public Executable compile(HloModule given, CompileOptions options) {
    Verifier.verify(given);
    KeptPrograms.keep(given);
    List<Hosted> named = Hosted.namedBy(given);
    return SymbolicProgram.of(given, Interpreter::run, module -> program(module, named));
  }

  @Override
  public GridExecutable compile(HloModule given, CompileOptions options, List<Device> devices) {
    VirtualDevices.check(this, devices);
    Verifier.verify(given);
    KeptPrograms.keep(given);
    Grouping.check(given, devices.size());
    Demands.requireKept(given);
    HloModule module = Shorthand.expand(given, Interpreter::run, devices.size());
    module.funcs().values().forEach(f -> CustomCalls.requireKnown(f.body()));
    return NarrowGrid.of(new GridProgram(module, Hosted.namedBy(given), devices), given);
  }

  private static Executable program(HloModule given, List<Hosted> named) {
    Demands.requireKept(given);
    HloModule module = Shorthand.expand(given, Interpreter::run);
    module.funcs().values().forEach(f -> CustomCalls.requireKnown(f.body()));
    return NarrowProgram.of(new Program(module, named), given);
  }

  @Override
  public Buffer fromHost(TensorType type, MemorySegment bytes) {
    return HostBuffer.copyOf(type, bytes, new Device(name(), 0), false);
  }

  @Override
  public Buffer put(Buffer array, Device device) {
    VirtualDevices.check(this, List.of(device));
    return HostBuffer.copyOf(array.type(), array.toHost(), device, true);
  }

  private static final class Program implements Executable {
    private final HloModule module;
    private final Interpreter interpreter;
    private final List<Hosted> named; // kept, as the module only has their numbers

    Program(HloModule module, List<Hosted> named) {
      this.module = module;
      this.named = named;
      this.interpreter = new Interpreter(module);
    }

    @Override
    public List<TensorType> inputs() {
      return module.main().inputs();
    }

    @Override
    public List<TensorType> outputs() {
      return module.main().outputs();
    }

    @Override
    public Buffer[] execute(Buffer[] arguments) {
      try {
        int decides = HostBuffer.bound(arguments, "interpreter");
        Device device = decides < 0 ? new Device("interpreter", 0) : arguments[decides].device();
        List<Tensor> inputs =
            List.of(arguments).stream().map(b -> Tensor.of(b.type(), b.toHost())).toList();
        return interpreter.runMain(inputs).stream()
            .map(t -> GridProgram.buffer(t, device, decides >= 0))
            .toArray(Buffer[]::new);
      } finally {
        Reference.reachabilityFence(named);
        closeDonated(arguments);
      }
    }

    private void closeDonated(Buffer[] arguments) {
      int known = Math.min(arguments.length, module.main().inputs().size());
      for (int i = 0; i < known; i++) {
        if (module.main().donates(i)) {
          arguments[i].close();
        }
      }
    }

    @Override
    public void close() {
      // Nothing but the module, which the garbage collector frees.
    }
  }
}
