package dev.jacobi.transform;

import dev.jacobi.Array;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.trace.Bind;
import dev.jacobi.trace.Trace;
import dev.jacobi.trace.Tracer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries a tangent beside every value. A value without a tangent is a plain array. */
final class JvpTrace extends Trace {
  private final boolean linearizing;

  /**
   * @param linearizing whether the tangents belong to a deeper program that is being written
   */
  JvpTrace(int level, boolean linearizing) {
    super(level);
    this.linearizing = linearizing;
  }

  /** A value with its tangent. */
  static final class Dual extends Tracer {
    private final Array primal;
    private final Array tangent;

    private Dual(JvpTrace trace, Array primal, Array tangent) {
      super(trace, primal.aval());
      this.primal = primal;
      this.tangent = tangent;
    }

    @Override
    public Array underlying() {
      return primal;
    }
  }

  /** Pairs a value with its tangent; without one it stays as it is. */
  Array dual(Array primal, @Nullable Array tangent) {
    return tangent == null ? primal : new Dual(this, primal, tangent);
  }

  Array primal(Array value) {
    return value instanceof Dual d && d.trace() == this ? d.primal : value;
  }

  @Nullable Array tangent(Array value) {
    return value instanceof Dual d && d.trace() == this ? d.tangent : null;
  }

  @Override
  public String transform() {
    return linearizing ? "grad" : "jvp";
  }

  @Override
  public List<Array> process(Primitive primitive, List<Array> operands) {
    List<Array> primals = new ArrayList<>(operands.size());
    List<@Nullable Array> tangents = new ArrayList<>(operands.size());
    boolean any = false;
    for (Array operand : operands) {
      primals.add(primal(operand));
      tangents.add(tangent(operand));
      any |= tangents.getLast() != null;
    }
    if (!any) {
      return Bind.bind(primitive, primals);
    }
    Primitive.Jvp out =
        linearizing ? primitive.linearize(primals, tangents) : primitive.jvp(primals, tangents);
    List<Array> results = new ArrayList<>(out.primals().size());
    for (int i = 0; i < out.primals().size(); i++) {
      results.add(dual(out.primals().get(i), out.tangents().get(i)));
    }
    return results;
  }
}
