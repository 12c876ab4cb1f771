package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.cpu.loop.Combiner;
import dev.jacobi.cpu.loop.Node;
import dev.jacobi.hlo.DType;
import java.util.List;
import java.util.Optional;

/** Values that a combiner leaves every value as it is with, to the bit. */
final class Identities {
  private Identities() {}

  /** The identity of a combiner that is one function of its two parameters, in every lane. */
  static Optional<List<Reg>> of(Combiner c, int lanes) {
    if (c.types().size() != 2
        || !(c.nodes().get(c.results().getFirst()) instanceof Node.Apply a)
        || a.args().size() != 2
        || a.args().get(0).equals(a.args().get(1))
        || !a.args().stream().allMatch(i -> c.nodes().get(i) instanceof Node.Arg)) {
      return Optional.empty();
    }
    DType t = c.types().getFirst();
    LType type = Reg.type(t, lanes);
    if (t.isComplex() || t.bytes() == 2 && t.isFloat()) {
      return Optional.empty();
    }
    Val v =
        switch (a.fn()) {
          case ADD -> t.isFloat() ? Val.fp(type, -0.0) : Val.integer(type, 0);
          case MUL -> t.isFloat() ? Val.fp(type, 1) : Val.integer(type, 1);
          case MAX ->
              t.isFloat()
                  ? Val.fp(type, Double.NEGATIVE_INFINITY)
                  : Val.integer(type, t.isBool() ? 0 : t.minInteger());
          case MIN ->
              t.isFloat()
                  ? Val.fp(type, Double.POSITIVE_INFINITY)
                  : Val.integer(type, t.isBool() ? 1 : t.maxInteger());
          case AND -> Val.integer(type, -1);
          case OR, XOR -> Val.integer(type, 0);
          default -> null;
        };
    return Optional.ofNullable(v).map(x -> List.of(Reg.of(t, x)));
  }
}
