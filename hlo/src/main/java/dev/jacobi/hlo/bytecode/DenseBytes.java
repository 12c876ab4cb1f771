package dev.jacobi.hlo.bytecode;

import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Narrow;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** The elements of constants as MLIR keeps them: one for all if they are equal, bits if boolean. */
final class DenseBytes {
  private static final long MOST = 1L << 30;

  private DenseBytes() {}

  static byte[] of(Literal literal) {
    long size = literal.type().byteSize();
    if (size > MOST) {
      throw new VhloVersionException(
          "a constant of " + size + " bytes; bytecode holds at most " + MOST);
    }
    long count = literal.shape().size();
    int element = literal.dtype().bytes();
    byte[] bytes = literal.data().toArray(ValueLayout.JAVA_BYTE);
    boolean splat = count > 1 && isSplat(literal.data(), element);
    if (literal.type().element().isBool()) {
      return splat ? new byte[] {(byte) -bytes[0]} : packed(bytes);
    }
    byte[] kept = splat ? Arrays.copyOf(bytes, element) : bytes;
    if (literal.type().element() instanceof Narrow narrow) {
      for (int i = 0; i < kept.length; i++) {
        kept[i] &= (byte) ((1 << narrow.bits()) - 1);
      }
    }
    return kept;
  }

  /** Whether each element equals the next: the array equals itself an element further on. */
  private static boolean isSplat(MemorySegment data, int element) {
    long rest = data.byteSize() - element;
    return data.asSlice(element, rest).mismatch(data.asSlice(0, rest)) < 0;
  }

  private static byte[] packed(byte[] booleans) {
    byte[] bits = new byte[(booleans.length + 7) / 8];
    for (int i = 0; i < booleans.length; i++) {
      bits[i / 8] |= (byte) (booleans[i] << i % 8);
    }
    return bits;
  }
}
