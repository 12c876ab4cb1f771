package dev.jacobi.lax;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.DotAlgorithm;
import dev.jacobi.hlo.DotAlgorithm.Format;
import java.util.List;
import java.util.Optional;

/**
 * Known algorithms of dot products: the formats to which the operands are rounded, then that of the
 * sums. {@code X3}, {@code X6} and {@code X9} ask for the exactness of that many products of parts.
 *
 * <p>Operands of other types are converted to the first of the allowed ones. What the engines
 * cannot keep is an error when the program is compiled.
 */
public enum DotAlgorithmPreset implements DotPrecision {
  /** As without an algorithm. */
  DEFAULT(Format.F32, Format.F32, 1),
  ANY_F8_ANY_F8_F32(Format.F32, Format.F32, 1),
  ANY_F8_ANY_F8_F32_FAST_ACCUM(Format.F32, Format.F32, 1),
  ANY_F8_ANY_F8_ANY(Format.F32, Format.F32, 1),
  ANY_F8_ANY_F8_ANY_FAST_ACCUM(Format.F32, Format.F32, 1),
  F16_F16_F16(Format.F16, Format.F16, 1),
  F16_F16_F32(Format.F16, Format.F32, 1),
  BF16_BF16_BF16(Format.BF16, Format.BF16, 1),
  BF16_BF16_F32(Format.BF16, Format.F32, 1),
  BF16_BF16_F32_X3(Format.BF16, Format.F32, 3),
  BF16_BF16_F32_X6(Format.BF16, Format.F32, 6),
  BF16_BF16_F32_X9(Format.BF16, Format.F32, 9),
  TF32_TF32_F32(Format.TF32, Format.F32, 1),
  TF32_TF32_F32_X3(Format.TF32, Format.F32, 3),
  F32_F32_F32(Format.F32, Format.F32, 1),
  F64_F64_F64(Format.F64, Format.F64, 1);

  private final Format operands;
  private final Format sums;
  private final int products;

  DotAlgorithmPreset(Format operands, Format sums, int products) {
    this.operands = operands;
    this.sums = sums;
    this.products = products;
  }

  /** The types that operands may have, the preferred one first; none: any. */
  private List<DType> types() {
    return switch (this) {
      case DEFAULT,
          ANY_F8_ANY_F8_F32,
          ANY_F8_ANY_F8_F32_FAST_ACCUM,
          ANY_F8_ANY_F8_ANY,
          ANY_F8_ANY_F8_ANY_FAST_ACCUM ->
          List.of();
      case F16_F16_F16, F16_F16_F32 -> List.of(DType.F16);
      case BF16_BF16_BF16, BF16_BF16_F32 -> List.of(DType.BF16, DType.F32);
      case F64_F64_F64 -> List.of(DType.F64);
      case BF16_BF16_F32_X3,
          BF16_BF16_F32_X6,
          BF16_BF16_F32_X9,
          TF32_TF32_F32,
          TF32_TF32_F32_X3,
          F32_F32_F32 ->
          List.of(DType.F32);
    };
  }

  /** The type in which an operand is given to the algorithm. */
  DType operandType(DType given) {
    List<DType> types = types();
    return types.isEmpty() || types.contains(given) ? given : types.getFirst();
  }

  /** The type of the product of operands of these types; it is converted to what was asked for. */
  DType resultType(DType operand, DType asked) {
    if (types().isEmpty()) {
      return asked;
    }
    boolean narrow = this == F16_F16_F32 || this == BF16_BF16_F32;
    boolean isHeld = narrow && asked == operand && operand.bytes() == 2;
    return isHeld ? asked : type(sums);
  }

  static DType type(Format format) {
    return switch (format) {
      case F16 -> DType.F16;
      case BF16 -> DType.BF16;
      case TF32, F32 -> DType.F32;
      case F64 -> DType.F64;
    };
  }

  /**
   * The algorithm in StableHLO; none for the default.
   *
   * @throws LaxTypeException if it wants operands of 8 bits and they are not
   */
  Optional<DotAlgorithm> algorithm(DType lhs, DType rhs) {
    if (this == DEFAULT) {
      return Optional.empty();
    }
    if (types().isEmpty()) {
      throw new LaxTypeException(
          "dot_general",
          "the algorithm "
              + this
              + " requires both inputs to have float8 dtypes, got "
              + lhs.numpyName()
              + " and "
              + rhs.numpyName());
    }
    return Optional.of(new DotAlgorithm(operands, operands, sums, 1, 1, products, false));
  }
}
