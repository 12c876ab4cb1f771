package dev.jacobi.lowering;

import dev.jacobi.jaxpr.Atom;
import dev.jacobi.jaxpr.Eqn;
import dev.jacobi.jaxpr.Grid;
import dev.jacobi.jaxpr.GridLayout;
import dev.jacobi.jaxpr.GridPrimitive;
import dev.jacobi.jaxpr.Jaxpr;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a program's arguments and results lie on its devices. An argument is divided as the first
 * equation wants it that takes parts; a result stays as the equation gives it.
 */
public record GridPlan(Grid grid, List<GridLayout> arguments, List<GridLayout> results) {
  public GridPlan {
    arguments = List.copyOf(arguments);
    results = List.copyOf(results);
  }

  /** How the inputs of a program should lie. */
  static List<GridLayout> inputs(Jaxpr jaxpr, Grid grid) {
    List<Optional<GridLayout>> wanted = wanted(jaxpr);
    return java.util.stream.IntStream.range(0, wanted.size())
        .mapToObj(
            i ->
                wanted
                    .get(i)
                    .orElseGet(() -> GridLayout.replicated(grid, jaxpr.ins().get(i).aval().rank())))
        .toList();
  }

  /** For each input what the first equation that takes parts of it wants. */
  public static List<Optional<GridLayout>> wanted(Jaxpr jaxpr) {
    Map<Atom, GridLayout> layouts = new IdentityHashMap<>();
    for (Eqn eqn : jaxpr.eqns()) {
      if (eqn.primitive() instanceof GridPrimitive p && p.grid().isPresent()) {
        List<Optional<GridLayout>> operands = p.operandLayouts();
        for (int i = 0; i < operands.size(); i++) {
          Atom in = eqn.ins().get(i);
          operands.get(i).ifPresent(layout -> layouts.putIfAbsent(in, layout));
        }
      }
    }
    return jaxpr.ins().stream().map(v -> Optional.ofNullable(layouts.get(v))).toList();
  }
}
