package dev.jacobi.jaxpr;

import dev.jacobi.Array;
import dev.jacobi.hlo.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One operation and all its rules. The implementation's state is the operation's parameters, and
 * its {@code equals} compares them: records do both, and print their components as parameters.
 *
 * <p>In the rules of differentiation {@code null} is a symbolic zero: a tangent or cotangent that
 * is known to vanish. A rule is never called with zeros only.
 */
public interface Primitive {
  /** The name in jaxprs. */
  String name();

  /** Shape rule: the types of the results, or an exception that shows the operands' types. */
  List<Aval> abstractEval(List<Aval> operands);

  /** Pushes tangents forward. Computes the results for {@code primals} once. */
  Jvp jvp(List<Array> primals, List<@Nullable Array> tangents);

  /**
   * The same while a linear program of the tangents is being written; differs from {@link #jvp}
   * only where a primitive holds a program.
   */
  default Jvp linearize(List<Array> primals, List<@Nullable Array> tangents) {
    return jvp(primals, tangents);
  }

  /**
   * Pulls cotangents back through an equation that is linear in some operands.
   *
   * @param cotangents one per result
   * @param operands what is known; unknown where the equation is linear in it
   * @return per operand the cotangent, or null for zero and for known operands
   */
  List<@Nullable Array> transpose(List<@Nullable Array> cotangents, List<Operand> operands);

  /**
   * The cotangent of the first operand, the only linear one, added to one that is there already.
   * For primitives that read few elements of a large array: a loop then changes these alone, and
   * does not add an array that is zero elsewhere in every step.
   *
   * @return the sum; empty if it is to be added as usual
   */
  default Optional<Array> transposeInto(
      Array sum, List<@Nullable Array> cotangents, List<Operand> operands) {
    return Optional.empty();
  }

  /** Applies to arrays with an added dimension each (or none). */
  Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims);

  /** Writes StableHLO and gives the results' values. */
  List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs);

  /** The named axes that it works along, which must be bound where it is performed. */
  default Set<String> axisNames() {
    return Set.of();
  }

  /**
   * Whether its operands are made to differ along the same mesh axes, as its results then do. False
   * for those that say it of their results themselves: collectives, and what holds programs.
   */
  default boolean joinsVarying() {
    return true;
  }

  /** Its results without performing it, if there is nothing to do for these operands. */
  default Optional<List<Array>> done(List<Array> operands) {
    return Optional.empty();
  }

  /** {@link #abstractEval} with the mesh axes along which results differ. */
  default List<Aval> outAvals(List<Aval> operands) {
    List<String> varying = joinsVarying() ? Aval.varying(operands) : List.of();
    if (varying.isEmpty()) {
      return abstractEval(operands);
    }
    List<Aval> same = operands.stream().map(a -> a.withVarying(List.of())).toList();
    return abstractEval(same).stream().map(a -> a.withVarying(varying)).toList();
  }

  /** Whether it says what each device does, so that nothing is left to divide. */
  default boolean isManual() {
    return false;
  }

  /** The devices that it needs, if it runs on several. */
  default Optional<Grid> grid() {
    return Optional.empty();
  }

  /** What it does besides computing its results. */
  default Effect effect() {
    return Effect.NONE;
  }

  /** Whether it must run even if nobody reads its results. */
  default boolean hasEffects() {
    return effect() != Effect.NONE;
  }

  /** Whether it holds a loop whose end nobody knows before. */
  default boolean mayNotEnd() {
    return false;
  }

  /** Whether it takes so much longer than to read and write arrays that it is worth a branch. */
  default boolean isCostly() {
    return false;
  }

  /**
   * Performs it with its effects in some lanes of a batch only; for the others its loops end at
   * once. Asked of primitives that have effects or may not end.
   *
   * @param active which lanes of the leading dimensions; the others' results mean nothing
   */
  default List<Array> bindWhere(Array active, List<Array> operands) {
    throw new IllegalStateException(name() + " has effects, but no rule for some lanes");
  }

  /** The same without its effects, for steps that are repeated; empty if nothing is left. */
  default Optional<Primitive> silent() {
    return Optional.of(this);
  }

  /** Parameters by name as jaxprs print them, in order. */
  default Map<String, Object> params() {
    return Params.of(this);
  }

  /** Results of {@link #jvp}: values, and tangents or null for zero. */
  record Jvp(List<Array> primals, List<@Nullable Array> tangents) {
    /** One result. */
    public static Jvp of(Array primal, @Nullable Array tangent) {
      return new Jvp(List.of(primal), java.util.Collections.singletonList(tangent));
    }
  }

  /** Results of {@link #vmap}: values, and the added dimension of each or null for none. */
  record Batched(List<Array> values, List<@Nullable Integer> dims) {
    /** One result. */
    public static Batched of(Array value, @Nullable Integer dim) {
      return new Batched(List.of(value), java.util.Collections.singletonList(dim));
    }
  }

  /** An operand of an equation that is being transposed: a known value, or null if linear in it. */
  record Operand(Aval aval, @Nullable Array value) {
    public boolean isLinear() {
      return value == null;
    }

    /** The known value. */
    public Array known() {
      if (value == null) {
        throw new IllegalStateException("the value of a linear operand " + aval + " is not known");
      }
      return value;
    }
  }
}
