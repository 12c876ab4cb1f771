package dev.jacobi.jaxpr;

import dev.jacobi.hlo.Loc;
import java.util.List;

/** One equation: {@code outs = primitive ins}, and the user's line that it comes from. */
public record Eqn(Primitive primitive, List<Atom> ins, List<Atom.Var> outs, Loc loc) {
  public Eqn {
    ins = List.copyOf(ins);
    outs = List.copyOf(outs);
  }

  public List<Aval> inAvals() {
    return ins.stream().map(Atom::aval).toList();
  }

  public List<Aval> outAvals() {
    return outs.stream().map(Atom::aval).toList();
  }
}
