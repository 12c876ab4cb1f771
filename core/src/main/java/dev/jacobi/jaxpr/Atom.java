package dev.jacobi.jaxpr;

import dev.jacobi.hlo.Literal;

/** What an equation reads: a variable or a scalar literal. */
public sealed interface Atom {
  Aval aval();

  /** A variable; equality is identity. */
  final class Var implements Atom {
    private final Aval aval;

    public Var(Aval aval) {
      this.aval = aval;
    }

    @Override
    public Aval aval() {
      return aval;
    }

    @Override
    public String toString() {
      return "v" + Integer.toHexString(System.identityHashCode(this)) + ":" + aval;
    }
  }

  /**
   * A scalar written into the program.
   *
   * @param bits the value: integers and booleans as they are, floating types as the bits of the
   *     double
   */
  record Lit(Aval aval, long bits) implements Atom {
    public static Lit of(Aval aval, double value) {
      return new Lit(aval, Double.doubleToRawLongBits(value));
    }

    public boolean isFloat() {
      return aval.dtype().isInexact();
    }

    public double doubleValue() {
      return isFloat() ? Double.longBitsToDouble(bits) : bits;
    }

    /** The value as bytes. */
    public Literal literal() {
      return isFloat()
          ? Literal.scalar(aval.dtype(), doubleValue())
          : Literal.scalar(aval.dtype(), bits);
    }
  }
}
