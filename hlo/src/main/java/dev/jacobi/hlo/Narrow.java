package dev.jacobi.hlo;

import java.util.Arrays;
import java.util.Optional;

/**
 * Integers of two and four bits, and floating-point numbers of four to eight. An element takes a
 * byte: an integer's value, or a number's bits, {@code sign exponent mantissa}, in the low bits.
 */
public enum Narrow implements Element {
  I2("i2", DType.I8, 2),
  I4("i4", DType.I8, 4),
  U2("ui2", DType.U8, 2),
  U4("ui4", DType.U8, 4),
  F4E2M1FN("f4E2M1FN", 2, 1, 1, Specials.NONE),
  F6E2M3FN("f6E2M3FN", 2, 3, 1, Specials.NONE),
  F6E3M2FN("f6E3M2FN", 3, 2, 3, Specials.NONE),
  F8E3M4("f8E3M4", 3, 4, 3, Specials.INFINITE),
  F8E4M3("f8E4M3", 4, 3, 7, Specials.INFINITE),
  F8E4M3FN("f8E4M3FN", 4, 3, 7, Specials.NAN),
  F8E4M3FNUZ("f8E4M3FNUZ", 4, 3, 8, Specials.ONE_NAN),
  F8E4M3B11FNUZ("f8E4M3B11FNUZ", 4, 3, 11, Specials.ONE_NAN),
  F8E5M2("f8E5M2", 5, 2, 15, Specials.INFINITE),
  F8E5M2FNUZ("f8E5M2FNUZ", 5, 2, 16, Specials.ONE_NAN),
  F8E8M0FNU("f8E8M0FNU", 8, 0, 127, Specials.POWERS);

  /** Which values a floating type has besides the finite ones. */
  public enum Specials {
    /** None: what is too large is the largest number, NaN is -0. */
    NONE,
    /** As in IEEE 754: the largest exponent is that of infinities and NaNs. */
    INFINITE,
    /** NaN, of either sign, has all bits set. */
    NAN,
    /** One NaN in the place of -0. */
    ONE_NAN,
    /** Positive powers of two, and a NaN with all bits set. */
    POWERS
  }

  private final String mlir;
  private final DType.Kind kind;
  private final DType storage;
  private final int bits;
  private final int mantissaBits;
  private final int bias;
  private final Specials specials;

  Narrow(String mlir, DType storage, int bits) {
    this.mlir = mlir;
    this.kind = storage.kind();
    this.storage = storage;
    this.bits = bits;
    this.mantissaBits = 0;
    this.bias = 0;
    this.specials = Specials.NONE;
  }

  Narrow(String mlir, int exponentBits, int mantissaBits, int bias, Specials specials) {
    this.mlir = mlir;
    this.kind = DType.Kind.FLOAT;
    this.storage = DType.U8;
    this.bits = exponentBits + mantissaBits + (specials == Specials.POWERS ? 0 : 1);
    this.mantissaBits = mantissaBits;
    this.bias = bias;
    this.specials = specials;
  }

  @Override
  public String mlir() {
    return mlir;
  }

  @Override
  public DType.Kind kind() {
    return kind;
  }

  @Override
  public int bits() {
    return bits;
  }

  @Override
  public DType storage() {
    return storage;
  }

  public int mantissaBits() {
    return mantissaBits;
  }

  public Specials specials() {
    return specials;
  }

  /** The exponent of the smallest normal number. */
  public int minExponent() {
    return specials == Specials.POWERS ? -bias : 1 - bias;
  }

  /** The sign's bit, 0 if there is none. */
  public int signBit() {
    return specials == Specials.POWERS ? 0 : 1 << (bits - 1);
  }

  /** The bits of the largest number. */
  public int maxCode() {
    int all = specials == Specials.POWERS ? 0xFF : signBit() - 1;
    return switch (specials) {
      case NONE, ONE_NAN -> all;
      case NAN, POWERS -> all - 1;
      case INFINITE -> infinity() - 1;
    };
  }

  private int infinity() {
    return (signBit() - 1) >> mantissaBits << mantissaBits;
  }

  /** The bits, but for the sign, of what is larger than that. */
  public int overflowCode() {
    return switch (specials) {
      case NONE -> maxCode();
      case INFINITE -> infinity();
      case NAN, ONE_NAN, POWERS -> nanCode();
    };
  }

  /** The bits of NaN, or of what stands for it. */
  public int nanCode() {
    return switch (specials) {
      case NONE, ONE_NAN -> signBit();
      case INFINITE -> infinity() | 1 << (mantissaBits - 1);
      case NAN -> signBit() - 1;
      case POWERS -> 0xFF;
    };
  }

  /** The number that the bits of an element of a floating type mean. */
  public double value(int code) {
    if (specials == Specials.POWERS) {
      return code == 0xFF ? Double.NaN : Math.scalb(1.0, code - bias);
    }
    int magnitude = code & signBit() - 1;
    double sign = (code & signBit()) != 0 ? -1 : 1;
    if (specials == Specials.ONE_NAN && code == signBit()) {
      return Double.NaN;
    }
    if (magnitude > maxCode()) {
      boolean infinite = specials == Specials.INFINITE && magnitude == infinity();
      return infinite ? sign * Double.POSITIVE_INFINITY : Double.NaN;
    }
    int exponent = Math.max(magnitude >> mantissaBits, 1);
    int steps = magnitude - (exponent - 1 << mantissaBits);
    return sign * Math.scalb((double) steps, exponent - bias - mantissaBits);
  }

  /**
   * The bits of the nearest number of a floating type, of two the one with an even last bit, or of
   * powers of two the larger one: as ml_dtypes rounds.
   */
  public int code(double x) {
    int sign = Double.doubleToRawLongBits(x) < 0 ? signBit() : 0;
    if (x != x) {
      boolean signed = specials == Specials.INFINITE || specials == Specials.NAN;
      return nanCode() | (signed ? sign : 0);
    }
    double a = Math.abs(x);
    if (specials == Specials.POWERS) {
      return x > 0 ? power(a) : nanCode();
    }
    int exponent = Math.clamp(Math.getExponent(a), minExponent(), 1000);
    double steps = Math.rint(Math.scalb(a, mantissaBits - exponent));
    long code =
        ((long) (exponent - minExponent()) << mantissaBits) + (long) Math.min(steps, 1 << 20);
    if (code > maxCode()) {
      int over = overflowCode();
      return specials == Specials.ONE_NAN ? over : over | sign;
    }
    return specials == Specials.ONE_NAN && code == 0 ? 0 : (int) code | sign;
  }

  private int power(double a) {
    int exponent = Math.getExponent(a);
    double fraction = Math.scalb(a, -exponent);
    int code = exponent + bias + (fraction >= 1.5 ? 1 : 0);
    return code > maxCode() ? nanCode() : Math.max(code, 0);
  }

  /** Finds a type by its MLIR name. */
  public static Optional<Narrow> ofMlir(String name) {
    return Arrays.stream(values()).filter(t -> t.mlir.equals(name)).findFirst();
  }
}
