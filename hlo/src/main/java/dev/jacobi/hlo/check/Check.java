package dev.jacobi.hlo.check;

import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.HloTypeException;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.Shape;
import java.util.Arrays;
import java.util.Optional;

/**
 * One comparison, of the first operand with the second.
 *
 * @param target the custom call's name
 * @param rule what counts as equal
 * @param func the function that it stands in
 */
record Check(String target, Rule rule, String func, Loc loc) {
  /** What counts as equal; NaN equals NaN and an infinity itself under every rule. */
  sealed interface Rule {
    /** The same value; zeros of either sign are the same. */
    record Equal() implements Rule {}

    /** Between {@code min} and {@code max} representable numbers apart. */
    record Close(long min, long max) implements Rule {}

    /** At most {@code tolerance} apart, absolutely or relative to the larger magnitude. */
    record AlmostEqual(double tolerance) implements Rule {}
  }

  static boolean isCheck(ControlOp.CustomCall call) {
    return call.target().startsWith("check.");
  }

  static Check of(ControlOp.CustomCall call, String func, Loc loc) {
    if (call.operands().size() != 2
        || !call.operands().get(0).type().equals(call.operands().get(1).type())) {
      throw new HloTypeException("@" + call.target() + " compares two arrays of one type");
    }
    Rule rule =
        switch (call.target()) {
          case "check.expect_eq", "check.expect_eq_const" -> new Rule.Equal();
          case "check.expect_close" ->
              new Rule.Close(
                  attribute(call, "min_ulp_difference", 0),
                  attribute(call, "max_ulp_difference", 3));
          case "check.expect_almost_eq", "check.expect_almost_eq_const" ->
              new Rule.AlmostEqual(0.001);
          default -> throw new HloTypeException("unknown check @" + call.target());
        };
    return new Check(call.target(), rule, func, loc);
  }

  /** An integer attribute from its MLIR text, such as {@code 3 : i64}. */
  private static long attribute(ControlOp.CustomCall call, String name, long otherwise) {
    String text = call.attrs().get(name);
    return text == null ? otherwise : Long.parseLong(text.replaceFirst(" *:.*", ""));
  }

  String describe(int number) {
    return target + " #" + number + " in @" + func + (loc.isKnown() ? " (" + loc + ")" : "");
  }

  /** Where the first difference is, and how many there are. */
  Optional<String> mismatch(Literal got, Literal want) {
    if (!got.type().equals(want.type())) {
      return Optional.of("got " + got.type() + ", want " + want.type());
    }
    long n = want.shape().size();
    long first = -1;
    long count = 0;
    for (long i = 0; i < n; i++) {
      if (!holds(got, want, i)) {
        first = count == 0 ? i : first;
        count++;
      }
    }
    return count == 0
        ? Optional.empty()
        : Optional.of(
            "at %s got %s, want %s%s; %d of %d elements differ"
                .formatted(
                    index(want.shape(), first),
                    text(got, first),
                    text(want, first),
                    distance(got, want, first),
                    count,
                    n));
  }

  private String distance(Literal got, Literal want, long i) {
    return switch (rule) {
      case Rule.Close c ->
          " (%s ulp apart, allowed %d to %d)"
              .formatted(Long.toUnsignedString(ulps(got, want, i)), c.min, c.max);
      case Rule.AlmostEqual a -> " (tolerance " + a.tolerance + ")";
      case Rule.Equal _ -> "";
    };
  }

  private boolean holds(Literal got, Literal want, long i) {
    if (!want.dtype().isInexact()) {
      return got.getLong(i) == want.getLong(i);
    }
    return switch (rule) {
      case Rule.Equal _ ->
          equal(got.getDouble(i), want.getDouble(i)) && equal(got.getImag(i), want.getImag(i));
      case Rule.Close c -> {
        long ulps = ulps(got, want, i);
        yield Long.compareUnsigned(ulps, c.min) >= 0 && Long.compareUnsigned(ulps, c.max) <= 0;
      }
      case Rule.AlmostEqual a ->
          near(got.getDouble(i), want.getDouble(i), a.tolerance)
              && near(got.getImag(i), want.getImag(i), a.tolerance);
    };
  }

  private static boolean equal(double x, double y) {
    return x == y || x != x && y != y;
  }

  private static boolean near(double x, double y, double tolerance) {
    double scale = Math.max(1, Math.max(Math.abs(x), Math.abs(y)));
    return equal(x, y) || Double.isFinite(scale) && Math.abs(x - y) <= tolerance * scale;
  }

  /** The larger distance of the two parts, unsigned. */
  private static long ulps(Literal got, Literal want, long i) {
    long re = Ulps.between(want.dtype(), got.getDouble(i), want.getDouble(i));
    long im = Ulps.between(want.dtype(), got.getImag(i), want.getImag(i));
    return Long.compareUnsigned(re, im) >= 0 ? re : im;
  }

  private static String text(Literal x, long i) {
    return switch (x.dtype().kind()) {
      case BOOL -> Boolean.toString(x.getBoolean(i));
      case SIGNED -> Long.toString(x.getLong(i));
      case UNSIGNED -> Long.toUnsignedString(x.getLong(i));
      case FLOAT -> Double.toString(x.getDouble(i));
      case COMPLEX -> "(" + x.getDouble(i) + ", " + x.getImag(i) + ")";
    };
  }

  private static String index(Shape shape, long position) {
    long[] index = new long[shape.rank()];
    for (int d = index.length - 1; d >= 0; d--) {
      index[d] = position % shape.dim(d);
      position /= shape.dim(d);
    }
    return Arrays.toString(index);
  }
}
