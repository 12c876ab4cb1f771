package dev.jacobi.cpu.fuse;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who reads what in a block once data movement has become index maps: for every instruction that
 * computes, the instructions it depends on and how their elements correspond.
 */
final class Uses {
  /** What an instruction is to the grouping. */
  enum Kind {
    /** Rank 0 and elementwise: runs in registers. */
    SCALAR,
    /** Computes an array in a loop nest. */
    NODE,
    /** Costs nothing: a view, a counter, a constant, or a function computed at its only reader. */
    FREE,
    /** Another type for the same memory, or memory behind a barrier: nothing fuses across. */
    ALIAS,
    /** Has code of its own. */
    SINGLE
  }

  /** How a reader's elements correspond to those of what it reads. */
  enum Relation {
    /** Element for element. */
    SAME,
    /** The reader's leading dimensions number the elements; all else repeats. */
    ROW,
    /** Anything else: the producer must be complete. */
    OTHER
  }

  /** Instruction {@code reader} reads a result of instruction {@code source}. */
  record Edge(int reader, int source, Relation relation) {}

  /** Views in a row before a value is kept, so that no chain of index maps gets long. */
  private static final int MAX_VIEWS = 64;

  /** The most that one reader may compute in place of values that are not kept. */
  private static final int MAX_INLINED = 512;

  /**
   * That an instruction reads a value.
   *
   * @param at where, for each of the reader's elements; empty if anywhere
   * @param views how many views lie between
   */
  private record Reading(int reader, Optional<Views.Position> at, long[] extents, int views) {}

  private final Block block;
  private final Map<Value, Integer> defs = new IdentityHashMap<>();
  private final Kind[] kinds;
  private final Set<Value> needed = new HashSet<>();
  private final int[] inlined; // by reader: the cost of what is computed in its place
  private final List<List<Reading>> readings = new ArrayList<>();
  private final List<Edge> edges = new ArrayList<>();

  /**
   * @param block what to divide
   * @param forced values that must be in memory
   */
  Uses(Block block, Set<Value> forced) {
    this.block = block;
    int n = block.instrs().size();
    kinds = new Kind[n];
    inlined = new int[n];
    for (int i = 0; i < n; i++) {
      Instr instr = block.instrs().get(i);
      int at = i;
      instr.results().forEach(v -> defs.put(v, at));
      kinds[i] = kindOf(instr);
      readings.add(new ArrayList<>());
    }
    block.results().forEach(this::need);
    forced.forEach(this::need);
    for (Instr instr : block.instrs()) {
      needs(instr);
    }
    cutLongViews();
    for (int i = n - 1; i >= 0; i--) {
      visit(i);
    }
    keepPlaces();
  }

  /** What calls Java or checks something stays in the order of the program. */
  private void keepPlaces() {
    int before = -1;
    for (int i = 0; i < kinds.length; i++) {
      if (Effects.keepsPlace(block.instrs().get(i).op())) {
        if (before >= 0) {
          edges.add(new Edge(i, before, Relation.OTHER));
        }
        before = i;
      }
    }
  }

  Kind kind(int i) {
    return kinds[i];
  }

  List<Edge> edges() {
    return Collections.unmodifiableList(edges);
  }

  /** Whether a value must be in memory whatever the grouping. */
  boolean isNeeded(Value v) {
    return needed.contains(v);
  }

  private static Kind kindOf(Instr instr) {
    Op op = instr.op();
    boolean scalar = instr.results().stream().allMatch(v -> v.shape().isScalar());
    if (Ops.isElementwise(op)) {
      return scalar ? Kind.SCALAR : Kind.NODE;
    }
    return switch (op) {
      case ElementwiseOp.Constant _, ElementwiseOp.Iota _ -> scalar ? Kind.SCALAR : Kind.FREE;
      case ElementwiseOp.BitcastConvert _, ControlOp.OptimizationBarrier _ -> Kind.ALIAS;
      case IndexOp.Gather _, ReductionOp.Reduce _ -> Kind.NODE;
      case IndexOp.DynamicSlice _ -> Kind.FREE;
      default ->
          Ops.isView(op)
              ? scalar
                  ? (Views.operand(op).shape().isScalar() ? Kind.SCALAR : Kind.ALIAS)
                  : Kind.FREE
              : Kind.SINGLE;
    };
  }

