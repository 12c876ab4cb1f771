package dev.jacobi.hlo.interpret;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.interpret.Tensor.Complexes;
import dev.jacobi.hlo.interpret.Tensor.Ints;
import dev.jacobi.hlo.interpret.Tensor.Reals;
import dev.jacobi.hlo.linalg.Complex;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

/** Applies elementwise functions to whole arrays. */
final class Pointwise {
  private Pointwise() {}

  static HloInterpretException undefined(Fn fn, DType t) {
    return new HloInterpretException(fn.mnemonic() + " is not defined on " + t.mlir());
  }

  static Tensor apply(Fn fn, List<Tensor> x) {
    return switch (fn) {
      case SELECT -> select((Ints) x.get(0), x.get(1), x.get(2));
      case CLAMP -> clamp(x.get(0), x.get(1), x.get(2));
      case COMPLEX -> complex((Reals) x.get(0), (Reals) x.get(1));
      case IS_FINITE -> asks(Double::isFinite, (Reals) x.getFirst());
      case IS_INF -> asks(Double::isInfinite, (Reals) x.getFirst());
      case IS_NEG_INF -> asks(v -> v == Double.NEGATIVE_INFINITY, (Reals) x.getFirst());
      case IS_POS_INF -> asks(v -> v == Double.POSITIVE_INFINITY, (Reals) x.getFirst());
      // The others are found in tables; a test asks for every function and element type.
      default -> fn.arity() == 1 ? unary(fn, x.getFirst()) : binary(fn, x.get(0), x.get(1));
    };
  }

  private static Tensor unary(Fn fn, Tensor x) {
    return switch (x) {
      case Reals r -> {
        DoubleUnaryOperator f = RealFns.unary(fn).orElseThrow(() -> undefined(fn, r.dtype()));
        double[] out = new double[r.values().length];
        for (int i = 0; i < out.length; i++) {
          out[i] = f.applyAsDouble(r.values()[i]);
        }
        yield new Reals(r.type(), Rounding.round(r.dtype(), out));
      }
      case Ints n -> {
        LongUnaryOperator f =
            IntFns.unary(fn, n.dtype()).orElseThrow(() -> undefined(fn, n.dtype()));
        long[] out = new long[n.values().length];
        for (int i = 0; i < out.length; i++) {
          out[i] = f.applyAsLong(n.values()[i]);
        }
        yield new Ints(n.type(), Rounding.wrap(n.dtype(), out));
      }
      case Complexes c -> fn.gives() == Fn.Gives.REAL ? part(fn, c) : complexUnary(fn, c);
    };
  }

  private static Complexes complexUnary(Fn fn, Complexes c) {
    var f = ComplexFns.unary(fn).orElseThrow(() -> undefined(fn, c.dtype()));
    Complexes out = (Complexes) Tensor.zeros(c.type());
    for (int i = 0; i < out.re().length; i++) {
      out.set(i, f.apply(c.get(i)));
    }
    return rounded(out);
  }

  /** Real part, imaginary part, or modulus. */
  private static Reals part(Fn fn, Complexes c) {
    TensorType type = c.type().withDtype(c.dtype().real());
    if (fn == Fn.REAL) {
      return new Reals(type, c.re());
    }
    if (fn == Fn.IMAG) {
      return new Reals(type, c.im());
    }
    double[] out = new double[c.re().length];
    for (int i = 0; i < out.length; i++) {
      out[i] = c.get(i).abs();
    }
    return new Reals(type, Rounding.round(type.dtype(), out));
  }

  private static Tensor binary(Fn fn, Tensor x, Tensor y) {
    return switch (x) {
      case Reals a -> {
        DoubleBinaryOperator f =
            RealFns.binary(fn, a.dtype()).orElseThrow(() -> undefined(fn, a.dtype()));
        double[] b = ((Reals) y).values();
        double[] out = new double[b.length];
        for (int i = 0; i < out.length; i++) {
          out[i] = f.applyAsDouble(a.values()[i], b[i]);
        }
        yield new Reals(a.type(), Rounding.round(a.dtype(), out));
      }
      case Ints a -> {
        LongBinaryOperator f =
            IntFns.binary(fn, a.dtype()).orElseThrow(() -> undefined(fn, a.dtype()));
        long[] b = ((Ints) y).values();
        long[] out = new long[b.length];
        for (int i = 0; i < out.length; i++) {
          out[i] = f.applyAsLong(a.values()[i], b[i]);
        }
        yield new Ints(a.type(), Rounding.wrap(a.dtype(), out));
      }
      case Complexes a -> {
        var f = ComplexFns.binary(fn).orElseThrow(() -> undefined(fn, a.dtype()));
        Complexes out = (Complexes) Tensor.zeros(a.type());
        for (int i = 0; i < out.re().length; i++) {
          out.set(i, f.apply(a.get(i), ((Complexes) y).get(i)));
        }
        yield rounded(out);
      }
    };
  }

