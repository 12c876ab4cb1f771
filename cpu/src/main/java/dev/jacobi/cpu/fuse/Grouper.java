package dev.jacobi.cpu.fuse;

import dev.jacobi.cpu.fuse.Group.Structure;
import dev.jacobi.cpu.fuse.Uses.Edge;
import dev.jacobi.cpu.fuse.Uses.Kind;
import dev.jacobi.cpu.fuse.Uses.Relation;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Divides a block into steps. Every computing instruction starts as a group of its own; groups
 * merge along edges that keep elements (or rows) together, unless a third one lies between them.
 */
public final class Grouper {
  /** Fewer rows than this leave threads idle. */
  private static final long FEW_ROWS = 32;

  /** Longer rows are reduced in chunks if there are few of them. */
  private static final long LONG_ROW = 32_768;

  /** Elements of a chunk: part of the reduction's fixed tree. */
  private static final long CHUNK = 8_192;

  /** The most that one nest may compute per element, so that basic blocks stay small. */
  private static final int MAX_COST = 1_500;

  /** Arrays that more groups read are not worth looking at every pair. */
  private static final int MAX_SIBLINGS = 16;

  /** Readers that a search looks at; two groups with more between them stay apart. */
  private static final int MAX_SEARCH = 4_096;

  /**
   * What must not be fused; found out when a nest cannot be built.
   *
   * @param inMemory values that are written to memory
   * @param unfused instructions that are fused with nothing
   * @param ordered reductions that take their elements one by one, and share no rows with others
   */
  public record Limits(Set<Value> inMemory, Set<Instr> unfused, Set<Instr> ordered) {
    public static final Limits NONE = new Limits(Set.of(), Set.of(), Set.of());

    public Limits {
      inMemory = Set.copyOf(inMemory);
      unfused = Set.copyOf(unfused);
      ordered = Set.copyOf(ordered);
    }

    /** These limits and others. */
    public Limits and(Limits more) {
      return new Limits(
          union(inMemory, more.inMemory),
          union(unfused, more.unfused),
          union(ordered, more.ordered));
    }

    private static <T> Set<T> union(Set<T> a, Set<T> b) {
      Set<T> all = new HashSet<>(a);
      all.addAll(b);
      return all;
    }
  }

  private static final class Unit {
    final List<Integer> members = new ArrayList<>(); // in no order
    final Set<Integer> rowNodes = new HashSet<>();
    Structure structure;
    int cost;
    int last; // the greatest member
    boolean unfused;
    boolean ordered; // holds a reduction that takes its elements one by one
    boolean unordered; // holds one that does not
    boolean gathers;
    int seen; // the number of the search that found it last

    /** Elements that the loops run over. */
    long size() {
      return domain().size();
    }

    Shape domain() {
      return switch (structure) {
        case Structure.Elementwise s -> s.domain();
        case Structure.Rows s -> s.domain();
        case Structure.Chunks s -> s.domain();
        case Structure.Columns s -> s.domain();
        case null -> Shape.scalar();
      };
    }
  }

  private final Block block;
  private final Limits limits;
  private final Uses uses;
  private final Unit[] unitOf;
  private final List<List<Edge>> readersOf = new ArrayList<>();
  private int searches;

  private Grouper(Block block, Limits limits) {
    this.block = block;
    this.limits = limits;
    this.uses = new Uses(block, limits.inMemory());
    this.unitOf = new Unit[block.instrs().size()];
  }

  /** The steps of a block in an order in which they can run. */
  public static List<Step> divide(Block block, Limits limits) {
    return new Grouper(block, limits).run();
  }

  private List<Step> run() {
    for (int i = 0; i < unitOf.length; i++) {
      readersOf.add(new ArrayList<>());
      if (uses.kind(i) != Kind.FREE) {
        unitOf[i] = single(i);
      }
    }
    List<Edge> edges = uses.edges();
    edges.forEach(e -> readersOf.get(e.source()).add(e));
    edges.stream()
        .sorted(java.util.Comparator.comparingInt(Edge::reader))
        .forEach(e -> tryMerge(e));
    mergeSiblings();
    return order();
  }

  private Unit single(int i) {
    Unit u = new Unit();
    u.members.add(i);
    u.last = i;
    if (uses.kind(i) == Kind.NODE) {
      Instr instr = block.instrs().get(i);
      u.cost = Cost.of(instr.op());
      u.unfused = limits.unfused().contains(instr);
      boolean reduces = instr.op() instanceof ReductionOp.Reduce;
      u.ordered = reduces && limits.ordered().contains(instr);
      u.unordered = reduces && !u.ordered;
      u.gathers = instr.op() instanceof IndexOp.Gather;
      u.structure =
          instr.op() instanceof ReductionOp.Reduce o
              ? reduction(o)
              : new Structure.Elementwise(instr.result().shape());
    }
    return u;
  }

  /** Whether a reduction takes whole rows, in a tree, and not element after element. */
  public static boolean takesRows(ReductionOp.Reduce o) {
    Shape shape = o.inputs().getFirst().shape();
    int last = outer(o);
    return o.dims().stream().allMatch(d -> d >= last || shape.dim(d) == 1);
  }

