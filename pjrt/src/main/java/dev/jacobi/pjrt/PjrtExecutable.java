package dev.jacobi.pjrt;

import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.memory.NativeCall;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.DeviceException;
import dev.jacobi.hlo.spi.Executable;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.List;
import java.util.function.Supplier;

/** A program that a plugin compiled; it runs where its arguments were put. */
final class PjrtExecutable implements Executable {
  private final PjrtClient client;
  private final List<TensorType> inputs;
  private final List<TensorType> outputs;
  private final boolean[] donated;
  private final long[] bytes;
  private final MemorySegment function;
  private final HostCalls.Kept calls;
  private final KeptProgram kept;

  /**
   * Compiles a program.
   *
   * @param text StableHLO, for as often as it must be compiled
   * @param calls what the program calls back
   * @throws PjrtException if the plugin refuses it
   */
  PjrtExecutable(PjrtClient client, HloFunc main, Supplier<byte[]> text, HostCalls.Kept calls) {
    this.client = client;
    this.inputs = main.inputs();
    this.outputs = main.outputs();
    this.donated = new boolean[inputs.size()];
    for (int i = 0; i < donated.length; i++) {
      donated[i] = main.donates(i);
    }
    this.bytes = outputs.stream().mapToLong(TensorType::byteSize).toArray();
    this.calls = calls;
    this.function = client.api().function("LoadedExecutable_Execute");
    this.kept = new KeptProgram(client.programs(), text, client::compile);
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
    LoadedProgram program = kept.pinned();
    CallFrame frame = program.frame(1, in.length, bytes.length);
    try {
      int decides = bound(arguments);
      PjrtClient.LocalDevice device =
          decides < 0 ? client.devices().getFirst() : ((PjrtBuffer) arguments[decides]).place();
      for (int i = 0; i < in.length; i++) {
        in[i] = onDevice(arguments[i], i, device);
      }
      for (; pinned < in.length; pinned++) {
        frame.setArgument(0, pinned, in[pinned].handle().pin());
      }
      return run(in, frame, device, decides >= 0);
    } finally {
      for (int i = 0; i < pinned; i++) {
        in[i].handle().unpin();
      }
      program.unpin();
      for (int i = 0; i < arguments.length; i++) {
        if (donated[i]) {
          arguments[i].close();
        }
      }
      program.giveBack(frame);
      Reference.reachabilityFence(this);
      Reference.reachabilityFence(in);
    }
  }

  /** An argument that says where the program must run; -1 if none does. */
  private int bound(Buffer[] arguments) {
    int first = -1;
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i] instanceof PjrtBuffer b && b.isBound() && b.client() == client) {
        if (first < 0) {
          first = i;
        } else if (b.place() != ((PjrtBuffer) arguments[first]).place()) {
          throw DeviceException.apart(first, arguments[first], i, b);
        }
      }
    }
    return first;
  }

  private PjrtBuffer onDevice(Buffer argument, int i, PjrtClient.LocalDevice device) {
    TensorType wanted = inputs.get(i);
    if (argument.type() != wanted && !argument.type().equals(wanted)) {
      throw new IllegalArgumentException(
          "argument " + i + " is a " + wanted + ", not a " + argument.type());
    }
    if (argument instanceof PjrtBuffer here && here.client() == client) {
      return here.place() == device ? here : here.to(device, false);
    }
    return client.from(argument, device, false);
  }

  private Buffer[] run(
      PjrtBuffer[] in, CallFrame frame, PjrtClient.LocalDevice device, boolean bound) {
    frame.finish(keepViewed(in, frame), client.isPortable() ? device.handle() : 0);
    client.api().check("LoadedExecutable_Execute", NativeCall.call(function, frame.address()));
    Buffer[] out = new Buffer[bytes.length];
    for (int k = 0; k < out.length; k++) {
      out[k] =
          new PjrtBuffer(
              client,
              outputs.get(k),
              device,
              bound,
              frame.result(0, k),
              bytes[k],
              PjrtBuffer.NOTHING);
    }
    if (!calls.isEmpty()) { // Once this program is closed, there is nothing left to call.
      for (Buffer result : out) {
        ((PjrtBuffer) result).await();
      }
    }
    return out;
  }

  /** A donated argument that a view or another call still reads must not be overwritten. */
  private int keepViewed(PjrtBuffer[] in, CallFrame frame) {
    int count = 0;
    for (int i = 0; i < in.length; i++) {
      if (donated[i] && in[i].handle().isShared()) {
        frame.setKept(count++, i);
      }
    }
    return count;
  }

  @Override
  public void close() {
    kept.close();
    calls.close();
  }
}
