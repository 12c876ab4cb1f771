package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Shape;
import dev.jacobi.jaxpr.Atom;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Shapes;
import dev.jacobi.trace.ConcreteArray;
import dev.jacobi.trace.NullArgumentException;
import dev.jacobi.trace.ScalarArray;
import dev.jacobi.trace.UserCode;
import dev.jacobi.trace.Warnings;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** JAX's lattice of element types, and NumPy's broadcasting of shapes. */
public final class Promotion {
  private Promotion() {}

  /** Element types and, between them, the weak types of Java's scalars. */
  private enum Node {
    BOOL,
    WEAK_INT,
    U8,
    U16,
    U32,
    U64,
    I8,
    I16,
    I32,
    I64,
    WEAK_FLOAT,
    BF16,
    F16,
    F32,
    F64,
    WEAK_COMPLEX,
    C64,
    C128
  }

  private static final Map<Node, Set<Node>> ABOVE = new EnumMap<>(Node.class);

  static {
    edge(Node.C128);
    edge(Node.C64, Node.C128);
    edge(Node.WEAK_COMPLEX, Node.C64);
    edge(Node.F64, Node.C128);
    edge(Node.F32, Node.F64, Node.C64);
    edge(Node.F16, Node.F32);
    edge(Node.BF16, Node.F32);
    edge(Node.WEAK_FLOAT, Node.BF16, Node.F16, Node.WEAK_COMPLEX);
    edge(Node.I64, Node.WEAK_FLOAT);
    edge(Node.I32, Node.I64);
    edge(Node.I16, Node.I32);
    edge(Node.I8, Node.I16);
    edge(Node.U64, Node.WEAK_FLOAT);
    edge(Node.U32, Node.I64, Node.U64);
    edge(Node.U16, Node.I32, Node.U32);
    edge(Node.U8, Node.I16, Node.U16);
    edge(Node.WEAK_INT, Node.I8, Node.U8);
    edge(Node.BOOL, Node.WEAK_INT);
  }

  /** Every node above {@code node}, itself included, from those right above it. */
  private static void edge(Node node, Node... next) {
    Set<Node> above = EnumSet.of(node);
    for (Node n : next) {
      above.addAll(ABOVE.get(n));
    }
    ABOVE.put(node, above);
  }

  /** An element type and whether it is weak. */
  public record Type(DType dtype, boolean weak) {}

  /**
   * The least type above all operands'. If no operand has 64 bits, the result has not either, as in
   * JAX without its 64-bit flag.
   */
  public static Type join(List<Aval> operands) {
    Set<Node> above = EnumSet.allOf(Node.class);
    boolean wide = false;
    for (Aval operand : operands) {
      above.retainAll(ABOVE.get(node(operand)));
      wide |= !operand.weak() && is64(operand.dtype());
    }
    Node least =
        above.stream().filter(n -> ABOVE.get(n).containsAll(above)).findFirst().orElseThrow();
    boolean weak = operands.stream().allMatch(Aval::weak);
    if (weak) {
      wide = operands.stream().anyMatch(a -> is64(a.dtype()));
    }
    return new Type(dtype(least, wide), weak || isWeak(least));
  }

  private static boolean is64(DType t) {
    return t == DType.I64 || t == DType.U64 || t == DType.F64 || t == DType.C128;
  }

  private static boolean isWeak(Node n) {
    return n == Node.WEAK_INT || n == Node.WEAK_FLOAT || n == Node.WEAK_COMPLEX;
  }

  private static Node node(Aval aval) {
    if (aval.key()) {
      throw new LaxTypeException("promotion", "keys of random numbers are no numbers");
    }
    if (aval.weak() && !aval.dtype().isBool()) {
      return switch (aval.dtype().kind()) {
        case SIGNED, UNSIGNED -> Node.WEAK_INT;
        case FLOAT -> Node.WEAK_FLOAT;
        case COMPLEX -> Node.WEAK_COMPLEX;
        case BOOL -> Node.BOOL;
      };
    }
    return Node.valueOf(aval.dtype().name());
  }

