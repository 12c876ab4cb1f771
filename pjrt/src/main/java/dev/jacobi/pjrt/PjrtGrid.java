package dev.jacobi.pjrt;

import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.grid.GridArguments;
import dev.jacobi.hlo.memory.NativeCall;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.Device;
import dev.jacobi.hlo.spi.GridExecutable;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A program that a plugin compiled for several of its devices, which run it at once. */
final class PjrtGrid implements GridExecutable {
  private final PjrtClient client;
  private final HloFunc main;
  private final List<PjrtClient.LocalDevice> places;
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
  PjrtGrid(
      PjrtClient client,
      HloFunc main,
      List<PjrtClient.LocalDevice> places,
      Supplier<byte[]> text,
      HostCalls.Kept calls) {
    this.client = client;
    this.main = main;
    this.places = List.copyOf(places);
    this.calls = calls;
    this.function = client.api().function("LoadedExecutable_Execute");
    this.kept = new KeptProgram(client.programs(), text, t -> client.compile(t, this.places));
  }

  @Override
  public List<Device> devices() {
    return places.stream().map(PjrtClient.LocalDevice::device).toList();
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
    List<PjrtBuffer> pinned = new ArrayList<>();
    LoadedProgram program = null;
    try {
      GridArguments.check(arguments, inputs(), devices());
      Pressure.relieve();
      program = kept.pinned();
      CallFrame frame = program.frame(places.size(), inputs().size(), outputs().size());
      for (int d = 0; d < arguments.length; d++) {
        for (int i = 0; i < arguments[d].length; i++) {
          PjrtBuffer b = onDevice(arguments[d][i], places.get(d));
          frame.setArgument(d, i, b.handle().pin());
          pinned.add(b);
        }
      }
      frame.finish(keepViewed(pinned, frame), 0);
      synchronized (client) { // The plugin must not get two programs in two orders.
        client.api().check("LoadedExecutable_Execute", NativeCall.call(function, frame.address()));
      }
      Buffer[][] results = results(frame);
      program.giveBack(frame);
      return results;
    } finally {
      pinned.forEach(b -> b.handle().unpin());
      if (program != null) {
        program.unpin();
      }
      GridArguments.closeDonated(arguments, main);
      Reference.reachabilityFence(pinned);
      Reference.reachabilityFence(this);
    }
  }

  private PjrtBuffer onDevice(Buffer argument, PjrtClient.LocalDevice device) {
    if (argument instanceof PjrtBuffer here && here.client() == client) {
      return here.place() == device ? here : here.to(device, false);
    }
    return client.from(argument, device, false);
  }

  /** A donated argument that a view or another call still reads must not be overwritten. */
  private int keepViewed(List<PjrtBuffer> arguments, CallFrame frame) {
    int count = 0;
    int n = inputs().size();
    for (int i = 0; i < n; i++) {
      boolean shared = false;
      for (int d = 0; d < places.size(); d++) {
        shared |= arguments.get(d * n + i).handle().isShared();
      }
      if (main.donates(i) && shared) {
        frame.setKept(count++, i);
      }
    }
    return count;
  }

  private Buffer[][] results(CallFrame frame) {
    PjrtBuffer[][] out = new PjrtBuffer[places.size()][outputs().size()];
    for (int d = 0; d < out.length; d++) {
      for (int k = 0; k < out[d].length; k++) {
        TensorType type = outputs().get(k);
        out[d][k] =
            new PjrtBuffer(
                client,
                type,
                places.get(d),
                true,
                frame.result(d, k),
                type.byteSize(),
                PjrtBuffer.NOTHING);
      }
    }
    if (!calls.isEmpty()) { // Once this program is closed, there is nothing left to call.
      for (PjrtBuffer[] row : out) {
        for (PjrtBuffer b : row) {
          b.await();
        }
      }
    }
    return out;
  }

  @Override
  public void close() {
    kept.close();
    calls.close();
  }
}
