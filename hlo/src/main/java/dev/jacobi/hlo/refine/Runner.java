package dev.jacobi.hlo.refine;

import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import java.util.List;

/** Computes a program's results: for what is made of constants. */
@FunctionalInterface
public interface Runner {
  List<Literal> run(HloModule module, List<Literal> arguments);
}
