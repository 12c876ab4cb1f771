package dev.jacobi.cpu.loop;

import java.util.ArrayList;
import java.util.List;

/** Removes nodes that no store and no reduction needs. */
final class Unread {
  private Unread() {}

  static Nest removed(Nest nest) {
    int n = nest.nodes().size();
    boolean[] needed = new boolean[n];
    nest.stores().forEach(s -> needed[s.node()] = true);
    for (Nest.Reduction r : nest.reductions()) {
      r.inputs().forEach(i -> needed[i] = true);
      r.inits().forEach(i -> needed[i] = true);
    }
    for (int i = n - 1; i >= 0; i--) {
      if (needed[i]) {
        nest.nodes().get(i).args().forEach(a -> needed[a] = true);
      }
    }
    int[] to = new int[n];
    List<Node> kept = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      to[i] = kept.size();
      if (needed[i]) {
        kept.add(renumbered(nest.nodes().get(i), to));
      }
    }
    if (kept.size() == n) {
      return nest;
    }
    List<Nest.Reduction> reductions =
        nest.reductions().stream()
            .map(r -> new Nest.Reduction(map(r.inputs(), to), map(r.inits(), to), r.combiner()))
            .toList();
    List<Nest.Store> stores =
        nest.stores().stream()
            .map(s -> new Nest.Store(s.param(), s.at(), to[s.node()], s.perRow()))
            .toList();
    return new Nest(nest.params(), nest.loops(), kept, reductions, stores);
  }

  private static List<Integer> map(List<Integer> nodes, int[] to) {
    return nodes.stream().map(i -> to[i]).toList();
  }

  /** A node whose arguments stand elsewhere: what was at {@code i} is at {@code to[i]}. */
  static Node renumbered(Node node, int[] to) {
    return switch (node) {
      case Node.Apply o -> new Node.Apply(o.fn(), o.dtype(), map(o.args(), to));
      case Node.Compare o ->
          new Node.Compare(o.direction(), o.order(), o.operand(), map(o.args(), to));
      case Node.Convert o -> new Node.Convert(o.from(), o.dtype(), map(o.args(), to));
      case Node.Bitcast o -> new Node.Bitcast(o.from(), o.dtype(), map(o.args(), to));
      case Node.Reduced o ->
          new Node.Reduced(o.exponentBits(), o.mantissaBits(), o.dtype(), map(o.args(), to));
      case Node.Fetch o ->
          new Node.Fetch(
              o.param(),
              o.dtype(),
              o.at(),
              o.steps().stream()
                  .map(s -> new Node.Step(to[s.index()], s.type(), s.stride(), s.max()))
                  .toList());
      case Node.Load _, Node.Const _, Node.Scalar _, Node.Index _ -> node;
      case Node.Reduction _, Node.Arg _ -> node;
    };
  }
}