  private static DType dtype(Node node, boolean wide) {
    return switch (node) {
      case WEAK_INT -> wide ? DType.I64 : DType.I32;
      case WEAK_FLOAT -> wide ? DType.F64 : DType.F32;
      case WEAK_COMPLEX -> wide ? DType.C128 : DType.C64;
      case I64 -> wide ? DType.I64 : DType.I32;
      case U64 -> wide ? DType.U64 : DType.U32;
      case F64 -> wide ? DType.F64 : DType.F32;
      case C128 -> wide ? DType.C128 : DType.C64;
      case BOOL, U8, U16, U32, I8, I16, I32, BF16, F16, F32, C64 -> DType.valueOf(node.name());
    };
  }

  /** Converts to an element type; a scalar of the program text stays one. */
  public static Array convert(Array x, DType dtype, boolean weak) {
    if (!(x instanceof ScalarArray s)) {
      return Convert.convertElementType(x, dtype, weak);
    }
    Aval aval = new Aval(dtype, Shape.scalar(), weak, false);
    Atom.Lit from = s.lit();
    if (!dtype.isInexact()) {
      return from.isFloat()
          ? Convert.convertElementType(x, dtype, weak)
          : new ScalarArray(new Atom.Lit(aval, integer(from, dtype)));
    }
    double value = rounded(from.doubleValue(), dtype);
    return new ScalarArray(Atom.Lit.of(aval, value));
  }

  private static double rounded(double value, DType dtype) {
    double r =
        switch (dtype) {
          case F64, C128 -> value;
          case F16 -> Float.float16ToFloat(Literal.doubleToFloat16(value));
          case BF16 -> Literal.bfloat16ToFloat(Literal.doubleToBfloat16(value));
          case F32, C64, BOOL, I8, I16, I32, I64, U8, U16, U32, U64 -> (float) value;
        };
    if (Double.isInfinite(r) && !Double.isInfinite(value)) {
      throw new ScalarRangeException(value + " at " + UserCode.line(), dtype);
    }
    return r;
  }

  private static long integer(Atom.Lit from, DType dtype) {
    long v = from.bits();
    if (dtype.isBool()) {
      return v != 0 ? 1 : 0;
    }
    boolean fits =
        dtype == DType.U64 ? v >= 0 : v >= dtype.minInteger() && (v <= dtype.maxInteger());
    if (!fits) {
      throw new ScalarRangeException(v + " at " + UserCode.line(), dtype);
    }
    return v;
  }

  /**
   * Operands for a program of their own: beside an array of 64 bits, Java's doubles go in with all
   * their digits, which f32 would cut off.
   */
  public static List<Array> together(Array... operands) {
    NullArgumentException.requireArrays("a function of arrays", (Object[]) operands);
    boolean wide = false;
    for (Array operand : operands) {
      wide |= !operand.aval().weak() && is64(operand.dtype());
    }
    Array[] all = operands.clone();
    for (int i = 0; wide && i < all.length; i++) {
      if (all[i] instanceof ScalarArray s && s.aval().weak() && s.dtype() == DType.F32) {
        Aval aval = new Aval(DType.F64, Shape.scalar(), true, false);
        all[i] = new ScalarArray(Atom.Lit.of(aval, s.lit().doubleValue()));
      }
    }
    return List.of(all);
  }

  /** Throws if a scalar of the program text does not fit the type that it will get. */
  static void checkScalars(Type type, Array... operands) {
    for (Array operand : operands) {
      if (operand instanceof ScalarArray) {
        convert(operand, type.dtype(), type.weak());
      }
    }
  }

  /** Operands of one element type and, except scalars of the program text, of one shape. */
  public static Array[] promote(String function, Array... operands) {
    NullArgumentException.requireArrays(function, (Object[]) operands);
    Type type = join(avals(operands));
    if (type.dtype() == DType.F64 || type.dtype() == DType.C128) {
      warnOfMixing(function, operands);
    }
    Array[] converted = new Array[operands.length];
    for (int i = 0; i < operands.length; i++) {
      converted[i] = convert(operands[i], type.dtype(), type.weak());
    }
    return broadcast(function, converted);
  }

