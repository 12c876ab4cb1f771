package dev.jacobi.hlo.interpret;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.interpret.Tensor.Complexes;
import dev.jacobi.hlo.interpret.Tensor.Ints;
import dev.jacobi.hlo.interpret.Tensor.Reals;
import java.lang.foreign.MemorySegment;

/**
 * Changes of element type. Floating to integer rounds toward zero and saturates, and NaN becomes 0;
 * integer to integer wraps; anything to boolean asks whether it is not 0; complex to real drops the
 * imaginary part.
 */
final class Conversions {
  private Conversions() {}

  static Tensor convert(Tensor x, DType to) {
    if (x.dtype() == to) {
      return x;
    }
    TensorType type = x.type().withDtype(to);
    return switch (to.kind()) {
      case BOOL, SIGNED, UNSIGNED -> new Ints(type, toInts(x, to));
      case FLOAT -> new Reals(type, toReals(x, to));
      case COMPLEX ->
          x instanceof Complexes c
              ? new Complexes(type, rounded(to, c.re()), rounded(to, c.im()))
              : new Complexes(type, toReals(x, to.real()), new double[x.size()]);
    };
  }

  private static double[] rounded(DType to, double[] values) {
    return Rounding.round(to, values.clone());
  }

  private static long[] toInts(Tensor x, DType to) {
    return switch (x) {
      case Ints n -> Rounding.wrap(to, n.values().clone());
      case Reals r -> truncated(r.values(), to);
      case Complexes c -> truncated(c.re(), to);
    };
  }

  private static long[] truncated(double[] values, DType to) {
    long[] out = new long[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = truncate(values[i], to);
    }
    return out;
  }

  private static long truncate(double x, DType to) {
    return switch (to) {
      case BOOL -> x != 0 ? 1 : 0;
      case U64 -> x > 0 ? Literal.doubleToUnsigned(x) : 0;
      case I8, I16, I32, I64, U8, U16, U32 ->
          Math.clamp((long) x, to.minInteger(), to.maxInteger());
      case F16, BF16, F32, F64, C64, C128 ->
          throw new AssertionError(to + " is not an integer type");
    };
  }

  private static double[] toReals(Tensor x, DType to) {
    return switch (x) {
      case Ints n -> {
        double[] out = new double[n.values().length];
        for (int i = 0; i < out.length; i++) {
          out[i] = toReal(n.dtype(), n.values()[i], to);
        }
        yield Rounding.round(to, out);
      }
      case Reals r -> rounded(to, r.values());
      case Complexes c -> rounded(to, c.re());
    };
  }

  /** The nearest double, or one that rounds to the nearest value of a narrower type. */
  private static double toReal(DType from, long x, DType to) {
    if (from == DType.U64 && x < 0) {
      // Half of it, with a sticky last bit, rounds as the whole would.
      return 2 * toReal(DType.I64, x >>> 1 | x & 1, to);
    }
    return to == DType.F64 ? x : oddDouble(x);
  }

  /** Exact, or else rounded to odd, so that rounding again equals rounding once. */
  private static double oddDouble(long x) {
    int excess = 11 - Long.numberOfLeadingZeros(Math.abs(x));
    if (excess <= 0 || x == Long.MIN_VALUE) {
      return x;
    }
    long low = (1L << excess) - 1;
    long sign = x < 0 ? -1 : 1;
    long a = Math.abs(x);
    return sign * ((a & low) == 0 ? a : a & ~low | 1L << excess);
  }

  /** The same bits read as another type; between widths the last dimension changes. */
  static Tensor bitcast(Tensor x, TensorType type) {
    MemorySegment data = x.toLiteral().data();
    if (x.dtype().isBool() != type.dtype().isBool()) {
      data = x.dtype().isBool() ? packed(data) : unpacked(data);
    }
    return Tensor.of(type, data);
  }

  /** Booleans, which take a byte each, as bits; the first is the lowest. */
  private static MemorySegment packed(MemorySegment booleans) {
    byte[] bits = new byte[Math.toIntExact(booleans.byteSize() / 8)];
    for (int i = 0; i < 8 * bits.length; i++) {
      bits[i / 8] |= (byte) (booleans.get(JAVA_BYTE, i) << i % 8);
    }
    return MemorySegment.ofArray(bits);
  }

  private static MemorySegment unpacked(MemorySegment bits) {
    byte[] booleans = new byte[Math.toIntExact(8 * bits.byteSize())];
    for (int i = 0; i < booleans.length; i++) {
      booleans[i] = (byte) (bits.get(JAVA_BYTE, i / 8) >> i % 8 & 1);
    }
    return MemorySegment.ofArray(booleans);
  }

  /**
   * Rounds to fewer mantissa bits, then to the range of fewer exponent bits; subnormals become 0.
   */
  static Reals reducePrecision(Reals x, int exponentBits, int mantissaBits) {
    double[] out = new double[x.values().length];
    for (int i = 0; i < out.length; i++) {
      out[i] = reduce(x.values()[i], x.dtype(), exponentBits, mantissaBits);
    }
    return new Reals(x.type(), out);
  }

  private static double reduce(double x, DType t, int exponentBits, int mantissaBits) {
    if (x != x) {
      return mantissaBits > 0 ? x : Math.copySign(Double.POSITIVE_INFINITY, x);
    }
    if (Double.isInfinite(x)) {
      return x;
    }
    int exponent = Math.max(Math.getExponent(x), minExponent(t));
    double unit = Math.scalb(1.0, exponent - Math.min(mantissaBits, mantissaBits(t)));
    double rounded = nearest(x / unit, mantissaBits, exponent) * unit;
    if (exponentBits >= exponentBits(t)) {
      return Rounding.round(t, rounded);
    }
    int bias = (1 << (exponentBits - 1)) - 1;
    int newExponent = Math.getExponent(rounded);
    if (newExponent > bias) {
      return Math.copySign(Double.POSITIVE_INFINITY, x);
    }
    return newExponent <= -bias ? Math.copySign(0.0, x) : rounded;
  }

  /** Rounds to even bits: without a mantissa the last bit is the (biased) exponent's. */
  private static double nearest(double x, int mantissaBits, int exponent) {
    boolean down = mantissaBits == 0 && Math.abs(x) == 1.5 && exponent % 2 != 0;
    return down ? Math.copySign(1, x) : Math.rint(x);
  }

  private static int mantissaBits(DType t) {
    return switch (t) {
      case F16 -> 10;
      case BF16 -> 7;
      case F32 -> 23;
      case F64 -> 52;
      case BOOL, I8, I16, I32, I64, U8, U16, U32, U64, C64, C128 ->
          throw new AssertionError(t + " is not a floating type");
    };
  }

  private static int exponentBits(DType t) {
    return switch (t) {
      case F16 -> 5;
      case BF16, F32 -> 8;
      case F64 -> 11;
      case BOOL, I8, I16, I32, I64, U8, U16, U32, U64, C64, C128 ->
          throw new AssertionError(t + " is not a floating type");
    };
  }

  private static int minExponent(DType t) {
    return 2 - (1 << (exponentBits(t) - 1));
  }
}
