package dev.jacobi.hlo.interpret;

import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.Device;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicReference;

/** A buffer whose memory the garbage collector frees; closing it only drops the reference. */
final class HeapBuffer implements Buffer {
  private final TensorType type;
  private final Device device;
  private final AtomicReference<MemorySegment> data;

  HeapBuffer(TensorType type, Device device, MemorySegment data) {
    this.type = type;
    this.device = device;
    this.data = new AtomicReference<>(data.asReadOnly());
  }

  @Override
  public TensorType type() {
    return type;
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public MemorySegment toHost() {
    MemorySegment segment = data.get();
    if (segment == null) {
      throw new IllegalStateException("the buffer of " + type + " is closed (or was donated)");
    }
    return segment;
  }

  @Override
  public boolean isClosed() {
    return data.get() == null;
  }

  @Override
  public void close() {
    data.set(null);
  }
}
