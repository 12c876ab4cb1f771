package dev.jacobi.cpu.loop;

import dev.jacobi.cpu.fuse.Affine;
import dev.jacobi.cpu.fuse.Group;
import dev.jacobi.cpu.fuse.Group.Structure;
import dev.jacobi.cpu.loop.Launch.Binding;
import dev.jacobi.cpu.loop.Nest.Loops;
import dev.jacobi.cpu.loop.NestBuilder.Domain;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Instr;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Puts the loops of a lowered group into their order and joins those that are one. */
final class Scheduler {
  private final Domain domain;
  private final List<Binding> bindings;
  private Nest nest;
  private List<Integer> regions = List.of();

  /**
   * @param nest accesses in the variables of {@code domain}; its loops are not looked at
   */
  Scheduler(Domain domain, Nest nest, List<Binding> bindings) {
    this.domain = domain;
    this.nest = nest;
    this.bindings = bindings;
  }

  List<Launch> run(Group group, Map<Instr, Integer> reductionOf) {
    return switch (group.structure()) {
      case Structure.Elementwise _ -> List.of(elementwise());
      case Structure.Rows _ ->
          List.of(rowsLaunch().orElseThrow(() -> NestBuilder.unfusable(group)));
      case Structure.Columns _ -> List.of(columns());
      case Structure.Chunks c -> chunks(c, group, reductionOf);
    };
  }

  private Launch launch(Loops loops) {
    return new Launch(
        new Nest(nest.params(), loops, nest.nodes(), nest.reductions(), nest.stores()), bindings);
  }

  /** Rows, if the inner loops are one. */
  Optional<Launch> rowsLaunch() {
    return rows().map(this::launch);
  }

  /** Renumbers loop variables in every access. */
  private void map(UnaryOperator<Affine> f) {
    List<Node> nodes =
        nest.nodes().stream()
            .map(
                n ->
                    switch (n) {
                      case Node.Load o -> new Node.Load(o.param(), o.dtype(), f.apply(o.at()));
                      case Node.Index o -> new Node.Index(o.dtype(), f.apply(o.at()));
                      case Node.Fetch o ->
                          new Node.Fetch(o.param(), o.dtype(), f.apply(o.at()), o.steps());
                      case Node.Const _, Node.Scalar _, Node.Apply _, Node.Compare _ -> n;
                      case Node.Convert _, Node.Bitcast _, Node.Reduced _ -> n;
                      case Node.Reduction _, Node.Arg _ -> n;
                    })
            .toList();
    List<Nest.Store> stores =
        nest.stores().stream()
            .map(s -> new Nest.Store(s.param(), f.apply(s.at()), s.node(), s.perRow()))
            .toList();
    nest = new Nest(nest.params(), null, nodes, nest.reductions(), stores);
  }

  private List<Affine> accesses() {
    List<Affine> all = new ArrayList<>();
    for (Node n : nest.nodes()) {
      switch (n) {
        case Node.Load o -> all.add(o.at());
        case Node.Index o -> all.add(o.at());
        case Node.Fetch o -> all.add(o.at());
        case Node.Const _, Node.Scalar _, Node.Apply _, Node.Compare _ -> {}
        case Node.Convert _, Node.Bitcast _, Node.Reduced _, Node.Reduction _, Node.Arg _ -> {}
      }
    }
    nest.stores().forEach(s -> all.add(s.at()));
    return all;
  }

