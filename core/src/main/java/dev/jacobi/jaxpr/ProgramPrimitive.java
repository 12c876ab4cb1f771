package dev.jacobi.jaxpr;

import java.util.List;

/** A primitive that runs a program, once or more often, and has its effects. */
public interface ProgramPrimitive extends HoldsPrograms {
  Jaxpr jaxpr();

  @Override
  default List<Jaxpr> programs() {
    return List.of(jaxpr());
  }
}
