package dev.jacobi.dispatch;

import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.Device;
import dev.jacobi.hlo.spi.Engines;
import dev.jacobi.jaxpr.GridLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * An array divided among the devices of a mesh. What computes on one device reads it as a whole.
 */
public final class ShardedBuffer implements Buffer {
  private final TensorType type;
  private final GridLayout layout;
  private final List<Buffer> parts;

  ShardedBuffer(TensorType type, GridLayout layout, List<Buffer> parts) {
    this.type = type;
    this.layout = layout;
    this.parts = List.copyOf(parts);
  }

  /** An array divided so, on the devices of the layout; parts that are there already stay. */
  public static ShardedBuffer of(Buffer array, GridLayout layout) {
    if (array instanceof ShardedBuffer s && s.layout.equals(layout)) {
      return s;
    }
    List<Buffer> parts = new ArrayList<>();
    for (int i = 0; i < layout.grid().devices().size(); i++) {
      parts.add(part(array, layout, i));
    }
    return new ShardedBuffer(array.type(), layout, parts);
  }

  /** What device {@code i} gets: from itself what it has, the rest from the first that has it. */
  private static Buffer part(Buffer array, GridLayout layout, int i) {
    Device device = layout.grid().devices().get(i);
    Region wanted = Region.of(layout, array.type().shape(), i);
    TensorType type = new TensorType(array.type().element(), layout.local(array.type().shape()));
    if (array instanceof ShardedBuffer s) {
      int here = s.layout.grid().devices().indexOf(device);
      if (here >= 0 && s.region(here).equals(wanted)) {
        return s.parts.get(here);
      }
    }
    if (array.device().equals(device) && array.isBound() && type.equals(array.type())) {
      return array;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(Math.max(1, type.byteSize()), 64);
      gather(array, wanted, bytes, device);
      return Engines.find(device.backend()).fromHost(type, bytes, device);
    }
  }

  private static void gather(Buffer array, Region wanted, MemorySegment target, Device device) {
    long bytes = array.type().dtype().bytes();
    if (!(array instanceof ShardedBuffer s)) {
      wanted.copy(array.toHost(), Region.all(array.type().shape()), target, wanted, bytes);
      return;
    }
    List<Region> done = new ArrayList<>();
    int here = s.layout.grid().devices().indexOf(device);
    if (here >= 0) {
      s.copy(here, wanted, target, done);
    }
    for (int i = 0; i < s.parts.size(); i++) {
      s.copy(i, wanted, target, done);
    }
  }

  private void copy(int i, Region wanted, MemorySegment target, List<Region> done) {
    Region region = region(i);
    Region shared = region.and(wanted);
    if (shared != null && !done.contains(region)) {
      shared.copy(parts.get(i).toHost(), region, target, wanted, type.dtype().bytes());
      done.add(region);
    }
  }

  private Region region(int i) {
    return Region.of(layout, type.shape(), i);
  }

  /** How it lies on its devices. */
  public GridLayout layout() {
    return layout;
  }

  /** Each device's part, in the order of the devices. */
  public List<Buffer> parts() {
    return parts;
  }

  @Override
  public TensorType type() {
    return type;
  }

  /** The first of its devices. */
  @Override
  public Device device() {
    return parts.getFirst().device();
  }

  @Override
  public boolean isBound() {
    return true;
  }

  @Override
  public MemorySegment toHost() {
    Shape shape = type.shape();
    if (layout.isReplicated()) {
      return parts.getFirst().toHost();
    }
    MemorySegment whole = Arena.ofAuto().allocate(Math.max(1, type.byteSize()), 64);
    gather(this, Region.all(shape), whole, device());
    return whole.asSlice(0, type.byteSize()).asReadOnly();
  }

  /** Only where nothing is divided are bytes in the order of another type. */
  @Override
  public Buffer as(TensorType other) {
    if (layout.isReplicated()) {
      List<Buffer> same = parts.stream().map(p -> p.as(other)).toList();
      return new ShardedBuffer(
          other, GridLayout.replicated(layout.grid(), other.shape().rank()), same);
    }
    Device device = device();
    return Engines.find(device.backend()).fromHost(other, toHost(), device);
  }

  @Override
  public boolean isClosed() {
    return parts.stream().anyMatch(Buffer::isClosed);
  }

  @Override
  public void close() {
    parts.forEach(Buffer::close);
  }
}
