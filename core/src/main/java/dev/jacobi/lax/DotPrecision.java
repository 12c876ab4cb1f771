package dev.jacobi.lax;

import dev.jacobi.hlo.DotAlgorithm;
import dev.jacobi.hlo.ReductionOp.Precision;
import java.util.Locale;

/** How a dot product multiplies: JAX's parameter {@code precision}. */
public sealed interface DotPrecision
    permits DotPrecision.Each, DotPrecision.Algorithm, DotAlgorithmPreset {
  /** How exactly, per operand; on the engines here every product is as exact as the highest. */
  record Each(Precision lhs, Precision rhs) implements DotPrecision {
    @Override
    public String toString() {
      return "(Precision." + lhs + ", Precision." + rhs + ")";
    }
  }

  /** Formats of operands and sums, spelled out. */
  record Algorithm(DotAlgorithm algorithm) implements DotPrecision {
    @Override
    public String toString() {
      return algorithm.toString();
    }
  }

  /** The same precision for both operands. */
  static DotPrecision of(Precision precision) {
    return new Each(precision, precision);
  }

  /**
   * By one of JAX's names: {@code default}, {@code fastest}, {@code bfloat16}, {@code high}, {@code
   * bfloat16_3x}, {@code tensorfloat32}, {@code highest}, {@code float32}, or that of a {@link
   * DotAlgorithmPreset}.
   *
   * @throws LaxTypeException if there is no such name
   */
  static DotPrecision of(String name) {
    return switch (name) {
      case "default", "fastest", "bfloat16" -> of(Precision.DEFAULT);
      case "high", "bfloat16_3x", "tensorfloat32" -> of(Precision.HIGH);
      case "highest", "float32" -> of(Precision.HIGHEST);
      default -> {
        for (var preset : DotAlgorithmPreset.values()) {
          if (preset.name().equals(name.toUpperCase(Locale.ROOT))) {
            yield preset;
          }
        }
        throw new LaxTypeException("dot_general", "no precision is called \"" + name + "\"");
      }
    };
  }
}