  /** How many leading dimensions number the rows. */
  private static int outer(ReductionOp.Reduce o) {
    Shape shape = o.inputs().getFirst().shape();
    int outer = shape.rank();
    while (outer > 0 && (shape.dim(outer - 1) == 1 || o.dims().contains(outer - 1))) {
      outer--;
    }
    return outer;
  }

  /** How a reduction runs: a function of its shape alone, since it decides the order of the sum. */
  private static Structure reduction(ReductionOp.Reduce o) {
    Shape shape = o.inputs().getFirst().shape();
    if (!takesRows(o)) {
      return new Structure.Columns(shape, o.dims().sorted());
    }
    Structure.Rows rows = new Structure.Rows(shape, outer(o));
    return rows.rows() < FEW_ROWS && rows.inner() >= LONG_ROW
        ? new Structure.Chunks(shape, rows.outer(), CHUNK)
        : rows;
  }

  /** How often a member of a unit is computed. */
  private enum Level {
    ELEMENT,
    ROW,
    /** Known only after the whole nest. */
    AFTER
  }

  private Level levelWritten(int i) {
    if (block.instrs().get(i).op() instanceof ReductionOp.Reduce) {
      return unitOf[i].structure instanceof Structure.Rows ? Level.ROW : Level.AFTER;
    }
    return levelRead(i);
  }

  private Level levelRead(int i) {
    return unitOf[i].rowNodes.contains(i) ? Level.ROW : Level.ELEMENT;
  }

  /** Whether the reader must wait for the whole nest that computes what it reads. */
  private boolean isIncomplete(Edge e) {
    return e.relation() == Relation.OTHER || levelWritten(e.source()) == Level.AFTER;
  }

  private void tryMerge(Edge e) {
    Unit from = unitOf[e.source()];
    Unit to = unitOf[e.reader()];
    if (from == to || from.structure == null || to.structure == null) {
      return;
    }
    if (mustStayApart(from, to) || isIncomplete(e)) {
      return;
    }
    Level written = levelWritten(e.source());
    Level read = levelRead(e.reader());
    boolean same = e.relation() == Relation.SAME;
    Structure joint = null;
    Unit toRows = null;
    if (same && written == read) {
      joint = join(from.structure, to.structure);
    } else if (same && written == Level.ROW && isFlat(to, rowsOf(from))) {
      joint = from.structure;
      toRows = to;
    } else if (same && read == Level.ROW && isFlat(from, rowsOf(to))) {
      joint = to.structure;
      toRows = from;
    } else if (!same && written == Level.ROW && read == Level.ELEMENT) {
      joint = rowsOf(from) * innerOf(from) == to.size() ? join(from.structure, to.structure) : null;
    } else if (!same
        && written == Level.ELEMENT
        && isFlat(from, rowsOf(to))
        && read == Level.ELEMENT) {
      joint = to.structure;
      toRows = from;
    }
    if (joint != null && !leads(from, to, e.reader())) {
      merge(from, to, joint, toRows);
    }
  }

  private static boolean mustStayApart(Unit a, Unit b) {
    boolean orders = a.ordered && b.unordered || a.unordered && b.ordered;
    return a.unfused || b.unfused || orders || a.cost + b.cost > MAX_COST;
  }

  private static long rowsOf(Unit u) {
    return u.structure instanceof Structure.Rows r ? r.rows() : -1;
  }

  private static long innerOf(Unit u) {
    return u.structure instanceof Structure.Rows r ? r.inner() : -1;
  }

  private static boolean isFlat(Unit u, long size) {
    return u.structure instanceof Structure.Elementwise e && e.domain().size() == size;
  }

  /** The structure that serves both, for domains of the same number of elements; null if none. */
  private static Structure join(Structure a, Structure b) {
    if (b instanceof Structure.Elementwise) {
      return a;
    }
    if (a instanceof Structure.Elementwise) {
      return b;
    }
    if (a instanceof Structure.Rows r && b instanceof Structure.Rows s) {
      return r.rows() == s.rows() && r.inner() == s.inner() ? a : null;
    }
    return a.equals(b) ? a : null;
  }

  private void merge(Unit a, Unit b, Structure joint, Unit toRows) {
    if (toRows != null) {
      toRows.rowNodes.addAll(toRows.members);
    }
    b.members.forEach(i -> unitOf[i] = a);
    a.members.addAll(b.members);
    a.rowNodes.addAll(b.rowNodes);
    a.structure = joint;
    a.cost += b.cost;
    a.ordered |= b.ordered;
    a.unordered |= b.unordered;
    a.gathers |= b.gathers;
    a.last = Math.max(a.last, b.last);
  }

