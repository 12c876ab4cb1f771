package dev.jacobi.trace;

import dev.jacobi.Array;
import dev.jacobi.dispatch.Eager;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.Executable;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.HostPrimitive;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.lowering.FiniteResult;
import dev.jacobi.lowering.NanCheck;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Performs each primitive at once on the default backend, compiled once per operand types. */
public final class EvalTrace extends Trace {
  public static final EvalTrace INSTANCE = new EvalTrace();

  private EvalTrace() {
    super(0);
  }

  @Override
  public String transform() {
    return "eager evaluation";
  }

  @Override
  public List<Array> process(Primitive primitive, List<Array> operands) {
    if (primitive instanceof HostPrimitive host) {
      List<Array> results = host.evaluate(operands);
      Observer.notify(primitive, operands, results);
      return results;
    }
    int n = operands.size();
    Aval[] avals = new Aval[n];
    Buffer[] buffers = new Buffer[n];
    for (int i = 0; i < n; i++) {
      Array operand = operands.get(i);
      avals[i] = operand.aval();
      buffers[i] = buffer(operand);
    }
    if (Eager.areDivided(buffers) && !primitive.isManual()) {
      Executable program = Eager.divided(primitive, List.of(avals), buffers);
      List<Array> results = arrays(primitive.outAvals(List.of(avals)), program.execute(buffers));
      Observer.notify(primitive, operands, results);
      return results;
    }
    Eager.Compiled compiled = Eager.compiled(primitive, avals);
    List<Array> results = arrays(compiled.outs(), compiled.executable().execute(buffers));
    if (compiled.checks() != NanCheck.OFF) {
      requireFinite(compiled.checks(), primitive, operands, results);
    }
    Observer.notify(primitive, operands, results);
    return results;
  }

  /** Equations of programs are looked at where they run; this is the primitive by itself. */
  private static void requireFinite(
      NanCheck check, Primitive primitive, List<Array> operands, List<Array> results) {
    FiniteResult site = new FiniteResult(check, primitive.name(), UserCode.loc());
    for (Array result : results) {
      if (result.aval().isDifferentiable() && site.first(HostData.of(result)) >= 0) {
        List<Literal> shown = new ArrayList<>(List.of(HostData.of(result)));
        operands.forEach(x -> shown.add(HostData.of(x)));
        throw site.failure(shown);
      }
    }
  }

  /** Wraps result buffers. */
  public static List<Array> arrays(List<Aval> avals, Buffer[] buffers) {
    Array[] results = new Array[buffers.length];
    for (int i = 0; i < buffers.length; i++) {
      results[i] = new ConcreteArray(avals.get(i), buffers[i]);
    }
    return Arrays.asList(results);
  }

  /** The memory of an array that has a value. */
  public static Buffer buffer(Array array) {
    return switch (ArrayForm.of(array)) {
      case ConcreteArray c -> live(c);
      case ScalarArray s -> Eager.scalar(s.lit());
      case AbstractArray a ->
          throw new ConcretizationException(
              "an abstract array "
                  + a.aval()
                  + " has no value to compute with at "
                  + UserCode.line()
                  + "; evalShape computes with types only");
      case Tracer t -> throw new ConcretizationException(t + " has no value at " + UserCode.line());
    };
  }

  /** Whether the array's memory was closed or donated. */
  static boolean isDeleted(ConcreteArray array) {
    return array.buffer().isClosed();
  }

  private static Buffer live(ConcreteArray array) {
    if (isDeleted(array)) {
      throw new DeletedArrayException(array.aval());
    }
    return array.buffer();
  }
}
