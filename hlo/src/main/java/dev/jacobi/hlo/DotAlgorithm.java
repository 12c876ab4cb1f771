package dev.jacobi.hlo;

/**
 * How a dot product is computed: to what its operands are rounded, in what it adds, and into how
 * many parts the operands are split to emulate a higher precision (1 everywhere: they are not).
 */
public record DotAlgorithm(
    Format lhsPrecision,
    Format rhsPrecision,
    Format accumulation,
    int lhsComponents,
    int rhsComponents,
    int primitiveOperations,
    boolean impreciseAccumulation) {

  /** Floating formats of operands and sums; {@code tf32} has no element type of its own. */
  public enum Format {
    F16("f16", 5, 10),
    BF16("bf16", 8, 7),
    TF32("tf32", 8, 10),
    F32("f32", 8, 23),
    F64("f64", 11, 52);

    private final String mlir;
    private final int exponentBits;
    private final int mantissaBits;

    Format(String mlir, int exponentBits, int mantissaBits) {
      this.mlir = mlir;
      this.exponentBits = exponentBits;
      this.mantissaBits = mantissaBits;
    }

    public String mlir() {
      return mlir;
    }

    public int exponentBits() {
      return exponentBits;
    }

    public int mantissaBits() {
      return mantissaBits;
    }

    /** Whether every value of {@code other} is one of this format. */
    public boolean holds(Format other) {
      return exponentBits >= other.exponentBits && mantissaBits >= other.mantissaBits;
    }

    /** The format of a floating element type. */
    public static Format of(DType dtype) {
      return switch (dtype) {
        case F16 -> F16;
        case BF16 -> BF16;
        case F32 -> F32;
        case F64 -> F64;
        case BOOL, I8, I16, I32, I64, U8, U16, U32, U64, C64, C128 ->
            throw new HloTypeException(dtype.mlir() + " is not a floating type");
      };
    }
  }

  /** Whether some hardware is known to have it: StableHLO has no others. */
  public boolean isKnown() {
    boolean sameOnce = lhsPrecision == rhsPrecision && lhsComponents == 1 && rhsComponents == 1;
    boolean inFloats = accumulation == Format.F32;
    int n = primitiveOperations;
    boolean known =
        switch (lhsPrecision) {
          case F16 -> n == 1 && (inFloats || accumulation == Format.F16);
          case BF16 ->
              inFloats && (n == 1 || n == 3 || n == 6 || n == 9)
                  || accumulation == Format.BF16 && n == 1;
          case TF32 -> inFloats && (n == 1 || n == 3);
          case F32 -> inFloats && n == 1;
          case F64 -> accumulation == Format.F64 && n == 1;
        };
    return known && sameOnce && !impreciseAccumulation;
  }

  /** Whether a few products of floats' parts are to be about as exact as the floats' own. */
  public boolean emulates(DType operand) {
    return operand == DType.F32
        && accumulation == Format.F32
        && lhsComponents == 1
        && rhsComponents == 1
        && primitiveOperations > 1;
  }

  /** Whether nothing is split: one product of operands that were rounded once. */
  public boolean isPlain() {
    return lhsComponents == 1 && rhsComponents == 1 && primitiveOperations == 1;
  }
}
