package dev.jacobi.sparse;

import static dev.jacobi.numpy.Jnp.arange;

import dev.jacobi.Array;
import dev.jacobi.Jacobi;
import dev.jacobi.Op1;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.lax.Elementwise;
import dev.jacobi.lax.Shapes;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.trace.Bind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How dependencies pass through primitives. What only moves elements is asked itself where they go,
 * by moving their numbers; what has no rule makes everything depend on everything.
 */
final class Rules {
  private Rules() {}

  /** Elements of results are elements of operands, or none. */
  private static final Set<String> MOVES =
      Set.of(
          "broadcast_in_dim",
          "concatenate",
          "dynamic_slice",
          "dynamic_update_slice",
          "gather",
          "optimization_barrier",
          "pad",
          "reshape",
          "rev",
          "scatter",
          "slice",
          "split",
          "squeeze",
          "stack",
          "tile",
          "transpose",
          "unstack");

  /** Elements of a reduced dimension combine. */
  private static final Set<String> REDUCTIONS =
      Set.of("reduce_sum", "reduce_prod", "reduce_max", "reduce_min");

  /** Elements up to one along a dimension, or from it on. */
  private static final Set<String> CUMULATIONS =
      Set.of("cumsum", "cumprod", "cummax", "cummin", "cumlogsumexp");

  /** Piecewise constant: no derivative sees through. */
  private static final Set<String> STEPS =
      Set.of("sign", "floor", "ceil", "round", "stop_gradient");

  static List<Flow> follow(Primitive p, List<Flow> in, List<Aval> outs) {
    String name = p.name();
    if (outs.stream().noneMatch(a -> a.dtype().isInexact()) || STEPS.contains(name)) {
      return outs.stream().map(Flow::constant).toList();
    }
    if (name.equals("name")) {
      return in;
    }
    if (p instanceof Elementwise) {
      return List.of(elementwise(in, outs.getFirst()));
    }
    if (MOVES.contains(name) && isKnownBut(in)) {
      return moved(p, in, outs);
    }
    if (REDUCTIONS.contains(name)) {
      return List.of(reduced((Axes) axes(p), in.getFirst(), outs.getFirst()));
    }
    if (CUMULATIONS.contains(name)) {
      return List.of(cumulated(p.params(), in.getFirst(), outs.getFirst()));
    }
    return switch (name) {
      case "dot_general" -> List.of(Products.dot(p, in, outs.getFirst()));
      case "conv_general_dilated" -> List.of(Products.convolution(p, in, outs.getFirst()));
      case "scatter-add", "scatter-sub" -> scattered(p, in, outs);
      default -> Flow.all(in, outs);
    };
  }

  private static Object axes(Primitive p) {
    return p.params().get("axes");
  }

  /** Whether all indices among the operands are known. */
  private static boolean isKnownBut(List<Flow> in) {
    return in.stream().allMatch(f -> f.aval().dtype().isInexact() || f.value() != null);
  }

  private static Flow elementwise(List<Flow> in, Aval out) {
    int[][] on = new int[Flow.size(out)][];
    IndexSets union = new IndexSets();
    for (int i = 0; i < on.length; i++) {
      for (Flow operand : in) {
        union.add(operand.at(operand.aval().shape().isScalar() ? 0 : i));
      }
      on[i] = union.take();
    }
    return Flow.of(out, on);
  }