  /** The same, with integers and booleans made floating point. */
  public static Array[] promoteInexact(String function, Array... operands) {
    Type type = join(avals(operands));
    if (type.dtype().isInexact()) {
      return promote(function, operands);
    }
    boolean wide = type.dtype() == DType.I64 || type.dtype() == DType.U64;
    Array[] converted = new Array[operands.length];
    for (int i = 0; i < operands.length; i++) {
      converted[i] = convert(operands[i], wide ? DType.F64 : DType.F32, type.weak());
    }
    return broadcast(function, converted);
  }

  /** Says once that eager f32 and f64 arrays meet: the result is wider than the user may expect. */
  private static void warnOfMixing(String function, Array... operands) {
    boolean narrow = false;
    for (Array operand : operands) {
      narrow |= operand instanceof ConcreteArray && operand.dtype() == DType.F32;
    }
    if (narrow) {
      Warnings.once(
          "mixing f32 and f64",
          () ->
              function
                  + " at "
                  + UserCode.line()
                  + " mixes f32 and f64 arrays; the result is "
                  + "f64. A Java double[] makes f64 arrays, a float[] f32; astype converts.");
    }
  }

  private static List<Aval> avals(Array... operands) {
    Aval[] avals = new Aval[operands.length];
    for (int i = 0; i < operands.length; i++) {
      avals[i] = operands[i].aval();
    }
    return List.of(avals);
  }

  /** Operands repeated to their common shape; scalars of the program text stay as they are. */
  public static Array[] broadcast(String function, Array... operands) {
    Shape shape = operands[0].shape();
    boolean equal = true;
    for (Array operand : operands) {
      equal &= operand.shape().equals(shape) || operand instanceof ScalarArray;
    }
    if (equal && !(operands[0] instanceof ScalarArray)) {
      return operands;
    }
    Shape common = commonShape(function, operands);
    Array[] results = new Array[operands.length];
    for (int i = 0; i < operands.length; i++) {
      results[i] =
          operands[i] instanceof ScalarArray ? operands[i] : broadcastTo(operands[i], common);
    }
    return results;
  }

  /** The shape to which all operands broadcast. */
  public static Shape commonShape(String function, Array... operands) {
    int rank = 0;
    for (Array operand : operands) {
      rank = Math.max(rank, operand.rank());
    }
    long[] sizes = new long[rank];
    java.util.Arrays.fill(sizes, 1);
    for (Array operand : operands) {
      int offset = rank - operand.rank();
      long[] own = operand.shape().toArray(); // unknown sizes, of a batch, are equal or wrong
      for (int d = 0; d < operand.rank(); d++) {
        long size = own[d];
        if (size != 1 && sizes[offset + d] != 1 && sizes[offset + d] != size) {
          throw new ShapeMismatchException(function, operands);
        }
        sizes[offset + d] = size == 1 ? sizes[offset + d] : size;
      }
    }
    return Shape.of(sizes);
  }

  /** NumPy's {@code broadcast_to}. */
  public static Array broadcastTo(Array x, Shape shape) {
    int offset = shape.rank() - x.rank();
    if (offset < 0) {
      throw new LaxTypeException(
          "broadcastTo", "an array of shape " + x.shape() + " has more dimensions than " + shape);
    }
    long[] from = x.shape().toArray();
    long[] to = shape.toArray();
    Axes stretched =
        Axes.of(
            java.util.stream.IntStream.range(0, x.rank())
                .filter(d -> from[d] == 1 && to[offset + d] != 1)
                .toArray());
    Array kept = stretched.isEmpty() || x.rank() == 0 ? x : Shapes.squeeze(x, stretched);
    Axes dims = stretched.complement(x.rank()).map(d -> d + offset);
    return Shapes.broadcastInDim(kept, shape, dims);
  }
}
