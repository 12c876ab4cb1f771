package dev.jacobi.hlo.interpret;

import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.grid.GridArguments;
import dev.jacobi.hlo.host.Hosted;
import dev.jacobi.hlo.memory.Allocation;
import dev.jacobi.hlo.memory.HostBuffer;
import dev.jacobi.hlo.memory.Pool;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.CallInterruptedException;
import dev.jacobi.hlo.spi.Device;
import dev.jacobi.hlo.spi.GridExecutable;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A program that the interpreter runs on several devices, each in a thread of its own. */
final class GridProgram implements GridExecutable {
  private final HloModule module;
  private final Interpreter interpreter;
  private final List<Hosted> named; // kept, as the module only has their numbers
  private final List<Device> devices;

  GridProgram(HloModule module, List<Hosted> named, List<Device> devices) {
    this.module = module;
    this.interpreter = new Interpreter(module);
    this.named = named;
    this.devices = List.copyOf(devices);
  }

  @Override
  public List<Device> devices() {
    return devices;
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
  public Buffer[][] execute(Buffer[][] arguments) {
    try {
      GridArguments.check(arguments, inputs(), devices);
      return new Run(arguments).results();
    } finally {
      Reference.reachabilityFence(named);
      GridArguments.closeDonated(arguments, module.main());
    }
  }

  /** One call. */
  private final class Run {
    private final Rendezvous<List<Tensor>> meeting = new Rendezvous<>(devices);
    private final List<List<Tensor>> inputs;
    private final Object[] outcomes = new Object[devices.size()]; // tensors or a throwable

    Run(Buffer[][] arguments) {
      inputs =
          Stream.of(arguments)
              .map(row -> Stream.of(row).map(b -> Tensor.of(b.type(), b.toHost())).toList())
              .toList();
    }

    Buffer[][] results() {
      List<Thread> threads = new ArrayList<>();
      for (int d = 0; d < devices.size(); d++) {
        int device = d;
        threads.add(
            Thread.ofPlatform()
                .daemon()
                .name("jacobi-interpreter-device-" + devices.get(d).id())
                .start(() -> run(device)));
      }
      if (!joined(threads)) {
        threads.forEach(Thread::interrupt);
        while (!joined(threads)) {
          threads.forEach(Thread::interrupt);
        }
        Thread.currentThread().interrupt();
        throw new CallInterruptedException();
      }
      throwFirst();
      Buffer[][] results = new Buffer[devices.size()][];
      for (int d = 0; d < results.length; d++) {
        results[d] = buffers((List<?>) outcomes[d], devices.get(d));
      }
      return results;
    }

    /** Whether the threads have ended, and nobody interrupted the wait for them. */
    private static boolean joined(List<Thread> threads) {
      try {
        for (Thread t : threads) {
          t.join();
        }
        return true;
      } catch (InterruptedException e) {
        return false;
      }
    }

    /** Whatever is thrown is the caller's. */
    private void run(int device) {
      try {
        Peers peers = new Collectives(device, devices.size(), meeting);
        outcomes[device] = interpreter.with(peers).runMain(inputs.get(device));
        meeting.end(device, false);
      } catch (Throwable e) {
        outcomes[device] = e;
        meeting.end(device, true);
      }
    }

    /** The first failure that no other one caused. */
    private void throwFirst() {
      List<Throwable> failures =
          Arrays.stream(outcomes)
              .filter(Throwable.class::isInstance)
              .map(Throwable.class::cast)
              .toList();
      for (Throwable e : failures) {
        if (e instanceof Error error) {
          throw error;
        }
        if (!(e instanceof Rendezvous.AbandonedException)) {
          throw (RuntimeException) e;
        }
      }
      if (!failures.isEmpty()) {
        throw new AssertionError("devices were abandoned, but none has failed");
      }
    }
  }

  private static Buffer[] buffers(List<?> tensors, Device device) {
    return tensors.stream().map(t -> buffer((Tensor) t, device, true)).toArray(Buffer[]::new);
  }

  static Buffer buffer(Tensor t, Device device, boolean bound) {
    Allocation memory = Pool.shared().allocate(t.type().byteSize());
    t.write(memory.segment());
    return new HostBuffer(t.type(), device, memory, bound);
  }

  @Override
  public void close() {
    // Nothing but the module, which the garbage collector frees.
  }
}
