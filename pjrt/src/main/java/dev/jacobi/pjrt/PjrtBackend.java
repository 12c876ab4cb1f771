package dev.jacobi.pjrt;

import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.grid.Grouping;
import dev.jacobi.hlo.grid.Replicas;
import dev.jacobi.hlo.interpret.Interpreter;
import dev.jacobi.hlo.refine.SymbolicProgram;
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
import dev.jacobi.hlo.text.HloPrinter;
import dev.jacobi.hlo.text.KeptPrograms;
import dev.jacobi.hlo.text.UnsupportedOpException;
import dev.jacobi.hlo.verify.Verifier;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * A PJRT plugin as a backend: XLA compiles and runs the programs. Threads and contraction are the
 * plugin's business.
 */
final class PjrtBackend implements Backend {
  private static final int LARGE_TEXT = 1 << 16;

  private final PjrtClient client;
  private final boolean hostCalls;

  PjrtBackend(PjrtClient client) {
    this.client = client;
    this.hostCalls = client.platform().equals("cpu") && HostCalls.register(client.api());
  }

  PjrtClient client() {
    return client;
  }

  @Override
  public String name() {
    return client.name();
  }

  @Override
  public List<Device> devices() {
    return client.devices().stream().map(PjrtClient.LocalDevice::device).toList();
  }

  @Override
  public Executable compile(HloModule module, CompileOptions options) {
    return SymbolicProgram.of(module, Interpreter::run, this::compile);
  }

  /** Compiles a module for several devices, which {@code mhlo.num_partitions} counts. */
  @Override
  public GridExecutable compile(HloModule module, CompileOptions options, List<Device> devices) {
    if (devices.isEmpty() || devices.stream().distinct().count() < devices.size()) {
      throw new DeviceException(
          "a program runs on one or more devices, each once, not on " + devices);
    }
    List<PjrtClient.LocalDevice> places = devices.stream().map(this::place).toList();
    Grouping.check(module, places.size());
    return new Compiling<GridExecutable>(
            places.size(),
            (program, calls) -> new PjrtGrid(client, program.main(), places, text(program), calls),
            NarrowGrid::of)
        .compile(module);
  }

  private Executable compile(HloModule module) {
    return new Compiling<Executable>(
            1,
            (program, calls) -> new PjrtExecutable(client, program.main(), text(program), calls),
            NarrowProgram::of)
        .compile(module);
  }

  /** Compiles for one device or several. */
  private final class Compiling<P> {
    private final int devices;
    private final BiFunction<HloModule, HostCalls.Kept, P> plugin;
    private final BiFunction<P, HloModule, P> narrow;

    /**
     * A way to compile.
     *
     * @param plugin compiles a program that calls back what it is given
     * @param narrow makes a program with the types of a module from one that was written out
     */
    Compiling(
        int devices,
        BiFunction<HloModule, HostCalls.Kept, P> plugin,
        BiFunction<P, HloModule, P> narrow) {
      this.devices = devices;
      this.plugin = plugin;
      this.narrow = narrow;
    }

    P compile(HloModule module) {
      Verifier.verify(module); // The plugin may end the process over what is not well-formed.
      KeptPrograms.keep(module);
      if (!PluginProgram.typesAreKnown(module)) {
        return narrow.apply(compiled(longer(module)), module);
      }
      try {
        return compiled(module);
      } catch (PjrtException e) {
        return compiledLonger(module, e);
      }
    }

    private HloModule longer(HloModule module) {
      return Shorthand.expand(module, Interpreter::run, devices);
    }

    /** Written out with fewer kinds of operations and types, if that is another program. */
    private P compiledLonger(HloModule module, PjrtException refusal) {
      try {
        HloModule longer = longer(module);
        if (longer != module) {
          return narrow.apply(compiled(longer), module);
        }
      } catch (PjrtException | UnsupportedOpException e) {
        refusal.addSuppressed(e); // What the plugin said of the user's own program counts.
      }
      if (refusal.code() == PjrtException.Code.UNIMPLEMENTED) {
        throw new UnsupportedOpException(refusal.getMessage(), name());
      }
      throw refusal;
    }

    private P compiled(HloModule module) {
      HloModule divided = devices > 1 ? Replicas.of(module, devices) : module;
      PluginProgram program = PluginProgram.of(divided, hostCalls);
      HostCalls.Kept calls = HostCalls.Kept.of(program.calls());
      try {
        return plugin.apply(program.module(), calls);
      } catch (PjrtException e) {
        calls.close();
        throw e;
      }
    }
  }

  /** A program's text, kept; or printed again each time if it is large, as constants make it. */
  private static Supplier<byte[]> text(HloModule module) {
    byte[] text = HloPrinter.print(module).getBytes(StandardCharsets.UTF_8);
    return text.length <= LARGE_TEXT
        ? () -> text
        : () -> HloPrinter.print(module).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Buffer fromHost(TensorType type, MemorySegment bytes) {
    MemorySegment exact = bytes.asSlice(0, type.byteSize());
    return client.fromHost(type, exact, client.devices().getFirst(), false);
  }

  @Override
  public Buffer put(Buffer array, Device device) {
    PjrtClient.LocalDevice to = place(device);
    return array instanceof PjrtBuffer here && here.client() == client
        ? here.to(to, true)
        : client.from(array, to, true);
  }

  private PjrtClient.LocalDevice place(Device device) {
    return client
        .find(device)
        .orElseThrow(
            () ->
                new DeviceException(
                    device + " of " + device.backend() + " is no device of " + name()));
  }
}
