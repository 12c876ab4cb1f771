package dev.jacobi.trace;

import dev.jacobi.Array;
import dev.jacobi.jaxpr.Primitive;
import java.util.List;
import java.util.Optional;

/** The one door through which every primitive goes. */
public final class Bind {
  private Bind() {}

  /**
   * Hands the call to the deepest trace among the operands, the axes that it names and the
   * surrounding {@code jit}.
   */
  public static List<Array> bind(Primitive primitive, List<Array> given) {
    List<Array> operands = Context.joined(primitive, given);
    Optional<List<Array>> done = primitive.done(operands);
    if (done.isPresent()) {
      return done.get();
    }
    Trace top = Context.current().dynamic();
    for (Array operand : operands) {
      if (operand instanceof Tracer tracer) {
        tracer.trace().checkUse(tracer);
        top = tracer.trace().level() > top.level() ? tracer.trace() : top;
      } else if (operand == null) {
        NullArgumentException.requireArrays(primitive.name(), operands.toArray());
      }
    }
    for (String name : primitive.axisNames()) {
      Trace along = Context.axis(primitive.name(), name).trace();
      top = along != null && along.level() > top.level() ? along : top;
    }
    return top.process(primitive, operands);
  }

  /** The same for a primitive with one result. */
  public static Array bind(Primitive primitive, Array... operands) {
    NullArgumentException.requireArrays(primitive.name(), (Object[]) operands);
    return bind(primitive, List.of(operands)).getFirst();
  }
}
