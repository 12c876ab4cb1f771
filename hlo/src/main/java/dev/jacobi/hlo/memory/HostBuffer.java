package dev.jacobi.hlo.memory;

import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.Device;
import dev.jacobi.hlo.spi.DeviceException;
import java.lang.foreign.MemorySegment;

/**
 * An array in the memory of this machine: what every backend that computes in host memory takes and
 * returns.
 *
 * @param type shape and element type
 * @param device the device that stands for this memory
 * @param allocation the elements, row-major
 * @param isBound see {@link Buffer#isBound}
 */
public record HostBuffer(TensorType type, Device device, Allocation allocation, boolean isBound)
    implements Buffer {
  /** An array that computations on any device may use. */
  public HostBuffer(TensorType type, Device device, Allocation allocation) {
    this(type, device, allocation, false);
  }

  /** A copy of row-major bytes. */
  public static HostBuffer copyOf(
      TensorType type, MemorySegment bytes, Device device, boolean isBound) {
    Allocation memory = Pool.shared().allocate(type.byteSize());
    memory.copyFrom(0, bytes.asSlice(0, type.byteSize()));
    return new HostBuffer(type, device, memory, isBound);
  }

  /**
   * The place of an argument that says where a program of a backend must run; -1 if none does.
   *
   * @throws DeviceException if two say different devices
   */
  public static int bound(Buffer[] arguments, String backend) {
    int first = -1;
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i] instanceof HostBuffer b && b.isBound && b.device.backend().equals(backend)) {
        if (first < 0) {
          first = i;
        } else if (!b.device.equals(arguments[first].device())) {
          throw DeviceException.apart(first, arguments[first], i, b);
        }
      }
    }
    return first;
  }

  /** The same memory as an array that was put on a device. */
  public HostBuffer boundTo(Device other) {
    return new HostBuffer(type, other, allocation, true);
  }

  @Override
  public MemorySegment toHost() {
    return allocation.segment().asReadOnly();
  }

  @Override
  public HostBuffer as(TensorType other) {
    return new HostBuffer(other, device, allocation, isBound);
  }

  @Override
  public boolean isClosed() {
    return allocation.isClosed();
  }

  @Override
  public void close() {
    allocation.close();
  }
}
