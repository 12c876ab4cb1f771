package dev.jacobi.hlo.memory;

import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.Device;
import java.lang.foreign.MemorySegment;

/**
 * An array in the memory of this machine: what every backend that computes in host memory takes and
 * returns.
 *
 * @param type shape and element type
 * @param device the device that stands for this memory
 * @param allocation the elements, row-major
 */
public record HostBuffer(TensorType type, Device device, Allocation allocation) implements Buffer {
  @Override
  public MemorySegment toHost() {
    return allocation.segment().asReadOnly();
  }

  @Override
  public HostBuffer as(TensorType other) {
    return new HostBuffer(other, device, allocation);
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
