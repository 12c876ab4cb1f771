package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.trace.Bind;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Elementwise functions of one operand. */
final class Unary implements Elementwise {
  /** The tangent of {@code y = f(x)}. */
  @FunctionalInterface
  interface Tangent {
    @Nullable Array of(Array x, Array y, Array dx);
  }

  /** Writes the function in StableHLO. */
  @FunctionalInterface
  interface Lower {
    Value of(LowerContext context, Value x);
  }

  private final String name;
  private final Domain domain;
  private final Lower lower;
  private final Fn.Gives gives;
  private final @Nullable Tangent tangent;
  private final @Nullable UnaryOperator<Array> transpose;
  private final Map<String, Object> params;

  private Unary(
      String name,
      Domain domain,
      Lower lower,
      Fn.Gives gives,
      @Nullable Tangent tangent,
      @Nullable UnaryOperator<Array> transpose) {
    this(name, domain, lower, gives, tangent, transpose, Map.of());
  }

  private Unary(
      String name,
      Domain domain,
      Lower lower,
      Fn.Gives gives,
      @Nullable Tangent tangent,
      @Nullable UnaryOperator<Array> transpose,
      Map<String, Object> params) {
    this.name = name;
    this.domain = domain;
    this.lower = lower;
    this.gives = gives;
    this.tangent = tangent;
    this.transpose = transpose;
    this.params = params;
  }

  /** A smooth function that StableHLO has. */
  static Unary smooth(String name, Fn fn, Domain domain, Tangent tangent) {
    return new Unary(name, domain, hlo(fn), fn.gives(), tangent, null);
  }

  /** A smooth function written with several operations. */
  static Unary smooth(String name, Lower lower, Domain domain, Tangent tangent) {
    return new Unary(name, domain, lower, Fn.Gives.SAME, tangent, null);
  }

  /** A function whose derivative is zero wherever it exists, or whose operand has no tangent. */
  static Unary flat(String name, Fn fn, Domain domain) {
    return new Unary(name, domain, hlo(fn), fn.gives(), null, null);
  }

  /** A linear function and its transpose. */
  static Unary linear(String name, Fn fn, Domain domain, UnaryOperator<Array> transpose) {
    return new Unary(name, domain, hlo(fn), fn.gives(), null, transpose);
  }

  /** A linear function written with several operations, and its transpose. */
  static Unary linear(String name, Lower lower, Domain domain, UnaryOperator<Array> transpose) {
    return new Unary(name, domain, lower, Fn.Gives.SAME, null, transpose);
  }

  /** The same function, shown with a parameter. */
  Unary with(String param, Object value) {
    return new Unary(name, domain, lower, gives, tangent, transpose, Map.of(param, value));
  }

  /** The tangent by its rule; null for zero. */
  @Nullable Array tangent(Array x, Array y, Array dx) {
    return tangent == null ? null : tangent.of(x, y, dx);
  }

  static Lower hlo(Fn fn) {
    return (context, x) -> context.builder().pointwise(fn, x);
  }

  Array of(Array x) {
    return Bind.bind(this, x);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Map<String, Object> params() {
    return params;
  }

  @Override
  public DType resultType(List<Aval> operands) {
    Aval x = operands.getFirst();
    domain.check(name, x.dtype());
    return gives == Fn.Gives.BOOL
        ? DType.BOOL
        : gives == Fn.Gives.REAL ? x.dtype().real() : x.dtype();
  }

  @Override
  public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
    Array x = primals.getFirst();
    Array y = of(x);
    Array dx = tangents.getFirst();
    if (dx != null && transpose != null) {
      return Jvp.of(y, of(dx)); // linear: the derivative is the function itself
    }
    return Jvp.of(y, dx == null || tangent == null ? null : tangent.of(x, y, dx));
  }

  @Override
  public List<@Nullable Array> transpose(List<@Nullable Array> cotangents, List<Operand> operands) {
    if (transpose == null) {
      throw new NotLinearException(this);
    }
    return Collections.singletonList(transpose.apply(cotangents.getFirst()));
  }

  @Override
  public Value lowerEqual(LowerContext context, List<Value> operands, Aval out) {
    return lower.of(context, operands.getFirst());
  }
}
