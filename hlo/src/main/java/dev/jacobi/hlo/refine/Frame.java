package dev.jacobi.hlo.refine;

import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Value;
import java.util.HashMap;
import java.util.Map;

/** A block that is being written, in which a constant stands once, before its first use. */
final class Frame {
  private final HloBuilder out = new HloBuilder();
  private final Map<Literal, Value> constants = new HashMap<>();
  private final Frame outer; // null in a function's body

  Frame(Frame outer) {
    this.outer = outer;
  }

  HloBuilder out() {
    return out;
  }

  Value constant(Literal literal) {
    for (Frame f = outer; f != null; f = f.outer) {
      Value v = f.constants.get(literal);
      if (v != null) {
        return v;
      }
    }
    return constants.computeIfAbsent(literal, out::constant);
  }
}
