package dev.jacobi.cpu;

import dev.jacobi.cpu.grid.GridCall;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.grid.GridArguments;
import dev.jacobi.hlo.memory.Allocation;
import dev.jacobi.hlo.memory.HostBuffer;
import dev.jacobi.hlo.memory.Pool;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.CompileOptions;
import dev.jacobi.hlo.spi.Device;
import dev.jacobi.hlo.spi.GridExecutable;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** A compiled program that several devices run at once; each has its own arguments and results. */
final class CpuGrid implements GridExecutable {
  private final HloFunc main;
  private final List<Device> devices;
  private final Allocation[] constants;
  private final int[] donatedFor;
  private final boolean takes;
  private final GridCall call;

  /** Loads a program. */
  CpuGrid(HloFunc main, Pipeline.Result result, CompileOptions options, List<Device> devices) {
    this.main = main;
    this.devices = List.copyOf(devices);
    this.constants = CpuExecutable.constants(result.program());
    this.donatedFor = result.program().donatedFor().stream().mapToInt(k -> k).toArray();
    this.takes = Arrays.stream(donatedFor).anyMatch(i -> i >= 0);
    this.call =
        new GridCall(
            CpuExecutable.load(main, result),
            result.program().meetings(),
            this.devices,
            options.threads());
  }

  @Override
  public List<Device> devices() {
    return devices;
  }

  @Override
  public List<TensorType> inputs() {
    return main.inputs();
  }

  @Override
  public List<TensorType> outputs() {
    return main.outputs();
  }

  @Override
  public Buffer[][] execute(Buffer[][] arguments) {
    try {
      GridArguments.check(arguments, inputs(), devices);
      Allocation[][] in = new Allocation[arguments.length][];
      Allocation[][] out = new Allocation[arguments.length][outputs().size()];
      for (int d = 0; d < arguments.length; d++) {
        in[d] = memory(arguments[d]);
      }
      if (takes) {
        take(in, out);
      }
      call.run(in, out);
      return buffers(out);
    } finally {
      GridArguments.closeDonated(arguments, main);
    }
  }

  private Allocation[] memory(Buffer[] arguments) {
    Allocation[] in = new Allocation[arguments.length + constants.length];
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i] instanceof HostBuffer host) {
        in[i] = host.allocation();
      } else {
        in[i] = Pool.shared().allocate(arguments[i].type().byteSize());
        in[i].copyFrom(0, arguments[i].toHost());
      }
    }
    System.arraycopy(constants, 0, in, arguments.length, constants.length);
    return in;
  }

  /** Donated arguments' memory becomes that of results, unless it is there twice. */
  private void take(Allocation[][] in, Allocation[][] out) {
    Set<Allocation> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<Allocation> twice = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Allocation[] row : in) {
      Arrays.stream(row).filter(a -> !seen.add(a)).forEach(twice::add);
    }
    for (int d = 0; d < in.length; d++) {
      for (int k = 0; k < donatedFor.length; k++) {
        int i = donatedFor[k];
        if (i >= 0) {
          boolean shared = twice.contains(in[d][i]);
          in[d][i] = shared ? CpuExecutable.copy(in[d][i]) : CpuExecutable.taken(in[d][i]);
          out[d][k] = in[d][i];
        }
      }
    }
  }

  private Buffer[][] buffers(Allocation[][] out) {
    Buffer[][] results = new Buffer[out.length][];
    for (int d = 0; d < out.length; d++) {
      results[d] = new Buffer[out[d].length];
      for (int k = 0; k < out[d].length; k++) {
        results[d][k] = new HostBuffer(outputs().get(k), devices.get(d), out[d][k], true);
      }
    }
    return results;
  }

  @Override
  public void close() {
    call.trim();
  }
}