  /**
   * Whether merging would put a third unit, or an incomplete value, between {@code from} and {@code
   * to}, which reads from it or follows it; true as well if the search for one gets long.
   *
   * @param end instructions after it are still units of their own: no way leads back from them
   */
  private boolean leads(Unit from, Unit to, int end) {
    int now = ++searches;
    int looks = 0;
    List<Unit> stack = new ArrayList<>(List.of(from));
    while (!stack.isEmpty()) {
      Unit u = stack.removeLast();
      for (int i : u.members) {
        for (Edge e : readersOf.get(i)) {
          if (e.reader() > end) {
            continue;
          }
          if (++looks > MAX_SEARCH) {
            return true;
          }
          Unit next = unitOf[e.reader()];
          if (next == to && (u != from || isIncomplete(e))) {
            return true;
          }
          if (next != from && next != to && next.seen != now) {
            next.seen = now;
            stack.add(next);
          }
        }
      }
    }
    return false;
  }

  /** Merges groups over the same domain that read the same array. */
  private void mergeSiblings() {
    Map<Value, List<Integer>> readers = new HashMap<>();
    for (int i = 0; i < unitOf.length; i++) {
      if (uses.kind(i) == Kind.NODE) {
        for (Value v : block.instrs().get(i).op().operands()) {
          if (!v.shape().isScalar()) {
            readers.computeIfAbsent(v, k -> new ArrayList<>()).add(i);
          }
        }
      }
    }
    for (int i = 0; i < unitOf.length; i++) {
      if (uses.kind(i) != Kind.NODE) {
        continue;
      }
      for (Value v : block.instrs().get(i).op().operands()) {
        List<Integer> all = readers.getOrDefault(v, List.of());
        for (int j : all.size() <= MAX_SIBLINGS ? all : List.<Integer>of()) {
          if (j > i) {
            tryMergeSiblings(i, j);
          }
        }
      }
    }
  }

  /**
   * A gather beside a reduction of its indices took three times as long as both by themselves: the
   * reduction's pass is a twentieth of the gather's.
   */
  private static boolean slowsGather(Unit a, Unit b) {
    return a.gathers && (b.ordered || b.unordered) || b.gathers && (a.ordered || a.unordered);
  }

  private void tryMergeSiblings(int i, int j) {
    Unit a = unitOf[i];
    Unit b = unitOf[j];
    if (a == b || a.size() != b.size() || mustStayApart(a, b) || slowsGather(a, b)) {
      return;
    }
    if (a.rowNodes.contains(i) || b.rowNodes.contains(j)) {
      return;
    }
    int end = unitOf.length;
    boolean sameDomain = a.domain().equals(b.domain());
    Structure joint = sameDomain ? join(a.structure, b.structure) : null;
    if (joint != null && !leads(a, b, end) && !leads(b, a, end)) {
      merge(a, b, joint, null);
    }
  }

  private List<Step> order() {
    Map<Unit, Set<Unit>> next = new HashMap<>();
    Map<Unit, Integer> waiting = new HashMap<>();
    Set<Unit> units = new java.util.LinkedHashSet<>();
    for (Unit u : unitOf) {
      if (u != null) {
        units.add(u);
      }
    }
    for (Edge e : uses.edges()) {
      Unit from = unitOf[e.source()];
      Unit to = unitOf[e.reader()];
      if (from != to && next.computeIfAbsent(from, k -> new HashSet<>()).add(to)) {
        waiting.merge(to, 1, Integer::sum);
      }
    }
    PriorityQueue<Unit> ready = new PriorityQueue<>(java.util.Comparator.comparingInt(u -> u.last));
    units.stream().filter(u -> !waiting.containsKey(u)).forEach(ready::add);
    List<Step> steps = new ArrayList<>();
    int done = 0;
    while (!ready.isEmpty()) {
      Unit u = ready.poll();
      done++;
      step(u, steps);
      for (Unit to : next.getOrDefault(u, Set.of())) {
        if (waiting.merge(to, -1, Integer::sum) == 0) {
          ready.add(to);
        }
      }
    }
    if (done != units.size()) {
      throw new IllegalStateException("groups depend on each other in a circle");
    }
    return steps;
  }

  private void step(Unit u, List<Step> steps) {
    int any = u.members.getFirst();
    Instr instr = block.instrs().get(any);
    switch (uses.kind(any)) {
      case SCALAR -> steps.add(new Step.Scalar(instr));
      case SINGLE -> steps.add(new Step.Single(instr));
      case ALIAS, FREE -> {}
      case NODE -> steps.add(new Step.Fused(group(u)));
    }
  }

  private Group group(Unit u) {
    List<Integer> members = u.members.stream().sorted().toList();
    List<Instr> nodes = members.stream().map(block.instrs()::get).toList();
    Set<Instr> rowNodes = new HashSet<>();
    u.rowNodes.forEach(i -> rowNodes.add(block.instrs().get(i)));
    List<Value> roots = new ArrayList<>();
    for (int i : members) {
      boolean outside = readersOf.get(i).stream().anyMatch(e -> unitOf[e.reader()] != u);
      for (Value v : block.instrs().get(i).results()) {
        if (outside || uses.isNeeded(v)) {
          roots.add(v);
        }
      }
    }
    return new Group(nodes, rowNodes, u.structure, roots);
  }
}
