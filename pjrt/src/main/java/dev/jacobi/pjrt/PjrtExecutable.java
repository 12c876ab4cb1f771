package dev.jacobi.pjrt;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.Executable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.List;

/** A program that a plugin compiled for its first device. */
final class PjrtExecutable implements Executable {
  private final PjrtClient client;
  private final PjrtClient.LocalDevice device;
  private final List<TensorType> inputs;
  private final List<TensorType> outputs;
  private final boolean[] donated;
  private final Handle handle;

  PjrtExecutable(PjrtClient client, PjrtClient.LocalDevice device, HloFunc main, long address) {
    this.client = client;
    this.device = device;
    this.inputs = main.inputs();
    this.outputs = main.outputs();
    this.donated = new boolean[inputs.size()];
    for (int i = 0; i < donated.length; i++) {
      donated[i] = main.donates(i);
    }
    this.handle =
        new Handle(client.api(), "LoadedExecutable_Destroy", "executable", address, 0, this);
  }

  @Override
  public List<TensorType> inputs() {
    return inputs;
  }

  @Override
  public List<TensorType> outputs() {
    return outputs;
  }

  @Override
  public Buffer[] execute(Buffer[] arguments) {
    if (arguments.length != donated.length) {
      throw new IllegalArgumentException(
          "the program takes " + donated.length + " arguments, not " + arguments.length);
    }
    Pressure.relieve();
    PjrtBuffer[] in = new PjrtBuffer[arguments.length];
    int pinned = 0;
    long executable = handle.pin();
    try (Arena arena = Arena.ofConfined()) {
      for (int i = 0; i < in.length; i++) {
        in[i] = onDevice(arguments[i], i);
      }
      MemorySegment pointers = arena.allocate(8L * Math.max(in.length, 1), 8);
      for (; pinned < in.length; pinned++) {
        pointers.setAtIndex(JAVA_LONG, pinned, in[pinned].handle().pin());
      }
      return run(executable, in, pointers, arena);
    } finally {
      for (int i = 0; i < pinned; i++) {
        in[i].handle().unpin();
      }
      handle.unpin();
      for (int i = 0; i < arguments.length; i++) {
        if (donated[i]) {
          arguments[i].close();
        }
      }
      Reference.reachabilityFence(this);
      Reference.reachabilityFence(in);
    }
  }

  private PjrtBuffer onDevice(Buffer argument, int i) {
    if (!argument.type().equals(inputs.get(i))) {
      throw new IllegalArgumentException(
          "argument " + i + " is a " + inputs.get(i) + ", not a " + argument.type());
    }
    if (argument instanceof PjrtBuffer here && here.client() == client) {
      return here;
    }
    return client.fromHost(argument.type(), argument.toHost(), device);
  }

  private Buffer[] run(long executable, PjrtBuffer[] in, MemorySegment pointers, Arena arena) {
    MemorySegment results = arena.allocate(8L * Math.max(outputs.size(), 1), 8);
    MemorySegment lists = arena.allocate(16, 8);
    lists.set(JAVA_LONG, 0, pointers.address());
    lists.set(JAVA_LONG, 8, results.address());
    Struct options = Struct.make("ExecuteOptions", arena);
    keepViewed(in, options, arena);
    Struct call =
        Struct.make("LoadedExecutable_Execute", arena)
            .set("executable", executable)
            .set("options", options.memory())
            .set("argument_lists", lists.address())
            .set("num_devices", 1)
            .set("num_args", in.length)
            .set("output_lists", lists.address() + 8);
    client.api().call("LoadedExecutable_Execute", call);
    Buffer[] out = new Buffer[outputs.size()];
    for (int k = 0; k < out.length; k++) {
      out[k] =
          new PjrtBuffer(client, outputs.get(k), device.device(), results.getAtIndex(JAVA_LONG, k));
    }
    return out;
  }

  /** A donated argument that a view or another call still reads must not be overwritten. */
  private void keepViewed(PjrtBuffer[] in, Struct options, Arena arena) {
    int count = 0;
    MemorySegment kept = null;
    for (int i = 0; i < in.length; i++) {
      if (donated[i] && in[i].handle().isShared()) {
        kept = kept == null ? arena.allocate(8L * in.length, 8) : kept;
        kept.setAtIndex(JAVA_LONG, count++, i);
      }
    }
    if (kept != null) {
      options
          .set("non_donatable_input_indices", kept)
          .set("num_non_donatable_input_indices", count);
    }
  }

  @Override
  public void close() {
    handle.close();
  }
}
