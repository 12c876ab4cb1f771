package dev.jacobi.io;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Turns an array's bytes as a file has them into row-major native order. */
final class Layout {
  private Layout() {}

  static MemorySegment toNative(TensorType type, MemorySegment data, NpyHeader header) {
    boolean bigEndian = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;
    if (header.isBigEndian() != bigEndian) {
      boolean complex = type.dtype().kind() == DType.Kind.COMPLEX;
      swap(data, complex ? type.dtype().bytes() / 2 : type.dtype().bytes());
    }
    if (type.dtype() == DType.BOOL) {
      for (long i = 0; i < data.byteSize(); i++) {
        byte b = data.get(ValueLayout.JAVA_BYTE, i);
        data.set(ValueLayout.JAVA_BYTE, i, (byte) (b == 0 ? 0 : 1)); // compiled code relies on it
      }
    }
    return header.fortranOrder() && type.shape().rank() > 1 ? transposed(type, data) : data;
  }

  private static void swap(MemorySegment data, int width) {
    for (long at = 0; at < data.byteSize() && width > 1; at += width) {
      for (int lo = 0, hi = width - 1; lo < hi; lo++, hi--) {
        byte b = data.get(ValueLayout.JAVA_BYTE, at + lo);
        data.set(ValueLayout.JAVA_BYTE, at + lo, data.get(ValueLayout.JAVA_BYTE, at + hi));
        data.set(ValueLayout.JAVA_BYTE, at + hi, b);
      }
    }
  }

  private static MemorySegment transposed(TensorType type, MemorySegment data) {
    MemorySegment result = Literal.allocate(type);
    int width = type.dtype().bytes();
    int rank = type.shape().rank();
    long[] strides = new long[rank]; // of the file: the first index varies fastest
    long stride = width;
    for (int d = 0; d < rank; d++) {
      strides[d] = stride;
      stride *= type.shape().dim(d);
    }
    long[] index = new long[rank];
    long from = 0;
    for (long to = 0; to < result.byteSize(); to += width) {
      MemorySegment.copy(data, from, result, to, width);
      for (int d = rank - 1; d >= 0; d--) {
        from += strides[d];
        if (++index[d] < type.shape().dim(d)) {
          break;
        }
        from -= strides[d] * index[d];
        index[d] = 0;
      }
    }
    return result;
  }
}
