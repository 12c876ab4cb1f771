package dev.jacobi.parallel;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.lax.Concatenation;
import dev.jacobi.lax.Dims;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Slices;
import dev.jacobi.trace.BatchAxis;
import dev.jacobi.trace.Bind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the members of named axes do together with one array each. Along a vmapped axis the members
 * lie side by side in one array, and a collective is arithmetic on that; along a mesh it is
 * communication.
 */
interface Collective extends Primitive {
  List<String> axes();

  Groups groups();

  /** The result of one member's operand, as far as it is known from that. */
  Aval shape(Aval operand);

  /** The same for an operand with a dimension more, and where that is in the result. */
  Batched shifted(Array operand, int dim);

  /**
   * What the members of a vmapped axis do.
   *
   * @param members their operands side by side, at dimension 0
   */
  Batched together(Array members, long size);

  Value lower(LowerContext context, Value operand, Aval out);

  @Override
  default Set<String> axisNames() {
    return Set.copyOf(axes());
  }

  @Override
  default boolean joinsVarying() {
    return false;
  }

  @Override
  default List<Aval> abstractEval(List<Aval> operands) {
    Aval x = operands.getFirst();
    if (x.key()) {
      throw new CollectiveException(name(), "takes numbers, not keys; send key.data()");
    }
    return List.of(shape(x));
  }

  /** Most are linear. */
  @Override
  default Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
    Array dx = tangents.getFirst();
    return Jvp.of(Bind.bind(this, primals).getFirst(), dx == null ? null : Bind.bind(this, dx));
  }

  /** The transpose: what each member's operand contributed to all members' results. */
  Array pull(Array cotangent, Aval operand);

  @Override
  default List<@Nullable Array> transpose(
      List<@Nullable Array> cotangents, List<Operand> operands) {
    return Collections.singletonList(pull(cotangents.getFirst(), operands.getFirst().aval()));
  }

  @Override
  default Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
    Array x = operands.getFirst();
    Integer dim = dims.getFirst();
    String axis = BatchAxis.current().filter(axes()::contains).orElse(null);
    if (axis == null) {
      return shifted(x, Objects.requireNonNull(dim));
    }
    if (axes().size() > 1) {
      return apart(axis, x, dim, size);
    }
    return together(Dims.batchAt(x, dim, size, 0), size);
  }

  /** Of several axes one is vmapped. */
  default Batched apart(String axis, Array x, @Nullable Integer dim, long size) {
    throw new CollectiveException(
        name(), "works along " + axes() + " together, of which only '" + axis + "' is vmapped");
  }

  @Override
  default List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
    return List.of(lower(context, operands.getFirst(), outs.getFirst()));
  }

  /** Names of axes as jaxprs print them. */
  static List<String> quoted(List<String> axes) {
    return axes.stream().map(a -> "'" + a + "'").toList();
  }

  /** Member {@code i} of those at dimension 0. */
  static Array member(Array members, int i) {
    return Shapes.squeeze(Slices.inDim(members, i, i + 1, 1, 0), Axes.of(0));
  }

  /** Some members, at dimension 0 in that order. */
  static Array some(Array members, List<Integer> which) {
    List<Array> rows = new ArrayList<>();
    which.forEach(i -> rows.add(Slices.inDim(members, i, i + 1, 1, 0)));
    return Concatenation.concatenate(rows, 0);
  }

  /** The members' results at dimension 0. */
  static Array stacked(List<Array> results) {
    List<Array> rows = new ArrayList<>();
    results.forEach(r -> rows.add(Shapes.expandDims(r, Axes.of(0))));
    return Concatenation.concatenate(rows, 0);
  }

  /** Dimension {@code dim} as parts of it: at {@code dim} which part, then the place in it. */
  static Array split(Array x, int dim, long parts) {
    long each = x.dim(dim) / parts;
    return Shapes.reshape(x, x.shape().with(dim, each).insert(dim, parts));
  }

  /** Dimensions {@code dim} and the next as one. */
  static Array merged(Array x, int dim) {
    long all = x.dim(dim) * x.dim(dim + 1);
    return Shapes.reshape(x, x.shape().without(Axes.of(dim)).with(dim, all));
  }

  /** Sizes of all dimensions, one of them changed. */
  static Longs sizes(Array x, int dim, long size) {
    return x.shape().with(dim, size).sizes();
  }
}
