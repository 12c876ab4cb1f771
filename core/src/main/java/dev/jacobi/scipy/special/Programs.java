package dev.jacobi.scipy.special;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.control.LoopOptions;
import dev.jacobi.control.Loops;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Zeros;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Promotion;
import dev.jacobi.transform.NamedJit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Functions of several arrays as programs of their own, so that an eager call runs one program. */
public final class Programs {
  private Programs() {}

  /** A formula: from operands of one floating type and one shape to the value. */
  @FunctionalInterface
  public interface Formula {
    Array of(Array[] x);
  }

  /** The tangent of a formula, from its operands, its value and their tangents. */
  @FunctionalInterface
  public interface Tangent {
    Array of(Array[] x, Array y, Array[] dx);
  }

  /** A formula as one program. */
  public static Array real(String name, Formula f, Array... operands) {
    return real(name, "", f, operands);
  }

  /**
   * A formula as one program. Operands are broadcast and promoted, integers become floating point;
   * half precision is computed in f32 and rounded once.
   *
   * @param statics everything that {@code f} depends on besides its operands, with value equality
   * @throws LaxTypeException if an operand is complex
   */
  public static Array real(String name, Object statics, Formula f, Array... operands) {
    return several(name, statics, x -> List.of(f.of(x)), operands).getFirst();
  }

  /** The same for formulas with several results. */
  public static List<Array> several(
      String name, Object statics, Function<Array[], List<Array>> f, Array... operands) {
    for (Array operand : operands) {
      requireReal(name, operand);
    }
    return NamedJit.call(
        name,
        statics,
        a -> {
          Array[] x = Promotion.promoteInexact(name, a.toArray(Array[]::new));
          DType type = x[0].dtype();
          if (type != DType.F16 && type != DType.BF16) {
            return f.apply(x);
          }
          boolean weak = x[0].aval().weak();
          Array[] wide = new Array[x.length];
          Arrays.setAll(wide, i -> Promotion.convert(x[i], DType.F32, weak));
          return f.apply(wide).stream().map(y -> Promotion.convert(y, type, weak)).toList();
        },
        Promotion.together(operands));
  }

  /** A formula with a rule for its tangent, as one program. */
  public static Array ruled(String name, Formula f, Tangent rule, Array... operands) {
    return real(name, x -> withRule(name, f, rule, x), operands);
  }

  /** A formula with a rule for its tangent. */
  static Array withRule(String name, Formula f, Tangent rule, Array... x) {
    Function<Array[], List<Array>> value = a -> List.of(f.of(a));
    return withValues(name, value, (a, y, t) -> List.of(rule.of(a, y.getFirst(), t)), x).getFirst();
  }

  /** A formula with several results and a rule for their tangents. */
  static List<Array> withRules(
      String name, Function<Array[], List<Array>> f, Tangents rule, Array... x) {
    return withValues(name, f, (a, y, t) -> rule.of(a, t), x);
  }

  /** The tangents of several results. */
  @FunctionalInterface
  interface Tangents {
    List<Array> of(Array[] x, Array[] dx);
  }

  @FunctionalInterface
  private interface Rule {
    List<Array> of(Array[] x, List<Array> y, Array[] dx);
  }

  private static List<Array> withValues(
      String name, Function<Array[], List<Array>> f, Rule rule, Array... x) {
    Array[] full = full(x);
    int n = full.length;
    return NamedJit.callWithRule(
        name,
        "",
        a -> f.apply(a.toArray(Array[]::new)),
        a -> {
          Array[] at = a.subList(0, n).toArray(Array[]::new);
          List<Array> y = withValues(name, f, rule, at);
          List<Array> all = new ArrayList<>(y);
          all.addAll(rule.of(at, y, a.subList(n, 2 * n).toArray(Array[]::new)));
          return all;
        },
        List.of(full));
  }

  /** Scalars of the program text in the shape of the others. */
  private static Array[] full(Array[] x) {
    Array[] all = x.clone();
    Arrays.setAll(all, i -> Zeros.full(x[i], Promotion.commonShape("broadcast", x)));
    for (int i = 0; i < x.length; i++) {
      all[i] = x[i].rank() == all[i].rank() ? x[i] : all[i];
    }
    return all;
  }

  static void requireReal(String name, Array x) {
    if (x.dtype().isComplex()) {
      throw new LaxTypeException(name, "needs real numbers, not " + x.dtype().shortName());
    }
  }

  /**
   * Repeats a step for every element as long as its condition holds: elements that are done keep
   * their state.
   *
   * @param state arrays of one shape
   */
  public static List<Array> repeat(
      Fn1<List<Array>, Array> goesOn, Fn1<List<Array>, List<Array>> step, List<Array> state) {
    return Loops.whileLoop(
        s -> Jnp.any(goesOn.apply(s)), s -> stepped(goesOn, step, s), state, LoopOptions.DEFAULT);
  }

  private static List<Array> stepped(
      Fn1<List<Array>, Array> goesOn, Fn1<List<Array>, List<Array>> step, List<Array> state) {
    Array on = goesOn.apply(state);
    List<Array> next = step.apply(state);
    List<Array> kept = new ArrayList<>();
    for (int i = 0; i < next.size(); i++) {
      boolean same = next.get(i) == state.get(i);
      kept.add(same ? state.get(i) : Jnp.where(on, next.get(i), state.get(i)));
    }
    return kept;
  }

  /** The polynomial with these coefficients, the highest power first, by Horner's rule. */
  static Array polynomial(Array x, double... coefficients) {
    Array sum = Zeros.full(Scalars.like(x, coefficients[0]), x.shape());
    for (int i = 1; i < coefficients.length; i++) {
      sum = sum.times(x).plus(coefficients[i]);
    }
    return sum;
  }

  /** An array of the type and shape of {@code x} with one value. */
  public static Array constant(Array x, double value) {
    return Zeros.full(Scalars.like(x, value), x.shape());
  }
}
