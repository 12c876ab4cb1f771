package dev.jacobi.cpu.llvm;

/**
 * A first-class LLVM type: an element, or a fixed vector of elements.
 *
 * @param elem the element
 * @param lanes 0 for a scalar, else the number of vector lanes
 */
public record LType(Elem elem, int lanes) {
  public static final LType VOID = new LType(Elem.VOID, 0);
  public static final LType I1 = new LType(Elem.I1, 0);
  public static final LType I8 = new LType(Elem.I8, 0);
  public static final LType I16 = new LType(Elem.I16, 0);
  public static final LType I32 = new LType(Elem.I32, 0);
  public static final LType I64 = new LType(Elem.I64, 0);

  /** For the upper half of a 64-bit product. */
  public static final LType I128 = new LType(Elem.I128, 0);

  public static final LType HALF = new LType(Elem.HALF, 0);
  public static final LType BFLOAT = new LType(Elem.BFLOAT, 0);
  public static final LType FLOAT = new LType(Elem.FLOAT, 0);
  public static final LType DOUBLE = new LType(Elem.DOUBLE, 0);
  public static final LType PTR = new LType(Elem.PTR, 0);

  /** The element types that the emitter writes. */
  public enum Elem {
    VOID("void", "", 0),
    I1("i1", "i1", 1),
    I8("i8", "i8", 8),
    I16("i16", "i16", 16),
    I32("i32", "i32", 32),
    I64("i64", "i64", 64),
    I128("i128", "i128", 128),
    HALF("half", "f16", 16),
    BFLOAT("bfloat", "bf16", 16),
    FLOAT("float", "f32", 32),
    DOUBLE("double", "f64", 64),
    PTR("ptr", "p0", 64);

    private final String text;
    private final String suffix;
    private final int bits;

    Elem(String text, String suffix, int bits) {
      this.text = text;
      this.suffix = suffix;
      this.bits = bits;
    }

    /** Width in bits; 1 for {@code i1}. */
    public int bits() {
      return bits;
    }

    public boolean isFloat() {
      return switch (this) {
        case HALF, BFLOAT, FLOAT, DOUBLE -> true;
        case VOID, I1, I8, I16, I32, I64, I128, PTR -> false;
      };
    }

    public boolean isInt() {
      return switch (this) {
        case I1, I8, I16, I32, I64, I128 -> true;
        case VOID, HALF, BFLOAT, FLOAT, DOUBLE, PTR -> false;
      };
    }
  }

  public LType {
    if (lanes < 0 || (lanes > 0 && elem == Elem.VOID)) {
      throw new IllegalArgumentException("no such LLVM type: " + lanes + " x " + elem.text);
    }
  }

  /** The vector type of {@code n} such elements; a scalar for n = 0. */
  public LType lanes(int n) {
    return new LType(elem, n);
  }

  /** The same shape with another element. */
  public LType with(LType element) {
    return new LType(element.elem, lanes);
  }

  /** The element alone. */
  public LType scalar() {
    return lanes(0);
  }

  /** The integer type of the same width and shape, as a bit cast gives it. */
  public LType asInt() {
    return switch (elem) {
      case I1, I8, I16, I32, I64, I128 -> this;
      case HALF, BFLOAT -> with(I16);
      case FLOAT -> with(I32);
      case DOUBLE, PTR -> with(I64);
      case VOID -> throw new IllegalStateException("void has no width");
    };
  }

  /** The type of a comparison's result. */
  public LType mask() {
    return with(I1);
  }

  public boolean isVector() {
    return lanes > 0;
  }

  public boolean isFloat() {
    return elem.isFloat();
  }

  public boolean isInt() {
    return elem.isInt();
  }

  /** Width of one element in bits. */
  public int bits() {
    return elem.bits;
  }

  /** Bytes in memory of one element; an {@code i1} takes one. */
  public int elemBytes() {
    return Math.max(1, elem.bits / 8);
  }

  /** Bytes in memory of the whole value. */
  public int bytes() {
    return elemBytes() * Math.max(1, lanes);
  }

  /** The mangling of intrinsic names: {@code f32}, {@code v8f32}, {@code p0}. */
  public String suffix() {
    return lanes == 0 ? elem.suffix : "v" + lanes + elem.suffix;
  }

  @Override
  public String toString() {
    return lanes == 0 ? elem.text : "<" + lanes + " x " + elem.text + ">";
  }
}
