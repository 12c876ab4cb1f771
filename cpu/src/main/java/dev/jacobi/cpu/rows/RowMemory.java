package dev.jacobi.cpu.rows;

import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.memory.Allocation;
import dev.jacobi.hlo.memory.HostBuffer;
import dev.jacobi.hlo.memory.Pool;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.Device;
import java.lang.foreign.MemorySegment;

/** Rows of arrays: read where they lie if they lie together, copied if not. */
record RowMemory(Device device) {
  HostBuffer allocate(TensorType type) {
    return new HostBuffer(type, device, Pool.shared().allocate(type.byteSize()));
  }

  HostBuffer of(Literal value) {
    HostBuffer buffer = allocate(value.type());
    buffer.allocation().copyFrom(0, value.data());
    return buffer;
  }

  HostBuffer copy(Buffer b) {
    HostBuffer buffer = allocate(b.type());
    buffer.allocation().copyFrom(0, b.toHost());
    return buffer;
  }

  /** The rows from {@code first} on that {@code type} has, along dimension {@code dim}. */
  HostBuffer slice(Buffer from, int dim, TensorType type, long first) {
    MemorySegment all = from.toHost();
    long row = rowBytes(type, dim);
    if (dim == 0) {
      MemorySegment part = all.asSlice(first * row, type.byteSize());
      return new HostBuffer(type, device, Allocation.ofForeign(part));
    }
    HostBuffer to = allocate(type);
    long own = type.dim(dim) * row;
    long whole = from.type().dim(dim) * row;
    for (long k = 0; k < outer(type, dim); k++) {
      to.allocation().copyFrom(k * own, all.asSlice(k * whole + first * row, own));
    }
    return to;
  }

  /** Puts rows to their place. */
  void store(Buffer rows, int dim, long first, HostBuffer to) {
    MemorySegment part = rows.toHost();
    TensorType type = rows.type();
    long row = rowBytes(type, dim);
    long own = type.dim(dim) * row;
    long whole = to.type().dim(dim) * row;
    for (long k = 0; k < outer(type, dim); k++) {
      to.allocation().copyFrom(k * whole + first * row, part.asSlice(k * own, own));
    }
  }

  private static long rowBytes(TensorType type, int dim) {
    long bytes = type.dtype().bytes();
    for (int d = dim + 1; d < type.rank(); d++) {
      bytes *= type.dim(d);
    }
    return bytes;
  }

  private static long outer(TensorType type, int dim) {
    long n = 1;
    for (int d = 0; d < dim; d++) {
      n *= type.dim(d);
    }
    return n;
  }

  static TensorType withRows(TensorType type, int dim, long rows) {
    Shape shape = type.shape();
    return type.withShape(shape.with(dim, rows));
  }
}
