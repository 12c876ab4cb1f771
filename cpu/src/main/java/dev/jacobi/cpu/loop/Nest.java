package dev.jacobi.cpu.loop;

import dev.jacobi.cpu.fuse.Affine;
import dev.jacobi.hlo.DType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One loop nest: a kernel before it is code. Parameters are arrays and scalars by position; loop
 * variables are numbered from the outermost; nodes are pure and computed per iteration (or less
 * often, where they depend on fewer variables). Reductions combine over the inner loops in the
 * fixed order that {@link Loops} states; nodes that read a reduction run in a later phase over the
 * same row.
 *
 * <p>All stores of one iteration happen after all its loads, so that an output may share the memory
 * of an input that is read at the same place only.
 */
public record Nest(
    List<Param> params,
    Loops loops,
    List<Node> nodes,
    List<Reduction> reductions,
    List<Store> stores) {

  /** How a parameter is used. */
  public enum Role {
    IN,
    /** A whole, aligned array. */
    OUT,
    /** A place inside an array. */
    WINDOW,
    SCALAR
  }

  /** A parameter: the address of an array, or a scalar. */
  public record Param(Role role, DType dtype) {}

  /** The loops. */
  public sealed interface Loops {
    /** Extents of all loop variables. */
    long[] extents();

    /**
     * Rows of {@code inner} elements. A reduction combines element i into lane i mod 32 (or the
     * largest power of two that is not above {@code inner}), then halves the lanes until one is
     * left.
     *
     * <p>If {@code total} is not 0, the last outer variable numbers chunks of {@code inner} out of
     * {@code total} elements, and the last chunk takes the rest as well.
     */
    record Rows(List<Long> outer, long inner, long total) implements Loops {
      @Override
      public long[] extents() {
        List<Long> all = new ArrayList<>(outer);
        all.add(inner);
        return all.stream().mapToLong(n -> n).toArray();
      }

      /** The number of the inner variable. */
      public int innerVariable() {
        return outer.size();
      }

      public long rows() {
        return outer.stream().reduce(1L, Math::multiplyExact);
      }
    }

    /**
     * For every element of the kept loops (of which the last runs in lanes), the reduced loops in
     * order; a reduction combines their elements one after the other.
     */
    record Columns(List<Long> outer, long lanes, List<Long> reduced) implements Loops {
      @Override
      public long[] extents() {
        List<Long> all = new ArrayList<>(outer);
        all.add(lanes);
        all.addAll(reduced);
        return all.stream().mapToLong(n -> n).toArray();
      }

      /** The number of the variable that runs in lanes. */
      public int laneVariable() {
        return outer.size();
      }
    }
  }

  /**
   * Combines nodes over the inner loops.
   *
   * @param inits nodes combined once with each result, or empty
   */
  public record Reduction(List<Integer> inputs, List<Integer> inits, Combiner combiner) {
    public Reduction {
      inputs = List.copyOf(inputs);
      inits = List.copyOf(inits);
    }
  }

  /** Writes a node to an array parameter, per element or, if {@code perRow}, once per row. */
  public record Store(int param, Affine at, int node, boolean perRow) {}

  public Nest {
    params = List.copyOf(params);
    nodes = List.copyOf(nodes);
    reductions = List.copyOf(reductions);
    stores = List.copyOf(stores);
  }

  /** The loop IR as text, one line a node. */
  @Override
  public String toString() {
    StringBuilder s = new StringBuilder();
    for (int i = 0; i < params.size(); i++) {
      Param p = params.get(i);
      s.append(i == 0 ? "nest (" : ", ").append(p.role().name().toLowerCase(java.util.Locale.ROOT));
      s.append(" p").append(i).append(": ").append(p.dtype().shortName());
    }
    s.append(params.isEmpty() ? "nest (" : "").append(")\n  ").append(loops).append('\n');
    for (int i = 0; i < nodes.size(); i++) {
      s.append("  %").append(i).append(" = ").append(text(nodes.get(i))).append('\n');
    }
    for (int i = 0; i < reductions.size(); i++) {
      Reduction r = reductions.get(i);
      s.append("  reduce r").append(i).append(' ').append(refs(r.inputs()));
      s.append(" from ").append(refs(r.inits())).append(" by ").append(body(r.combiner()));
      s.append('\n');
    }
    for (Store st : stores) {
      s.append("  p").append(st.param()).append('[').append(st.at()).append("] = %");
      s.append(st.node()).append(st.perRow() ? " per row\n" : "\n");
    }
    return s.toString();
  }

  private static String refs(List<Integer> nodes) {
    List<String> all = nodes.stream().map(i -> "%" + i).toList();
    return "(" + String.join(", ", all) + ")";
  }

  /** Whether the elements of every reduction may be combined in any order. */
  public boolean reductionsCommute() {
    return reductions.stream().allMatch(r -> r.combiner().commutes());
  }

  private static String body(Combiner c) {
    List<String> all = new ArrayList<>(Collections.nCopies(c.nodes().size(), ""));
    for (int i = 0; i < all.size(); i++) {
      Node n = c.nodes().get(i);
      all.set(i, n instanceof Node.Arg a ? "a" + a.index() : nested(n, all));
    }
    return String.join(", ", c.results().stream().map(all::get).toList());
  }

  private static String nested(Node n, List<String> all) {
    String args = String.join(", ", n.args().stream().map(all::get).toList());
    return name(n) + "(" + args + ")";
  }

  private static String name(Node n) {
    return switch (n) {
      case Node.Load o -> "p" + o.param() + "[" + o.at() + "]";
      case Node.Const o ->
          o.dtype().isComplex()
              ? "(" + o.literal().getDouble(0) + ", " + o.literal().getImag(0) + ")"
              : o.dtype().isFloat()
                  ? Double.toString(o.literal().getDouble(0))
                  : Long.toString(o.literal().getLong(0));
      case Node.Scalar o -> "p" + o.param();
      case Node.Index o -> "index[" + o.at() + "]";
      case Node.Apply o -> o.fn().name().toLowerCase(java.util.Locale.ROOT);
      case Node.Compare o -> o.direction().name().toLowerCase(java.util.Locale.ROOT);
      case Node.Convert _ -> "convert";
      case Node.Bitcast _ -> "bitcast";
      case Node.Reduced o -> "reduce_precision<" + o.exponentBits() + "," + o.mantissaBits() + ">";
      case Node.Fetch o -> "p" + o.param() + "[" + o.at() + " + ...]";
      case Node.Reduction o -> "r" + o.reduction() + "." + o.result();
      case Node.Arg o -> "a" + o.index();
    };
  }

  private static String text(Node n) {
    String args = n.args().isEmpty() ? "" : " " + refs(n.args());
    return n.dtype().shortName() + " " + name(n) + args;
  }

  /** Whether an array is read at no other place than {@code at}. */
  public boolean isReadOnlyAt(int param, Affine at) {
    return nodes.stream()
        .noneMatch(
            node ->
                switch (node) {
                  case Node.Load o -> o.param() == param && !o.at().equals(at);
                  case Node.Fetch o -> o.param() == param;
                  case Node.Const _, Node.Scalar _, Node.Index _, Node.Apply _ -> false;
                  case Node.Compare _, Node.Convert _, Node.Bitcast _, Node.Reduced _ -> false;
                  case Node.Reduction _, Node.Arg _ -> false;
                });
  }
}
