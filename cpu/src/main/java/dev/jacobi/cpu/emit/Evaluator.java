package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.fuse.Affine;
import dev.jacobi.cpu.fuse.Cost;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.cpu.loop.Combiner;
import dev.jacobi.cpu.loop.Nest;
import dev.jacobi.cpu.loop.Node;
import dev.jacobi.hlo.DType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Computes a nest's nodes where they are asked for: every node in the outermost place where its
 * loop variables are known, and only once there; nodes that do not depend on the lanes stay
 * scalars.
 */
final class Evaluator {
  /** A place in the code with known loop variables. */
  static final class Scope {
    private final Scope parent;
    private final Scope uniform;
    private final Val[] vars;
    private final int lanes;
    private final Val mask;
    private final int phase;
    private final Map<Integer, Reg> values = new HashMap<>();
    private final Map<Integer, Reg> splats = new HashMap<>();
    private final Map<Access, Val> pointers = new HashMap<>();

    private Scope(Scope parent, Scope uniform, Val[] vars, int lanes, Val mask, int phase) {
      this.parent = parent;
      this.uniform = uniform == null ? this : uniform;
      this.vars = vars;
      this.lanes = lanes;
      this.mask = mask;
      this.phase = phase;
    }

    /** Values that are the same in all lanes, with these loop variables known. */
    static Scope uniform(Scope parent, Val[] vars) {
      return new Scope(parent, null, vars, 0, null, 0);
    }

    /** One value per lane from the lane variable's value on, for the set lanes of {@code mask}. */
    static Scope lanes(Scope parent, Scope uniform, Val[] vars, int lanes, Val mask, int phase) {
      return new Scope(parent, uniform, vars, lanes, mask, phase);
    }

    Val mask() {
      return mask;
    }

    /** The value of a loop variable; null where it is not known. */
    Val variable(int k) {
      return vars[k];
    }

    private Reg find(int node) {
      Reg r = values.get(node);
      return r != null || parent == null ? r : parent.find(node);
    }

    private Reg findSplat(int node) {
      Reg r = splats.get(node);
      return r != null || parent == null ? r : parent.findSplat(node);
    }

    /** Sets a node's value, for results of reductions. */
    void put(int node, Reg value) {
      values.put(node, value);
    }
  }

  /** Functions of this cost or more take a while. */
  private static final int COSTLY = 20;

  private record Access(int param, Affine at) {}

  private final FnEmitter f;
  private final Pointwise pointwise;
  private final Nest nest;
  private final Val[] arrays;
  private final Reg[] scalars;
  private final int laneVariable;
  private final long[] deps;
  private final int[] phases;
  private final Map<Integer, Val> scratch = new HashMap<>();
  private Val bufferStart = Val.i64(0);

  Evaluator(FnEmitter f, Nest nest, Val[] arrays, Reg[] scalars, int laneVariable) {
    this.f = f;
    this.pointwise = new Pointwise(f);
    this.nest = nest;
    this.arrays = arrays;
    this.scalars = scalars;
    this.laneVariable = laneVariable;
    this.deps = new long[nest.nodes().size()];
    this.phases = new int[nest.nodes().size()];
    for (int i = 0; i < deps.length; i++) {
      Node n = nest.nodes().get(i);
      for (int a : n.args()) {
        deps[i] |= deps[a];
        phases[i] = Math.max(phases[i], phases[a]);
      }
      switch (n) {
        case Node.Load o -> deps[i] |= vars(o.at());
        case Node.Index o -> deps[i] |= vars(o.at());
        case Node.Fetch o -> deps[i] |= vars(o.at());
        case Node.Reduction o -> {
          deps[i] |= kept();
          for (int input : nest.reductions().get(o.reduction()).inputs()) {
            phases[i] = Math.max(phases[i], phases[input] + 1);
          }
        }
        case Node.Const _, Node.Scalar _, Node.Apply _, Node.Compare _ -> {}
        case Node.Convert _, Node.Bitcast _, Node.Reduced _, Node.Arg _ -> {}
      }
    }
  }

  /** The variables that number the results of reductions. */
  private long kept() {
    return nest.loops() instanceof Nest.Loops.Rows
        ? (1L << laneVariable) - 1
        : (1L << laneVariable + 1) - 1;
  }

