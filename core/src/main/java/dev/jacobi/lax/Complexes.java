package dev.jacobi.lax;

import static dev.jacobi.lax.Arithmetic.neg;

import dev.jacobi.Array;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Value;

/** Complex numbers and their parts. */
public final class Complexes {
  static final Unary REAL =
      Unary.linear("real", Fn.REAL, Domain.COMPLEX, ct -> complex(ct, Zeros.like(ct)));
  static final Unary IMAG =
      Unary.linear("imag", Fn.IMAG, Domain.COMPLEX, ct -> complex(Zeros.like(ct), neg(ct)));
  static final Binary COMPLEX =
      Binary.linear(
              "complex",
              Fn.COMPLEX,
              Domain.PARTS,
              (x, y, z, t) -> complex(t, Zeros.like(t)),
              (x, y, z, t) -> complex(Zeros.like(t), t))
          .transposed((ct, y) -> real(ct), (ct, x) -> neg(imag(ct)));

  static final Unary CONJ =
      Unary.linear("conj", (c, x) -> lowerConj(c.builder(), x), Domain.INEXACT, ct -> conj(ct));

  private Complexes() {}

  private static Value lowerConj(HloBuilder b, Value x) {
    return x.dtype().isComplex()
        ? b.pointwise(
            Fn.COMPLEX, b.pointwise(Fn.REAL, x), b.pointwise(Fn.NEG, b.pointwise(Fn.IMAG, x)))
        : x;
  }

  public static Array real(Array x) {
    return REAL.of(x);
  }

  public static Array imag(Array x) {
    return IMAG.of(x);
  }

  public static Array complex(Array re, Array im) {
    return COMPLEX.of(re, im);
  }

  /** The complex conjugate; real numbers are their own. */
  public static Array conj(Array x) {
    return x.dtype().isComplex() ? CONJ.of(x) : x;
  }

  /** {@code conj(z) / |z|}, the direction in which the modulus grows; 0 at 0. */
  static Array direction(Array z, Array modulus) {
    Array up = conj(z);
    Array size = Convert.convertElementType(modulus, z.dtype());
    return Arithmetic.div(up, Powers.Pow.orOne(size));
  }
}
