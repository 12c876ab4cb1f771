package dev.jacobi.pjrt;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Narrow;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.memory.Allocation;
import dev.jacobi.hlo.memory.Pool;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.Device;
import dev.jacobi.pjrt.struct.Struct;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;

/** An array in a plugin's memory, perhaps still being computed. */
final class PjrtBuffer implements Buffer {
  /** About what a small array costs in the plugin besides its elements. */
  private static final long OVERHEAD = 1024;

  static final Runnable NOTHING = () -> {};

  private final PjrtClient client;
  private final TensorType type;
  private final PjrtClient.LocalDevice device;
  private final boolean bound;
  private final Handle handle;

  /**
   * Takes over an array of the plugin's.
   *
   * @param bytes what its elements take
   * @param freed told when it is gone
   */
  PjrtBuffer(
      PjrtClient client,
      TensorType type,
      PjrtClient.LocalDevice device,
      boolean bound,
      long address,
      long bytes,
      Runnable freed) {
    this.client = client;
    this.type = type;
    this.device = device;
    this.bound = bound;
    this.handle = new Handle(client.buffers(), address, bytes + OVERHEAD, this, freed);
  }

  /** A copy: a plugin's arrays keep their type. */
  @Override
  public PjrtBuffer as(TensorType other) {
    return other.equals(type) ? this : client.fromHost(other, toHost(), device, bound);
  }

  @Override
  public TensorType type() {
    return type;
  }

  @Override
  public Device device() {
    return device.device();
  }

  @Override
  public boolean isBound() {
    return bound;
  }

  /** A copy on a device of the same plugin. */
  PjrtBuffer to(PjrtClient.LocalDevice other, boolean boundThere) {
    if (other == device) {
      return client.fromHost(type, toHost(), other, boundThere); // Plugins copy between two only.
    }
    Pressure.relieve();
    long buffer = handle.pin();
    try (Arena arena = Arena.ofConfined()) {
      Struct arguments =
          Struct.make("Buffer_CopyToDevice", arena)
              .set("buffer", buffer)
              .set("dst_device", other.handle());
      client.api().call("Buffer_CopyToDevice", arguments);
      return new PjrtBuffer(
          client, type, other, boundThere, arguments.get("dst_buffer"), type.byteSize(), NOTHING);
    } finally {
      handle.unpin();
      Reference.reachabilityFence(this);
    }
  }

  PjrtClient.LocalDevice place() {
    return device;
  }

  PjrtClient client() {
    return client;
  }

  Handle handle() {
    return handle;
  }

  /** Waits until the array is computed; an error of the program that computes it is thrown here. */
  void await() {
    long buffer = handle.pin();
    try (Arena arena = Arena.ofConfined()) {
      await(buffer, arena);
    } finally {
      handle.unpin();
      Reference.reachabilityFence(this);
    }
  }

  private void await(long buffer, Arena arena) {
    Struct ready = Struct.make("Buffer_ReadyEvent", arena).set("buffer", buffer);
    client.await(
        "LoadedExecutable_Execute", client.api().call("Buffer_ReadyEvent", ready).get("event"));
  }

  @Override
  public MemorySegment toHost() {
    long buffer = handle.pin();
    boolean view = false;
    try (Arena arena = Arena.ofConfined()) {
      await(buffer, arena);
      if (type.byteSize() > 0 && !type.isNarrow() && isRowMajorHostMemory(buffer, arena)) {
        MemorySegment memory = view(buffer, arena);
        view = true;
        return memory;
      }
      return copy(buffer, arena);
    } finally {
      if (!view) {
        handle.unpin();
      }
      Reference.reachabilityFence(this);
    }
  }

  /** The plugin's own memory; the view holds the array until nobody holds the view. */
  @SuppressWarnings("restricted")
  private MemorySegment view(long buffer, Arena arena) {
    long address =
        client
            .api()
            .call(
                "Buffer_OpaqueDeviceMemoryDataPointer",
                Struct.make("Buffer_OpaqueDeviceMemoryDataPointer", arena).set("buffer", buffer))
            .get("device_memory_ptr");
    Handle held = handle;
    return MemorySegment.ofAddress(address)
        .reinterpret(type.byteSize(), Arena.ofAuto(), ignored -> held.unpin())
        .asReadOnly();
  }

  private boolean isRowMajorHostMemory(long buffer, Arena arena) {
    PjrtApi api = client.api();
    if (!api.has("Buffer_OpaqueDeviceMemoryDataPointer")
        || api.call("Buffer_IsOnCpu", Struct.make("Buffer_IsOnCpu", arena).set("buffer", buffer))
                .get("is_on_cpu")
            == 0) {
      return false;
    }
    Struct layout =
        api.call(
            "Buffer_GetMemoryLayout",
            Struct.make("Buffer_GetMemoryLayout", arena).set("buffer", buffer));
    if (layout.get("layout_type") != 0 || layout.get("num_tiles") != 0) {
      return false; // By strides, or in tiles.
    }
    long[] minorToMajor = layout.pointers("minor_to_major", "minor_to_major_size");
    for (int i = 0; i < minorToMajor.length; i++) {
      if (minorToMajor[i] != minorToMajor.length - 1 - i) {
        return false;
      }
    }
    return true;
  }

  private MemorySegment copy(long buffer, Arena arena) {
    Allocation memory = Pool.shared().allocate(type.byteSize());
    int rank = type.shape().rank();
    MemorySegment order = arena.allocate(8L * Math.max(rank, 1), 8);
    for (int i = 0; i < rank; i++) {
      order.setAtIndex(ValueLayout.JAVA_LONG, i, rank - 1L - i);
    }
    Struct rowMajor =
        Struct.make("MemoryLayout", arena)
            .set("minor_to_major", order)
            .set("minor_to_major_size", rank);
    Struct arguments =
        Struct.make("Buffer_ToHostBuffer", arena)
            .set("src", buffer)
            .set("host_layout", rowMajor.memory())
            .set("dst", memory.address())
            .set("dst_size", type.byteSize());
    client.await(
        "Buffer_ToHostBuffer", client.api().call("Buffer_ToHostBuffer", arguments).get("event"));
    Reference.reachabilityFence(memory);
    extendSigns(memory.segment());
    return memory.segment().asReadOnly();
  }

  /** Plugins leave the upper half of a byte with a four-bit integer zero. */
  private void extendSigns(MemorySegment bytes) {
    if (type.element() instanceof Narrow n && n.kind() == DType.Kind.SIGNED) {
      int unused = Integer.SIZE - n.bits();
      for (long i = 0; i < type.byteSize(); i++) {
        int value = bytes.get(ValueLayout.JAVA_BYTE, i) << unused >> unused;
        bytes.set(ValueLayout.JAVA_BYTE, i, (byte) value);
      }
    }
  }

  @Override
  public boolean isClosed() {
    return handle.isClosed();
  }

  @Override
  public void close() {
    handle.close();
  }
}
