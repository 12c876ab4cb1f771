package dev.jacobi.cpu.loop;

import dev.jacobi.cpu.fuse.Affine;
import dev.jacobi.cpu.fuse.Group;
import dev.jacobi.cpu.fuse.Group.Structure;
import dev.jacobi.cpu.fuse.Grouper;
import dev.jacobi.cpu.fuse.IndexMap;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Builds the nest of a group: gives every dimension of the domain a loop, expresses all accesses in
 * the loops' variables, splits a loop where a reshape needs it, and joins loops that are one.
 */
final class NestBuilder {
  /** A loop must be split before an index becomes affine. */
  static final class Resplit extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient IndexMap.Split split;

    Resplit(IndexMap.Split split) {
      super("split", null, false, false);
      this.split = split;
    }
  }

  private final Group group;
  private final Scope scope;

  private NestBuilder(Group group, Scope scope) {
    this.group = group;
    this.scope = scope;
  }

  /** The nests that compute a group, one after the other. */
  static List<Launch> build(Group group, Scope scope) {
    return new NestBuilder(group, scope).build();
  }

  private List<Launch> build() {
    Domain domain = Domain.of(group.structure());
    for (int tries = 0; tries < 32; tries++) {
      try {
        return List.copyOf(new Lowering(group, scope, domain).run());
      } catch (Resplit e) {
        domain = domain.split(e.split);
      }
    }
    throw unfusable(group);
  }

  /** The group must be divided: what its reductions read goes through memory. */
  static Unfusable unfusable(Group group) {
    Set<Value> values = new LinkedHashSet<>();
    Set<Instr> reductions = new LinkedHashSet<>();
    for (Instr i : group.nodes()) {
      if (i.op() instanceof ReductionOp.Reduce o) {
        values.addAll(o.inputs());
        reductions.add(i);
      } else {
        values.addAll(i.op().operands().stream().filter(v -> !v.shape().isScalar()).toList());
      }
    }
    return new Unfusable(new Grouper.Limits(values, reductions, Set.of()));
  }

  /**
   * Loop variables while a nest is built.
   *
   * @param extents of all loops
   * @param outer how many of them are outside rows (all but one for elementwise nests)
   * @param reduced which loops a columns nest reduces over
   */
  record Domain(long[] extents, int outer, boolean[] reduced) {
    static Domain of(Structure s) {
      return switch (s) {
        case Structure.Elementwise e ->
            new Domain(e.domain().toArray(), e.domain().rank(), new boolean[e.domain().rank()]);
        case Structure.Rows r ->
            new Domain(r.domain().toArray(), r.outer(), new boolean[r.domain().rank()]);
        case Structure.Chunks c ->
            new Domain(c.domain().toArray(), c.outer(), new boolean[c.domain().rank()]);
        case Structure.Columns c -> {
          boolean[] reduced = new boolean[c.domain().rank()];
          c.reduced().stream().forEach(d -> reduced[d] = true);
          yield new Domain(c.domain().toArray(), c.domain().rank(), reduced);
        }
      };
    }

    int vars() {
      return extents.length;
    }

    Domain split(IndexMap.Split at) {
      int k = at.variable();
      long[] e = new long[extents.length + 1];
      boolean[] r = new boolean[e.length];
      for (int i = 0; i < e.length; i++) {
        int from = i <= k ? i : i - 1;
        e[i] = i == k ? extents[k] / at.factor() : i == k + 1 ? at.factor() : extents[from];
        r[i] = reduced[from];
      }
      return new Domain(e, k < outer ? outer + 1 : outer, r);
    }

    /** The element offset in an array over the loops that {@code kept} selects. */
    Affine linear(java.util.function.IntPredicate kept) {
      long[] c = new long[vars()];
      long stride = 1;
      for (int k = vars() - 1; k >= 0; k--) {
        if (kept.test(k)) {
          c[k] = extents[k] == 1 ? 0 : stride;
          stride *= extents[k];
        }
      }
      return Affine.of(0, c);
    }

    Affine elements() {
      return linear(k -> true);
    }

    Affine rows() {
      return linear(k -> k < outer);
    }

    Affine columns() {
      return linear(k -> !reduced[k]);
    }

    /** Indices into an array of {@code shape} at a row-major offset. */
    List<Affine> indices(Affine linear, Shape shape) {
      IndexMap.Result r = IndexMap.delinearize(linear, shape, extents);
      r.split()
          .ifPresent(
              s -> {
                throw new Resplit(s);
              });
      return r.indices().orElse(null);
    }
  }

  /** What a builder knows about the block around a group. */
  record Scope(Map<Value, Instr> defs, Set<Value> stored) {}
}