  private static Complexes rounded(Complexes c) {
    Rounding.round(c.dtype(), c.re());
    Rounding.round(c.dtype(), c.im());
    return c;
  }

  private static Tensor select(Ints pred, Tensor onTrue, Tensor onFalse) {
    if (pred.shape().isScalar()) {
      return pred.values()[0] != 0 ? onTrue : onFalse;
    }
    Tensor out = onFalse.copy();
    for (int i = 0; i < pred.values().length; i++) {
      if (pred.values()[i] != 0) {
        out.put(i, onTrue, i);
      }
    }
    return out;
  }

  private static Tensor clamp(Tensor low, Tensor x, Tensor high) {
    Shape shape = x.shape();
    Tensor lows = low.shape().equals(shape) ? low : low.fill(shape);
    Tensor highs = high.shape().equals(shape) ? high : high.fill(shape);
    return binary(Fn.MIN, binary(Fn.MAX, x, lows), highs);
  }

  private static Complexes complex(Reals re, Reals im) {
    DType dtype = re.dtype().complex().orElseThrow(() -> undefined(Fn.COMPLEX, re.dtype()));
    return new Complexes(re.type().withDtype(dtype), re.values(), im.values());
  }

  private static Ints asks(DoublePredicate question, Reals x) {
    long[] out = new long[x.values().length];
    for (int i = 0; i < out.length; i++) {
      out[i] = question.test(x.values()[i]) ? 1 : 0;
    }
    return new Ints(x.type().withDtype(DType.BOOL), out);
  }

  static Ints compare(
      ElementwiseOp.Direction direction, ElementwiseOp.Order order, Tensor x, Tensor y) {
    long[] out = new long[x.size()];
    for (int i = 0; i < out.length; i++) {
      boolean holds =
          switch (x) {
            case Ints a ->
                holds(direction, IntFns.compare(a.dtype(), a.values()[i], ((Ints) y).values()[i]));
            case Reals a when order == ElementwiseOp.Order.TOTALORDER ->
                holds(direction, totalOrder(a.values()[i], ((Reals) y).values()[i]));
            case Reals a -> holds(direction, a.values()[i], ((Reals) y).values()[i]);
            case Complexes a -> complexHolds(direction, a.get(i), ((Complexes) y).get(i));
          };
      out[i] = holds ? 1 : 0;
    }
    return new Ints(x.type().withDtype(DType.BOOL), out);
  }

  private static boolean holds(ElementwiseOp.Direction direction, int order) {
    return switch (direction) {
      case EQ -> order == 0;
      case NE -> order != 0;
      case GE -> order >= 0;
      case GT -> order > 0;
      case LE -> order <= 0;
      case LT -> order < 0;
    };
  }

  private static boolean holds(ElementwiseOp.Direction direction, double x, double y) {
    return switch (direction) {
      case EQ -> x == y;
      case NE -> x != y;
      case GE -> x >= y;
      case GT -> x > y;
      case LE -> x <= y;
      case LT -> x < y;
    };
  }

  /** Compares the imaginary parts if the real parts are equal. */
  private static boolean complexHolds(ElementwiseOp.Direction direction, Complex x, Complex y) {
    return switch (direction) {
      case EQ -> x.re() == y.re() && x.im() == y.im();
      case NE -> x.re() != y.re() || x.im() != y.im();
      case GE, GT, LE, LT ->
          x.re() == y.re() ? holds(direction, x.im(), y.im()) : holds(direction, x.re(), y.re());
    };
  }

  /** IEEE's totalOrder: -NaN < -inf < ... < -0 < +0 < ... < +inf < +NaN. */
  private static int totalOrder(double x, double y) {
    return Long.compare(sortKey(x), sortKey(y));
  }

  private static long sortKey(double x) {
    long bits = Double.doubleToRawLongBits(x);
    return bits < 0 ? bits ^ Long.MAX_VALUE : bits;
  }
}
