package dev.jacobi.transform;

import dev.jacobi.Array;
import dev.jacobi.Op1;
import dev.jacobi.Op2;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.jaxpr.Atom;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Effect;
import dev.jacobi.jaxpr.Eqn;
import dev.jacobi.jaxpr.HostPrimitive;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Reductions;
import dev.jacobi.lax.Window;
import dev.jacobi.lax.Windows;
import dev.jacobi.trace.Bind;
import dev.jacobi.trace.JaxprTrace;
import dev.jacobi.trace.Tracer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * Reductions by functions of the user's: with the initial values they must form a monoid, whose
 * parts may be combined in any grouping.
 */
public final class Reducers {
  private Reducers() {}

  /**
   * Reduces one array over {@code dimensions}; addition from 0 and other reductions that have a
   * primitive of their own become that.
   */
  public static Array reduce(Array x, Array init, Op2 computation, Axes dimensions) {
    Jaxpr jaxpr = body("reduce", List.of(init.aval()), pair(computation));
    Optional<String> known = monoid(jaxpr, init);
    return switch (known.orElse("")) {
      case "add" -> Reductions.sum(x, dimensions);
      case "mul" -> Reductions.prod(x, dimensions);
      case "max" -> Reductions.max(x, dimensions);
      case "min" -> Reductions.min(x, dimensions);
      case "and" -> Reductions.and(x, dimensions);
      case "or" -> Reductions.or(x, dimensions);
      case "xor" -> Reductions.xor(x, dimensions);
      default -> Bind.bind(new GeneralReduce(jaxpr, dimensions), List.of(x, init)).getFirst();
    };
  }

  /**
   * Reduces N arrays of one shape together.
   *
   * @param inits N scalars of the arrays' element types
   * @param computation from N scalars and N more to N; it captures no array
   * @throws LaxTypeException if shapes or types do not fit
   */
  public static List<Array> reduce(
      List<Array> arrays,
      List<Array> inits,
      BinaryOperator<List<Array>> computation,
      Axes dimensions) {
    Jaxpr jaxpr = body("reduce", checked("reduce", arrays, inits), computation);
    return Bind.bind(new GeneralReduce(jaxpr, dimensions), operands(arrays, inits));
  }

  /**
   * Reduces the windows of one array; sums, maxima and minima from their identities become their
   * own primitives, which have transposes.
   */
  public static Array reduceWindow(Array x, Array init, Op2 computation, Window window) {
    Jaxpr jaxpr = body("reduce_window", List.of(init.aval()), pair(computation));
    Optional<String> known = monoid(jaxpr, init);
    return switch (known.orElse("")) {
      case "add" -> Windows.reduceWindowSum(x, window);
      case "max" -> Windows.reduceWindowMax(x, window);
      case "min" -> Windows.reduceWindowMin(x, window);
      default -> Bind.bind(new GeneralReduceWindow(jaxpr, window), List.of(x, init)).getFirst();
    };
  }

  /** Reduces the windows of N arrays of one shape together; see {@link #reduce}. */
  public static List<Array> reduceWindow(
      List<Array> arrays,
      List<Array> inits,
      BinaryOperator<List<Array>> computation,
      Window window) {
    Jaxpr jaxpr = body("reduce_window", checked("reduce_window", arrays, inits), computation);
    return Bind.bind(new GeneralReduceWindow(jaxpr, window), operands(arrays, inits));
  }

  /** A function of the element that is there as the body of a scatter; it ignores the update. */
  public static Jaxpr updateBody(DType dtype, Op1 func) {
    Aval scalar = Aval.of(dtype, Shape.scalar());
    return body("scatter_apply", List.of(scalar), pair((there, update) -> func.apply(there)));
  }

  private static BinaryOperator<List<Array>> pair(Op2 f) {
    return (a, b) -> TreeFn.Args.of(f.apply(a.getFirst(), b.getFirst())).leaves();
  }

  private static List<Aval> checked(String name, List<Array> arrays, List<Array> inits) {
    if (arrays.isEmpty() || arrays.size() != inits.size()) {
      throw new LaxTypeException(
          name, arrays.size() + " arrays and " + inits.size() + " initial values");
    }
    return inits.stream().map(Array::aval).toList();
  }

  private static List<Array> operands(List<Array> arrays, List<Array> inits) {
    List<Array> all = new ArrayList<>(arrays);
    all.addAll(inits);
    return all;
  }

  private static Jaxpr body(
      String name, List<Aval> inits, BinaryOperator<List<Array>> computation) {
    int n = inits.size();
    List<Aval> avals = new ArrayList<>();
    for (int side = 0; side < 2; side++) {
      inits.forEach(i -> avals.add(i.strong()));
    }
    JaxprTrace.Traced traced =
        Jaxprs.trace(
            name, avals, ins -> computation.apply(ins.subList(0, n), ins.subList(n, 2 * n)));
    if (!traced.captured().isEmpty()) {
      throw new LaxTypeException(name, "its function captures arrays; pass them as operands");
    }
    if (traced.jaxpr().effect() != Effect.NONE
        || traced.jaxpr().eqns().stream().anyMatch(e -> e.primitive() instanceof HostPrimitive)) {
      throw new LaxTypeException(
          name,
          "its function prints, checks or calls Java, but nobody knows how often and in which order"
              + " a reduction calls it; do so outside, or write a loop");
    }
    List<Aval> outs = traced.jaxpr().outAvals().stream().map(Aval::strong).toList();
    if (!outs.equals(avals.subList(0, n))) {
      throw new LaxTypeException(name, "its function of " + avals.subList(0, n) + " gives " + outs);
    }
    return traced.jaxpr();
  }

  /** The primitive's name, if the program is that primitive of its inputs, from its identity. */
  private static Optional<String> monoid(Jaxpr jaxpr, Array init) {
    if (jaxpr.eqns().size() != 1 || init instanceof Tracer) {
      return Optional.empty();
    }
    Eqn eqn = jaxpr.eqns().getFirst();
    List<? extends Atom> ins = jaxpr.ins();
    boolean plain =
        (eqn.ins().equals(ins) || eqn.ins().equals(ins.reversed()))
            && jaxpr.outs().equals(eqn.outs());
    String name = eqn.primitive().name();
    return plain && Reductions.isIdentity(name, init) ? Optional.of(name) : Optional.empty();
  }
}