  private static long vars(Affine at) {
    long bits = 0;
    for (int k = 0; k < at.vars(); k++) {
      bits |= at.uses(k) ? 1L << k : 0;
    }
    return bits;
  }

  /** The first phase in which a node can be computed. */
  int phase(int node) {
    return phases[node];
  }

  /** Whether a node differs between lanes. */
  boolean isPerLane(int node) {
    return (deps[node] >> laneVariable & 1) != 0;
  }

  /**
   * Gives a nest without reductions phases of its own: each holds costly functions up to {@code
   * limit} together, so that the processor can overlap many short iterations instead of waiting in
   * long ones.
   */
  void divide(int limit) {
    List<Integer> costs = new ArrayList<>();
    for (int i = 0; i < phases.length; i++) {
      Node n = nest.nodes().get(i);
      for (int a : n.args()) {
        phases[i] = Math.max(phases[i], phases[a]);
      }
      int cost = n instanceof Node.Apply a && isPerLane(i) ? Cost.of(a.fn()) : 0;
      if (cost < COSTLY) {
        continue;
      }
      while (phases[i] < costs.size() && costs.get(phases[i]) + cost > limit) {
        phases[i]++;
      }
      while (costs.size() <= phases[i]) {
        costs.add(0);
      }
      costs.set(phases[i], costs.get(phases[i]) + cost);
    }
  }

  /** Row buffers begin with this element of the row. */
  void startBuffersAt(Val element) {
    bufferStart = element;
  }

  /** The position in row buffers of a row's element. */
  Val inBuffer(Val element) {
    return f.sub(element, bufferStart);
  }

  /** In later phases a node is read from this row buffer. */
  void keep(int node, Val buffer) {
    scratch.put(node, buffer);
  }

  /** A node's value: a scalar if it is the same in all lanes. */
  Reg value(int node, Scope scope) {
    Scope s = isPerLane(node) ? scope : scope.uniform;
    Reg known = s.find(node);
    if (known == null) {
      known = compute(node, s);
      s.values.put(node, known);
    }
    return known;
  }

  /** A node's value in every lane. */
  Reg lanes(int node, Scope scope) {
    if (scope.lanes == 0 || isPerLane(node)) {
      return value(node, scope);
    }
    Reg splat = scope.findSplat(node);
    if (splat == null) {
      splat = value(node, scope).splat(f, scope.lanes);
      scope.splats.put(node, splat);
    }
    return splat;
  }

  private Reg compute(int node, Scope s) {
    Val buffer = scratch.get(node);
    if (buffer != null && s.phase > phases[node]) {
      DType t = nest.nodes().get(node).dtype();
      Val at = Memory.address(f, t, buffer, inBuffer(s.vars[laneVariable]));
      return s.lanes == 0 ? Memory.load(f, t, at) : Memory.load(f, t, at, 1, s.lanes, null);
    }
    return switch (nest.nodes().get(node)) {
      case Node.Load o -> load(o, s);
      case Node.Const o -> Pointwise.constant(o.literal());
      case Node.Scalar o -> scalars[o.param()];
      case Node.Index o -> index(o, s);
      case Node.Fetch o -> fetch(o, s);
      case Node.Reduction o ->
          throw new IllegalStateException("reduction " + o.reduction() + " is not complete");
      case Node.Apply _,
          Node.Compare _,
          Node.Convert _,
          Node.Bitcast _,
          Node.Reduced _,
          Node.Arg _ -> {
        Node n = nest.nodes().get(node);
        yield elementwise(n, n.args().stream().map(a -> lanes(a, s)).toList());
      }
    };
  }

  private Reg elementwise(Node n, List<Reg> args) {
    return switch (n) {
      case Node.Apply o -> pointwise.apply(o.fn(), o.dtype(), args);
      case Node.Compare o -> pointwise.compare(o.direction(), o.order(), args.get(0), args.get(1));
      case Node.Convert o -> pointwise.convert(args.getFirst(), o.dtype());
      case Node.Bitcast o -> pointwise.bitcast(args.getFirst(), o.dtype());
      case Node.Reduced o ->
          pointwise.reducePrecision(args.getFirst(), o.exponentBits(), o.mantissaBits());
      case Node.Load _,
          Node.Const _,
          Node.Scalar _,
          Node.Index _,
          Node.Fetch _,
          Node.Reduction _,
          Node.Arg _ ->
          throw new IllegalArgumentException("not elementwise: " + n);
    };
  }

