package dev.jacobi.jaxpr;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A primitive that runs programs: it has their effects, and needs the axes and devices of all. */
public interface HoldsPrograms extends Primitive {
  List<Jaxpr> programs();

  @Override
  default Set<String> axisNames() {
    List<Jaxpr> all = programs();
    return all.stream().allMatch(p -> p.axisNames().isEmpty())
        ? Set.of()
        : all.stream().flatMap(p -> p.axisNames().stream()).collect(Collectors.toSet());
  }

  @Override
  default boolean joinsVarying() {
    return false;
  }

  @Override
  default boolean isManual() {
    return programs().stream().anyMatch(Jaxpr::isManual);
  }

  @Override
  default Optional<Grid> grid() {
    return programs().stream().flatMap(p -> p.grid().stream()).reduce(Grid::same);
  }

  @Override
  default Effect effect() {
    return programs().stream().map(Jaxpr::effect).reduce(Effect.NONE, Effect::and);
  }

  @Override
  default boolean mayNotEnd() {
    return programs().stream().anyMatch(Jaxpr::mayNotEnd);
  }

  @Override
  default boolean isCostly() {
    return programs().stream().anyMatch(Jaxpr::isCostly);
  }
}
