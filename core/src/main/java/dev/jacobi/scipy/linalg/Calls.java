package dev.jacobi.scipy.linalg;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Promotion;
import dev.jacobi.transform.NamedJit;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What functions of matrices check first, and how they become programs of their own. */
public final class Calls {
  private Calls() {}

  /** A function with one result as one program. */
  static Array one(String name, Object statics, Function<Array[], Array> f, Array... operands) {
    return several(name, statics, x -> List.of(f.apply(x)), operands).getFirst();
  }

  /** A function with several results as one program. */
  static List<Array> several(
      String name, Object statics, Function<Array[], List<Array>> f, Array... operands) {
    return NamedJit.call(
        name,
        List.of("scipy.linalg", statics),
        a -> f.apply(a.toArray(Array[]::new)),
        Promotion.together(operands));
  }

  /** Operands of one element type; shapes stay. */
  static Array[] promoted(Array... operands) {
    List<Array> all = Promotion.together(operands);
    Promotion.Type type = Promotion.join(all.stream().map(Array::aval).toList());
    return all.stream()
        .map(x -> Promotion.convert(x, type.dtype(), type.weak()))
        .toArray(Array[]::new);
  }

  /** The same, with integers and booleans made floating point. */
  static Array[] inexact(Array... operands) {
    Array[] all = promoted(operands);
    for (int i = 0; i < all.length; i++) {
      DType t = all[i].dtype();
      boolean wide = t == DType.I64 || t == DType.U64;
      boolean weak = all[i].aval().weak();
      all[i] =
          t.isInexact() ? all[i] : Promotion.convert(all[i], wide ? DType.F64 : DType.F32, weak);
    }
    return all;
  }

  /** A stack of square matrices as floating point. */
  static Array squares(String function, Array a) {
    if (a.rank() < 2 || a.dim(-1) != a.dim(-2)) {
      throw new LaxTypeException(function, "takes square matrices, not shape " + a.shape());
    }
    return inexact(a)[0];
  }

  /** A stack of matrices as floating point. */
  static Array matrices(String function, Array a) {
    if (a.rank() < 2) {
      throw new LaxTypeException(function, "takes matrices, not shape " + a.shape());
    }
    return inexact(a)[0];
  }

  /** A stack of vectors, of at least so many elements. */
  static Array vectors(String function, Array x, long least) {
    Array v = Jnp.atleast1d(x);
    if (v.dim(-1) < least) {
      throw new LaxTypeException(
          function, "takes vectors of at least " + least + " elements, not shape " + x.shape());
    }
    return v;
  }

  /** Operands whose shapes {@code do not fit}, for the reason that {@code why} gives. */
  static LaxTypeException mismatch(String function, String why, Array... operands) {
    String shapes =
        Arrays.stream(operands).map(a -> a.shape().toString()).collect(Collectors.joining(", "));
    return new LaxTypeException(function, "shapes " + shapes + " do not fit: " + why);
  }

  static void requireFloat(String function, DType dtype) {
    if (dtype != DType.F32 && dtype != DType.F64) {
      throw new LaxTypeException(function, "is of f32 or f64, not " + dtype.shortName());
    }
  }

  static void requireOrder(String function, long n, long least) {
    if (n < least) {
      throw new LaxTypeException(function, "needs an order of at least " + least + ", not " + n);
    }
  }
}