  private Reg load(Node.Load o, Scope s) {
    Val at = pointer(o.param(), o.dtype(), o.at(), s);
    return s.lanes == 0
        ? Memory.load(f, o.dtype(), at)
        : Memory.load(f, o.dtype(), at, o.at().coeff(laneVariable), s.lanes, s.mask);
  }

  /** The address of an access (of lane 0). */
  Val pointer(int param, DType dtype, Affine at, Scope s) {
    Access key = new Access(param, at);
    Val base = arrays[param];
    Scope from = s;
    while (from != null && !from.pointers.containsKey(key)) {
      from = from.parent;
    }
    Affine left = at;
    if (from != null) {
      base = from.pointers.get(key);
      long[] c = at.coeffs();
      for (int k = 0; k < c.length; k++) {
        c[k] = from.vars[k] != null ? 0 : c[k];
      }
      left = Affine.of(0, c);
    }
    return Memory.address(f, dtype, base, offset(left, s.vars));
  }

  private Val offset(Affine at, Val[] vars) {
    Val sum = Val.i64(at.base());
    for (int k = 0; k < at.vars(); k++) {
      if (at.uses(k) && vars[k] != null) {
        sum = f.addNsw(sum, f.mulNsw(vars[k], Val.i64(at.coeff(k))));
      }
    }
    return sum;
  }

  private Reg index(Node.Index o, Scope s) {
    Val scalar = offset(o.at(), s.vars);
    DType whole = DType.I64;
    if (s.lanes == 0) {
      return pointwise.convert(Reg.of(whole, scalar), o.dtype());
    }
    DType narrow = o.dtype().isInteger() && o.dtype().bits() <= 32 ? DType.I32 : whole;
    LType type = Reg.type(narrow, s.lanes);
    Val start = f.splat(f.trunc(scalar, type.scalar()), s.lanes);
    Val steps = f.mul(Val.iota(type), Val.integer(type, o.at().coeff(laneVariable)));
    return pointwise.convert(Reg.of(narrow, f.add(start, steps)), o.dtype());
  }

  private Reg fetch(Node.Fetch o, Scope s) {
    Val base = pointer(o.param(), o.dtype(), o.at(), s);
    LType wide = LType.I64.lanes(s.lanes);
    Val offsets = Val.zero(wide);
    if (s.lanes > 0 && o.at().uses(laneVariable)) {
      offsets = f.mul(Val.iota(wide), Val.integer(wide, o.at().coeff(laneVariable)));
    }
    for (Node.Step step : o.steps()) {
      Val index = clamped(lanes(step.index(), s), step);
      offsets = f.add(offsets, f.mul(index, Val.integer(wide, step.stride())));
    }
    return s.lanes == 0
        ? Memory.load(f, o.dtype(), Memory.address(f, o.dtype(), base, offsets))
        : Memory.fetch(f, o.dtype(), base, offsets, s.lanes, s.mask);
  }

  private Val clamped(Reg index, Node.Step step) {
    return clamp(f, index, step.max());
  }

  /** An index of any integer type as a 64-bit one in 0..max; clamped before it is widened. */
  static Val clamp(FnEmitter f, Reg index, long max) {
    DType t = index.dtype();
    LType wide = LType.I64.lanes(index.lanes());
    if (!t.isInteger() || t.bits() == 64 || max > t.maxInteger()) {
      Val x = new Pointwise(f).convert(index, DType.I64).re();
      Val top = Val.integer(wide, max);
      return t == DType.U64 ? f.umin(x, top) : f.smin(f.smax(x, Val.zero(wide)), top);
    }
    Val x = index.re();
    Val top = Val.integer(x.type(), max);
    return f.zext(
        t.isUnsigned() ? f.umin(x, top) : f.smin(f.smax(x, Val.zero(x.type())), top), wide);
  }

