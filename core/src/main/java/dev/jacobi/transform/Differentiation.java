package dev.jacobi.transform;

import dev.jacobi.Array;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Primitive.Jvp;
import dev.jacobi.lax.Zeros;
import dev.jacobi.trace.Context;
import dev.jacobi.trace.JaxprTrace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Forward differentiation, linearization and reverse differentiation of functions of arrays. */
public final class Differentiation {
  private Differentiation() {}

  /** Values of {@code f} and its derivative along the tangents; null stands for zero. */
  public static Jvp jvp(Flat f, List<Array> primals, List<@Nullable Array> tangents) {
    JvpTrace trace = new JvpTrace(Context.nextLevel(), false);
    return Context.within(trace, () -> split(trace, f.apply(duals(trace, primals, tangents))));
  }

  private static List<Array> duals(
      JvpTrace trace, List<Array> primals, List<@Nullable Array> tangents) {
    List<Array> duals = new ArrayList<>();
    for (int i = 0; i < primals.size(); i++) {
      duals.add(trace.dual(primals.get(i), tangents.get(i)));
    }
    return duals;
  }

  private static Jvp split(JvpTrace trace, List<Array> outs) {
    List<@Nullable Array> tangents = new ArrayList<>();
    outs.forEach(o -> tangents.add(trace.tangent(o)));
    return new Jvp(outs.stream().map(trace::primal).toList(), tangents);
  }

  /**
   * Values of {@code f} and the linear program of its tangents.
   *
   * @param linear which inputs have a tangent; their tangents are the program's arguments
   */
  public static Linearized linearize(Flat f, List<Array> primals, List<Boolean> linear) {
    JaxprTrace tangentTrace = new JaxprTrace("grad", Context.nextLevel());
    return Context.within(
        tangentTrace,
        () -> {
          JvpTrace trace = new JvpTrace(Context.nextLevel(), true);
          List<@Nullable Array> ins = new ArrayList<>();
          for (int i = 0; i < primals.size(); i++) {
            ins.add(linear.get(i) ? tangentTrace.input(tangentAval(primals.get(i).aval())) : null);
          }
          Jvp outs = Context.within(trace, () -> split(trace, f.apply(duals(trace, primals, ins))));
          List<Boolean> nonzero = outs.tangents().stream().map(t -> t != null).toList();
          List<Array> tangents = new ArrayList<>();
          outs.tangents().stream().filter(t -> t != null).forEach(tangents::add);
          return new Linearized(outs.primals(), nonzero, tangentTrace.finish(tangents).pruned());
        });
  }

  static Aval tangentAval(Aval primal) {
    return primal.strong();
  }

  /**
   * The derivative at a point as a linear program.
   *
   * @param nonzero which outputs have a tangent; these are the program's results
   * @param program linear in its arguments; its captured inputs are the residuals
   */
  public record Linearized(List<Array> primals, List<Boolean> nonzero, JaxprTrace.Traced program) {
    /** Pushes tangents of the linear inputs forward; one result per output. */
    public List<Array> push(List<Array> tangents) {
      List<Array> args = new ArrayList<>(program.captured());
      args.addAll(tangents);
      List<Array> some = Jaxprs.eval(program.jaxpr(), args);
      List<Array> all = new ArrayList<>();
      int next = 0;
      for (int i = 0; i < primals.size(); i++) {
        all.add(nonzero.get(i) ? some.get(next++) : Zeros.like(primals.get(i)));
      }
      return all;
    }

    /** Pulls one cotangent per output (null for zero) back to the linear inputs (null for zero). */
    public List<@Nullable Array> pull(List<@Nullable Array> cotangents) {
      List<@Nullable Array> some = new ArrayList<>();
      for (int i = 0; i < cotangents.size(); i++) {
        if (nonzero.get(i)) {
          some.add(cotangents.get(i));
        }
      }
      return Transposition.pull(program.jaxpr(), program.captured(), some);
    }
  }
}
