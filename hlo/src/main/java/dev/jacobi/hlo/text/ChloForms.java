package dev.jacobi.hlo.text;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloTypeException;
import dev.jacobi.hlo.Infer;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Operations of CHLO that are a way of writing others, and are read as those: {@code
 * chlo.broadcast_add} and its kind stretch their operands first, as NumPy does or along {@code
 * broadcast_dimensions}; {@code chlo.constant_like} is a number in the shape of an array.
 */
final class ChloForms {
  private static final String BROADCAST = "chlo.broadcast_";

  /** What follows {@link #BROADCAST}, with the operation that it broadcasts. */
  private static final Map<String, Fn> FNS = new HashMap<>();

  static {
    for (Fn fn :
        List.of(
            Fn.ADD,
            Fn.AND,
            Fn.ATAN2,
            Fn.COMPLEX,
            Fn.DIV,
            Fn.MAX,
            Fn.MIN,
            Fn.MUL,
            Fn.NEXT_AFTER,
            Fn.OR,
            Fn.POLYGAMMA,
            Fn.POW,
            Fn.REM,
            Fn.SELECT,
            Fn.SHIFT_LEFT,
            Fn.SHIFT_RIGHT_ARITHMETIC,
            Fn.SHIFT_RIGHT_LOGICAL,
            Fn.SUB,
            Fn.XOR,
            Fn.ZETA)) {
      FNS.put(fn.mnemonic().substring(fn.mnemonic().indexOf('.') + 1), fn);
    }
  }

  private final OpText in;
  private final Loc loc;
  private final List<Instr> instrs = new ArrayList<>();

  private ChloForms(OpText in, Loc loc) {
    this.in = in;
    this.loc = loc;
  }

  /** Whether the operation is read as others. */
  static boolean reads(String mnemonic) {
    return mnemonic.equals("chlo.constant_like")
        || mnemonic.equals(BROADCAST + "compare")
        || mnemonic.startsWith(BROADCAST) && FNS.containsKey(rest(mnemonic));
  }

  private static String rest(String mnemonic) {
    return mnemonic.substring(BROADCAST.length());
  }

  /** The operations that the text stands for; the last one gives its result. */
  static List<Instr> expand(OpText in, Loc loc) {
    ChloForms forms = new ChloForms(in, loc);
    if (in.operands.stream().anyMatch(v -> !v.shape().isStatic())) {
      throw in.unsupported(in.mnemonic + " of operands whose shapes are not known");
    }
    if (in.mnemonic.equals("chlo.constant_like")) {
      forms.constantLike();
    } else {
      forms.broadcast();
    }
    return forms.instrs;
  }

  private Value add(Op op) {
    Value result = new Value(Infer.resultTypes(op).getFirst());
    instrs.add(new Instr(op, List.of(result), loc));
    return result;
  }

  /** The attribute {@code value = 3 : i32}, of any type, in the shape of the operand. */
  private void constantLike() {
    Shape shape = in.operand(0).shape();
    Value number = add(new ElementwiseOp.Constant(in.number("value")));
    if (!shape.isScalar()) {
      add(new ShapeOp.BroadcastInDim(number, Axes.of(), shape));
    }
  }

  private void broadcast() {
    String name = rest(in.mnemonic);
    int arity = name.equals("select") ? 3 : 2;
    if (in.operands.size() != arity) {
      throw in.error("takes " + arity + " operands, not " + in.operands.size());
    }
    int rank = in.operands.stream().mapToInt(v -> v.shape().rank()).max().orElseThrow();
    List<Axes> places = in.operands.stream().map(v -> places(v, rank)).toList();
    Shape shape = common(places, rank);
    List<Value> stretched = new ArrayList<>();
    for (int i = 0; i < arity; i++) {
      Value x = in.operand(i);
      boolean fits = x.shape().equals(shape);
      stretched.add(fits ? x : add(new ShapeOp.BroadcastInDim(x, places.get(i), shape)));
    }
    add(
        name.equals("compare")
            ? ElementwiseForms.compare(in, stretched.get(0), stretched.get(1))
            : new ElementwiseOp.Pointwise(FNS.get(name), stretched));
  }

  /** The dimensions of the result that an operand's are: as stated for the lesser one, or last. */
  private Axes places(Value x, int rank) {
    int own = x.shape().rank();
    if (own == rank || !in.has("broadcast_dimensions")) {
      return Axes.range(rank - own, rank);
    }
    Axes stated = in.axes("broadcast_dimensions");
    boolean rising = true;
    for (int i = 0; i < stated.size(); i++) {
      rising &= stated.get(i) > (i == 0 ? -1 : stated.get(i - 1)) && stated.get(i) < rank;
    }
    if (stated.size() != own || !rising) {
      throw in.error("cannot broadcast " + x.shape() + " along " + stated);
    }
    return stated;
  }

  private Shape common(List<Axes> places, int rank) {
    long[] sizes = new long[rank];
    java.util.Arrays.fill(sizes, 1);
    for (int i = 0; i < places.size(); i++) {
      long[] own = in.operand(i).shape().toArray();
      for (int d = 0; d < own.length; d++) {
        int to = places.get(i).get(d);
        if (own[d] != 1 && sizes[to] != 1 && sizes[to] != own[d]) {
          throw new HloTypeException("sizes " + sizes[to] + " and " + own[d] + " do not fit");
        }
        sizes[to] = own[d] == 1 ? sizes[to] : own[d];
      }
    }
    return Shape.of(sizes);
  }

  /** The number that {@code 3 : i32} or {@code 0x7F800000 : f32} says. */
  static Optional<Literal> number(String text) {
    int colon = text.lastIndexOf(':');
    Optional<DType> dtype =
        colon < 0
            ? Optional.of(text.equals("true") || text.equals("false") ? DType.BOOL : DType.F64)
            : DType.ofMlir(text.substring(colon + 1).trim());
    String digits = colon < 0 ? text : text.substring(0, colon).trim();
    return dtype.filter(t -> !t.isComplex()).map(t -> parsed(t, digits));
  }

  private static Literal parsed(DType t, String digits) {
    if (t.isBool()) {
      return Literal.scalar(t, digits.equals("true") || digits.equals("1") ? 1L : 0L);
    }
    boolean bits = digits.startsWith("0x");
    if (!t.isFloat()) {
      return Literal.scalar(t, integer(t, digits, bits));
    }
    if (!bits) {
      return Literal.scalar(t, Double.parseDouble(digits));
    }
    long pattern = integer(t, digits, true);
    return Literal.scalar(
        t,
        switch (t) {
          case F16 -> Float.float16ToFloat((short) pattern);
          case BF16 -> Float.intBitsToFloat((int) pattern << 16);
          case F32 -> Float.intBitsToFloat((int) pattern);
          default -> Double.longBitsToDouble(pattern);
        });
  }

  private static long integer(DType t, String digits, boolean bits) {
    BigInteger n = bits ? new BigInteger(digits.substring(2), 16) : new BigInteger(digits);
    boolean signed = t.isSigned() && !bits;
    boolean fits = signed ? n.bitLength() < t.bits() : n.signum() >= 0 && n.bitLength() <= t.bits();
    if (!fits) {
      throw new NumberFormatException(digits + " is too large for " + t.mlir());
    }
    return n.longValue();
  }
}
