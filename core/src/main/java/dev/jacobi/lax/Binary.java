package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.trace.Bind;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Elementwise functions of two operands of one type. */
final class Binary implements Elementwise {
  /** The part of the tangent of {@code z = f(x, y)} that one operand's tangent {@code t} causes. */
  @FunctionalInterface
  interface Tangent {
    Array of(Array x, Array y, Array z, Array t);
  }

  /** The cotangent of the operand in which the function is linear; {@code other} is known. */
  @FunctionalInterface
  interface Transpose {
    Array of(Array cotangent, @Nullable Array other);
  }

  /** Writes the function in StableHLO. */
  @FunctionalInterface
  interface Lower {
    Value of(LowerContext context, Value x, Value y);
  }

  private final String name;
  private final Domain domain;
  private final Lower lower;
  private final Fn.Gives gives;
  private final boolean linear;
  private final @Nullable Tangent first;
  private final @Nullable Tangent second;
  private final @Nullable Transpose firstTransposed;
  private final @Nullable Transpose secondTransposed;

  private Binary(
      String name,
      Domain domain,
      Lower lower,
      Fn.Gives gives,
      boolean linear,
      @Nullable Tangent first,
      @Nullable Tangent second,
      @Nullable Transpose firstTransposed,
      @Nullable Transpose secondTransposed) {
    this.name = name;
    this.domain = domain;
    this.lower = lower;
    this.gives = gives;
    this.linear = linear;
    this.first = first;
    this.second = second;
    this.firstTransposed = firstTransposed;
    this.secondTransposed = secondTransposed;
  }

  /** A function with derivatives in both operands. */
  static Binary smooth(String name, Fn fn, Domain domain, Tangent first, Tangent second) {
    return new Binary(name, domain, hlo(fn), fn.gives(), false, first, second, null, null);
  }

  /** A function with derivatives in both operands, written with several operations. */
  static Binary smooth(String name, Lower lower, Domain domain, Tangent first, Tangent second) {
    return new Binary(name, domain, lower, Fn.Gives.SAME, false, first, second, null, null);
  }

  private static Lower hlo(Fn fn) {
    return (context, x, y) -> context.builder().pointwise(fn, x, y);
  }

  /** A function that is linear in both operands together. */
  static Binary linear(String name, Fn fn, Domain domain, Tangent first, Tangent second) {
    return new Binary(name, domain, hlo(fn), fn.gives(), true, first, second, null, null);
  }

  /** A function without derivatives. */
  static Binary flat(String name, Fn fn, Domain domain) {
    return new Binary(name, domain, hlo(fn), fn.gives(), false, null, null, null, null);
  }

  /** The same with the transposes in each operand; null where it is not linear. */
  Binary transposed(@Nullable Transpose inFirst, @Nullable Transpose inSecond) {
    return new Binary(name, domain, lower, gives, linear, first, second, inFirst, inSecond);
  }

  Array of(Array x, Array y) {
    return Bind.bind(this, x, y);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public DType resultType(List<Aval> operands) {
    DType dtype = Elementwise.sameType(name, operands);
    domain.check(name, dtype);
    return gives == Fn.Gives.COMPLEX ? dtype.complex().orElseThrow() : dtype;
  }

  @Override
  public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
    Array x = primals.get(0);
    Array y = primals.get(1);
    Array z = of(x, y);
    Array dx = tangents.get(0);
    Array dy = tangents.get(1);
    if (linear && dx != null && dy != null) {
      return Jvp.of(z, of(dx, dy));
    }
    Array left = part(first, x, y, z, dx);
    Array right = part(second, x, y, z, dy);
    return Jvp.of(z, Zeros.sum(left, right));
  }

  private static @Nullable Array part(
      @Nullable Tangent rule, Array x, Array y, Array z, @Nullable Array t) {
    return rule == null || t == null ? null : Dims.fill(rule.of(x, y, z, t), z.shape());
  }

  @Override
  public List<@Nullable Array> transpose(List<@Nullable Array> cotangents, List<Operand> operands) {
    Array ct = cotangents.getFirst();
    Operand x = operands.get(0);
    Operand y = operands.get(1);
    return Arrays.asList(
        pull(firstTransposed, ct, x, y.value()), pull(secondTransposed, ct, y, x.value()));
  }

  private @Nullable Array pull(
      @Nullable Transpose rule, Array ct, Operand operand, @Nullable Array other) {
    if (!operand.isLinear()) {
      return null;
    }
    if (rule == null || !linear && other == null) {
      throw new NotLinearException(this);
    }
    return Dims.unfill(rule.of(ct, other), operand.aval().shape());
  }

  @Override
  public Value lowerEqual(LowerContext context, List<Value> operands, Aval out) {
    return lower.of(context, operands.get(0), operands.get(1));
  }
}