  /**
   * Computes, in the place {@code s}, all that the nodes need and that can be known there, and the
   * addresses as far as they can.
   *
   * @param lanes if not 0, scalars that meet lanes are also spread here
   */
  void prepare(List<Integer> nodes, Scope s, int lanes, int phase) {
    boolean[] needed = new boolean[deps.length];
    boolean[] spread = new boolean[deps.length];
    nodes.forEach(n -> needed[n] = true);
    nodes.forEach(n -> spread[n] = true);
    for (int i = deps.length - 1; i >= 0; i--) {
      if (needed[i] && !isBuffered(i, phase)) {
        boolean known = isKnown(i, s, phase);
        for (int a : nest.nodes().get(i).args()) {
          needed[a] = true;
          spread[a] |= !known;
        }
      }
    }
    for (int i = 0; i < deps.length; i++) {
      if (needed[i] && !isBuffered(i, phase)) {
        if (isKnown(i, s, phase)) {
          prepareValue(i, s, spread[i] ? lanes : 0);
        } else {
          preparePointer(i, s);
        }
      }
    }
  }

  /** Whether a node is read from a row buffer in {@code phase}. */
  private boolean isBuffered(int node, int phase) {
    return scratch.containsKey(node) && phase > phases[node] && isPerLane(node);
  }

  private boolean isKnown(int node, Scope s, int phase) {
    for (int k = 0; k < s.vars.length; k++) {
      if ((deps[node] >> k & 1) != 0 && s.vars[k] == null) {
        return false;
      }
    }
    return phases[node] <= phase;
  }

  private void prepareValue(int node, Scope s, int lanes) {
    if (isPerLane(node) == (s.uniform != s)) {
      value(node, s);
    }
    if (!isPerLane(node) && lanes > 0 && s.uniform == s && s.splats.get(node) == null) {
      s.splats.put(node, value(node, s).splat(f, lanes));
    }
  }

  private void preparePointer(int node, Scope s) {
    switch (nest.nodes().get(node)) {
      case Node.Load o -> preparePointer(o.param(), o.dtype(), o.at(), s);
      case Node.Fetch o -> preparePointer(o.param(), o.dtype(), o.at(), s);
      case Node.Const _, Node.Scalar _, Node.Index _, Node.Apply _, Node.Compare _ -> {}
      case Node.Convert _, Node.Bitcast _, Node.Reduced _, Node.Reduction _, Node.Arg _ -> {}
    }
  }

  /** Computes nodes and all that they need, in order, so that no recursion becomes deep. */
  void compute(List<Integer> nodes, Scope s) {
    boolean[] needed = new boolean[deps.length];
    nodes.forEach(n -> needed[n] = true);
    for (int i = deps.length - 1; i >= 0; i--) {
      Scope where = isPerLane(i) ? s : s.uniform;
      if (needed[i] && where.find(i) == null && !isBuffered(i, s.phase)) {
        nest.nodes().get(i).args().forEach(a -> needed[a] = true);
      }
    }
    for (int i = 0; i < deps.length; i++) {
      if (needed[i]) {
        value(i, s);
      }
    }
  }

  /** Computes in {@code s} the part of an address that is known there. */
  void preparePointer(int param, DType dtype, Affine at, Scope s) {
    Access key = new Access(param, at);
    if (!s.pointers.containsKey(key) && (s.uniform == s || at.uses(laneVariable))) {
      s.pointers.put(key, pointer(param, dtype, at, s));
    }
  }

  /** Applies a combiner to running values and new ones. */
  List<Reg> combine(Combiner c, List<Reg> running, List<Reg> added) {
    List<Reg> args = new ArrayList<>(running);
    args.addAll(added);
    int lanes = args.getFirst().lanes();
    List<Reg> all = new ArrayList<>();
    for (Node n : c.nodes()) {
      all.add(
          switch (n) {
            case Node.Arg o -> args.get(o.index());
            case Node.Const o -> Pointwise.constant(o.literal()).splat(f, lanes);
            case Node.Apply _, Node.Compare _, Node.Convert _, Node.Bitcast _, Node.Reduced _ ->
                elementwise(n, n.args().stream().map(all::get).toList());
            case Node.Load _, Node.Scalar _, Node.Index _, Node.Fetch _, Node.Reduction _ ->
                throw new IllegalArgumentException("in a combiner: " + n);
          });
    }
    return c.results().stream().map(all::get).toList();
  }
}