  /** Loop variables in this order, those of one iteration left out, adjacent ones joined. */
  private List<Long> join(List<Integer> order, int[] regionOf) {
    List<Integer> kept = new ArrayList<>(order);
    kept.removeIf(k -> domain.extents()[k] == 1);
    List<Affine> all = accesses();
    List<Long> extents = new ArrayList<>();
    List<Integer> last = new ArrayList<>(); // the innermost old variable of each new one
    int previous = -1;
    for (int k : kept) {
      long n = domain.extents()[k];
      int before = previous;
      boolean one =
          before >= 0
              && regionOf[before] == regionOf[k]
              && all.stream().allMatch(a -> a.coeff(before) == a.coeff(k) * n);
      if (one) {
        extents.set(extents.size() - 1, extents.getLast() * n);
        last.set(last.size() - 1, k);
      } else {
        extents.add(n);
        last.add(k);
      }
      previous = k;
    }
    map(a -> a.withCoeffs(last.stream().mapToLong(a::coeff).toArray()));
    regions = last.stream().map(k -> regionOf[k]).toList();
    return extents;
  }

  private static List<Integer> naturalOrder(int n) {
    return java.util.stream.IntStream.range(0, n).boxed().toList();
  }

  /** Appends a loop of one iteration. */
  private void addVariable(int at) {
    map(
        a -> {
          long[] c = new long[a.vars() + 1];
          for (int k = 0; k < c.length; k++) {
            c[k] = k == at ? 0 : a.coeff(k < at ? k : k - 1);
          }
          return a.withCoeffs(c);
        });
  }

  /** The last loop in lanes, all others outside. */
  Launch elementwise() {
    List<Long> extents = join(naturalOrder(domain.vars()), new int[domain.vars()]);
    if (extents.isEmpty()) {
      addVariable(0);
      extents = List.of(1L);
    }
    int n = extents.size();
    return launch(new Loops.Rows(extents.subList(0, n - 1), extents.get(n - 1), 0));
  }

  private Optional<Loops.Rows> rows() {
    int[] region = new int[domain.vars()];
    for (int k = 0; k < region.length; k++) {
      region[k] = k < domain.outer() ? 0 : 1;
    }
    List<Long> extents = join(naturalOrder(domain.vars()), region);
    int outer = (int) regions.stream().filter(r -> r == 0).count();
    if (extents.size() - outer > 1) {
      return Optional.empty();
    }
    long inner = 1;
    if (extents.size() == outer) {
      addVariable(outer);
    } else {
      inner = extents.get(outer);
    }
    return Optional.of(new Loops.Rows(extents.subList(0, outer), inner, 0));
  }

  /** The last kept loop in lanes, the reduced ones inside. */
  Launch columns() {
    int[] region = new int[domain.vars()];
    List<Integer> order = new ArrayList<>();
    for (int r = 0; r < 2; r++) {
      for (int k = 0; k < region.length; k++) {
        if (domain.reduced()[k] == (r == 1)) {
          region[k] = r;
          order.add(k);
        }
      }
    }
    List<Long> extents = join(order, region);
    int kept = (int) regions.stream().filter(r -> r == 0).count();
    if (kept == 0) {
      addVariable(0);
      return launch(new Loops.Columns(List.of(), 1, extents));
    }
    return launch(
        new Loops.Columns(
            extents.subList(0, kept - 1),
            extents.get(kept - 1),
            extents.subList(kept, extents.size())));
  }

  private List<Launch> chunks(Structure.Chunks c, Group group, Map<Instr, Integer> reductionOf) {
    Loops.Rows whole = rows().orElseThrow(() -> NestBuilder.unfusable(group));
    long chunks = whole.inner() / c.chunk();
    int inner = whole.innerVariable();
    map(
        a -> {
          long[] k = new long[a.vars() + 1];
          System.arraycopy(a.coeffs(), 0, k, 0, inner);
          k[inner] = a.coeff(inner) * c.chunk();
          k[inner + 1] = a.coeff(inner);
          return a.withCoeffs(k);
        });
    List<Long> outer = new ArrayList<>(whole.outer());
    outer.add(chunks);
    return Chunked.launches(
        group, nest, bindings, reductionOf, new Loops.Rows(outer, c.chunk(), whole.inner()));
  }

  /** Names used by both stages. */
  static Nest.Param out(DType dtype) {
    return new Nest.Param(Nest.Role.OUT, dtype);
  }
}
