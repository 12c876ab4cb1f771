package dev.jacobi.numpy;

import dev.jacobi.hlo.DType;
import dev.jacobi.lax.LaxTypeException;
import java.math.BigInteger;

/** Limits of integers. */
public record Iinfo(DType dtype, int bits, BigInteger min, BigInteger max) {
  static Iinfo of(DType t) {
    if (!t.isInteger()) {
      throw new LaxTypeException("iinfo", "has limits of integers, not of " + t);
    }
    boolean signed = !t.isUnsigned();
    BigInteger end = BigInteger.ONE.shiftLeft(signed ? t.bits() - 1 : t.bits());
    return new Iinfo(
        t, t.bits(), signed ? end.negate() : BigInteger.ZERO, end.subtract(BigInteger.ONE));
  }
}