  /** Moves numbers in place of elements: from 1 on, over all operands; 0 is none. */
  private static List<Flow> moved(Primitive p, List<Flow> in, List<Aval> outs) {
    List<int[]> sets = new ArrayList<>(List.of(IndexSets.EMPTY));
    List<Array> numbers = new ArrayList<>();
    for (Flow operand : in) {
      boolean index = operand.value() != null && !operand.aval().dtype().isInexact();
      if (index) {
        numbers.add(operand.value());
      } else if (operand.isActive()) {
        int n = Flow.size(operand.aval());
        numbers.add(number(sets.size(), n, operand.aval().shape()));
        for (int i = 0; i < n; i++) {
          sets.add(operand.at(i));
        }
      } else {
        numbers.add(Jnp.zeros(operand.aval().shape(), DType.I32));
      }
    }
    List<Array> places = Bind.bind(p, numbers);
    List<Flow> flows = new ArrayList<>();
    for (int k = 0; k < outs.size(); k++) {
      int[] from = places.get(k).toIntArray();
      int[][] on = new int[from.length][];
      for (int i = 0; i < on.length; i++) {
        on[i] = sets.get(Math.max(from[i], 0)); // gather fills with the least number
      }
      flows.add(Flow.of(outs.get(k), on));
    }
    return flows;
  }

  private static Array number(int first, int n, Shape shape) {
    return Shapes.reshape(arange(first, first + n).astype(DType.I32), shape);
  }

  private static Flow reduced(Axes axes, Flow in, Aval out) {
    Shape shape = in.aval().shape();
    Array places = number(0, Flow.size(out), out.shape());
    int[] into = Shapes.broadcastInDim(places, shape, axes.complement(shape.rank())).toIntArray();
    return collected(List.of(in), List.of(into), out);
  }

  /** Unions of what lands at each place; negative is nowhere. */
  private static Flow collected(List<Flow> in, List<int[]> into, Aval out) {
    int n = Flow.size(out);
    List<List<int[]>> parts = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      parts.add(new ArrayList<>());
    }
    for (int k = 0; k < in.size(); k++) {
      for (int i = 0; i < into.get(k).length; i++) {
        int place = into.get(k)[i];
        if (place >= 0 && in.get(k).at(i).length > 0) {
          parts.get(place).add(in.get(k).at(i));
        }
      }
    }
    int[][] on = new int[n][];
    for (int i = 0; i < n; i++) {
      on[i] = IndexSets.union(parts.get(i).toArray(int[][]::new));
    }
    return Flow.of(out, on);
  }

  private static Flow cumulated(Map<String, Object> params, Flow in, Aval out) {
    int axis = (Integer) params.get("axis");
    boolean reverse = (Boolean) params.get("reverse");
    Shape shape = in.aval().shape();
    int along = Math.toIntExact(shape.dim(axis));
    int inner = 1;
    for (int d = axis + 1; d < shape.rank(); d++) {
      inner *= Math.toIntExact(shape.dim(d));
    }
    int[][] on = new int[Flow.size(out)][];
    for (int line = 0; line < on.length / Math.max(along, 1); line++) {
      int start = line / inner * inner * along + line % inner;
      int[] so = IndexSets.EMPTY;
      for (int step = 0; step < along; step++) {
        int i = start + (reverse ? along - 1 - step : step) * inner;
        so = IndexSets.union(so, in.at(i));
        on[i] = so;
      }
    }
    return Flow.of(out, on);
  }

  /**
   * The operand, and updates where they land: the transpose of adding updates reads from there, and
   * so reads the number of the place.
   */
  private static List<Flow> scattered(Primitive p, List<Flow> in, List<Aval> outs) {
    Array indices = in.get(1).value();
    if (indices == null) {
      return Flow.all(in, outs);
    }
    Aval out = outs.getFirst();
    int n = Flow.size(out);
    Array zeros = Jnp.zeros(out.shape(), DType.F64);
    Array updates = Jnp.zeros(in.get(2).aval().shape(), DType.F64);
    Op1 add = u -> Bind.bind(p, zeros, indices, u);
    Array places = Jnp.abs(Jacobi.vjp(add, updates).pullback().apply(number64(n, out.shape())));
    int[] into = places.minus(1).astype(DType.I32).toIntArray();
    int[] same = arange(n).astype(DType.I32).toIntArray();
    return List.of(collected(List.of(in.get(0), in.get(2)), List.of(same, into), out));
  }

  private static Array number64(int n, Shape shape) {
    return Shapes.reshape(arange(1, n + 1).astype(DType.F64), shape);
  }
}