  /** Marks what an instruction must find in memory. */
  private void needs(Instr instr) {
    switch (instr.op()) {
      case IndexOp.Gather o -> need(o.operand());
      case IndexOp.DynamicSlice o -> need(o.operand());
      case ControlOp.OptimizationBarrier o -> o.operands().forEach(this::need);
      case ElementwiseOp.BitcastConvert o when !Ops.isElementwise(o) -> need(o.operand());
      case ShapeOp.Reshape o when o.shape().isScalar() -> need(o.operand());
      default -> {
        Integer i = defs.get(instr.results().isEmpty() ? null : instr.results().getFirst());
        if (i == null || kinds[i] == Kind.SINGLE) {
          Ops.reads(instr).forEach(this::need);
        }
      }
    }
  }

  private void need(Value v) {
    Integer i = defs.get(v);
    if (i == null || !needed.add(v)) {
      return;
    }
    Op op = block.instrs().get(i).op();
    if (op instanceof ShapeOp.Reshape o) {
      need(o.operand());
    } else if (kinds[i] == Kind.FREE && !(op instanceof ElementwiseOp.Constant)) {
      kinds[i] = Kind.NODE;
    }
  }

  private void cutLongViews() {
    int[] views = new int[kinds.length];
    for (int i = 0; i < kinds.length; i++) {
      Instr instr = block.instrs().get(i);
      if (kinds[i] == Kind.FREE && Ops.isView(instr.op())) {
        Integer source = defs.get(Views.operand(instr.op()));
        views[i] = 1 + (source == null ? 0 : views[source]);
        if (views[i] == MAX_VIEWS) {
          need(instr.result());
          views[i] = 0;
        }
      }
    }
  }

  /** Follows what instruction {@code i} reads; all its readers have been visited. */
  private void visit(int i) {
    Instr instr = block.instrs().get(i);
    switch (kinds[i]) {
      case SCALAR, SINGLE, ALIAS -> Ops.reads(instr).forEach(v -> read(i, v));
      case FREE -> {}
      case NODE -> {
        if (isInlined(i)) {
          kinds[i] = Kind.FREE;
          readings.get(i).forEach(r -> inline(instr.op(), r));
        } else {
          readings.get(i).forEach(r -> edges.add(new Edge(r.reader, i, relation(r, i))));
          visitNode(i, instr);
        }
      }
    }
  }

  private void inline(Op op, Reading r) {
    inlined[r.reader] += Cost.of(op) + r.views;
    for (Value v : op.operands()) {
      Optional<Views.Position> at = v.shape().isScalar() ? Optional.empty() : r.at;
      follow(v, new Reading(r.reader, at, r.extents, 0));
    }
  }

  private void visitNode(int i, Instr instr) {
    switch (instr.op()) {
      case ReductionOp.Reduce o -> {
        o.inputs().forEach(v -> follow(v, identity(i, v)));
        o.inits().forEach(v -> read(i, v));
      }
      case IndexOp.Gather o -> {
        read(i, o.operand());
        follow(o.indices(), indexReading(i, o, instr.result().shape()));
      }
      case IndexOp.DynamicSlice o -> o.operands().forEach(v -> read(i, v));
      case ElementwiseOp.Iota _ -> {}
      default -> {
        Value result = instr.result();
        if (Ops.isView(instr.op())) {
          Reading r = identity(i, result);
          pass(instr.op(), r);
        } else {
          instr.op().operands().forEach(v -> follow(v, identity(i, result)));
        }
      }
    }
  }

  private static Reading identity(int i, Value v) {
    Views.Position at = Views.Position.identity(v.shape());
    return new Reading(i, Optional.of(at), v.shape().toArray(), 0);
  }

  /** A gather with one index per window reads it where the window's batch dimensions say. */
  private static Reading indexReading(int i, IndexOp.Gather o, Shape result) {
    IndexOp.GatherDims d = o.dims();
    Shape indices = o.indices().shape();
    boolean single = d.indexVectorDim() == indices.rank() || indices.dim(d.indexVectorDim()) == 1;
    if (!single) {
      return new Reading(i, Optional.empty(), new long[0], 0);
    }
    List<Affine> all = IndexMap.identity(result);
    List<Affine> at = new ArrayList<>();
    d.offsetDims().complement(result.rank()).stream().forEach(k -> at.add(all.get(k)));
    if (d.indexVectorDim() < indices.rank()) {
      at.add(d.indexVectorDim(), Affine.constant(result.rank(), 0));
    }
    Views.Position position = Views.Position.at(at, indices, result.rank());
    return new Reading(i, Optional.of(position), result.toArray(), 0);
  }

  /** A dependence on a complete value. */
  private void read(int reader, Value v) {
    follow(v, new Reading(reader, Optional.empty(), new long[0], 0));
  }

  /** Records or passes on that {@code r.reader} reads {@code v}. */
  private void follow(Value v, Reading r) {
    Integer i = defs.get(v);
    if (i == null) {
      return;
    }
    Instr instr = block.instrs().get(i);
    if (kinds[i] == Kind.FREE && instr.op() instanceof IndexOp.DynamicSlice o) {
      o.operands().forEach(x -> read(r.reader, x));
    } else if (kinds[i] == Kind.FREE && Ops.isView(instr.op())) {
      pass(instr.op(), r);
    } else if (kinds[i] == Kind.NODE) {
      readings.get(i).add(r);
    } else if (kinds[i] != Kind.FREE) {
      edges.add(new Edge(r.reader, i, Relation.OTHER));
    }
  }

  private void pass(Op view, Reading r) {
    Optional<Views.Position> at = r.at.flatMap(p -> p.through(view, r.extents));
    follow(Views.operand(view), new Reading(r.reader, at, r.extents, r.views + 1));
  }

  private Relation relation(Reading r, int source) {
    if (r.at.isEmpty()) {
      return Relation.OTHER;
    }
    long size = block.instrs().get(source).results().getFirst().shape().size();
    Affine linear = r.at.get().linear();
    if (size == IndexMap.product(r.extents, r.extents.length)) {
      return IndexMap.isRowMajor(linear, r.extents) ? Relation.SAME : Relation.OTHER;
    }
    return IndexMap.prefixLength(linear, r.extents)
            .filter(n -> IndexMap.product(r.extents, n) == size)
            .isPresent()
        ? Relation.ROW
        : Relation.OTHER;
  }

  /** Whether to compute a value where it is read instead of keeping it. */
  private boolean isInlined(int i) {
    Instr instr = block.instrs().get(i);
    List<Reading> all = readings.get(i);
    if (!Ops.isElementwise(instr.op()) || needed.contains(instr.result()) || all.isEmpty()) {
      return false;
    }
    boolean cheap = Cost.of(instr.op()) <= Cost.CHEAP;
    if (cheap && instr.op().operands().stream().allMatch(this::isGenerated)) {
      return true;
    }
    if (all.size() > 1) {
      return false;
    }
    Reading r = all.getFirst();
    if (r.at.isEmpty() || r.at.get().indices().isEmpty() || inlined[r.reader] > MAX_INLINED) {
      return false;
    }
    return switch (relation(r, i)) {
      case SAME -> false;
      case ROW -> true;
      case OTHER ->
          cheap || IndexMap.product(r.extents, r.extents.length) <= instr.result().shape().size();
    };
  }

  /** Whether a value comes from counters, constants and scalars alone. */
  private boolean isGenerated(Value v) {
    Integer i = defs.get(v);
    if (v.shape().isScalar()) {
      return true;
    }
    if (i == null || kinds[i] != Kind.FREE) {
      return false;
    }
    return switch (block.instrs().get(i).op()) {
      case ElementwiseOp.Iota _ -> true;
      case ElementwiseOp.Constant o -> Simplify.isSplat(o.literal());
      case ShapeOp.BroadcastInDim o -> isGenerated(o.operand());
      default -> false;
    };
  }
}
