package dev.jacobi.transform;

import dev.jacobi.Array;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.WindowOp;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.lax.Window;
import dev.jacobi.lax.Zeros;
import dev.jacobi.trace.Bind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A reduction of windows by any program of scalars. */
record GeneralReduceWindow(Jaxpr jaxpr, Window window) implements Reducer {
  @Override
  public String name() {
    return "reduce_window";
  }

  @Override
  public Map<String, Object> params() {
    Map<String, Object> params = new LinkedHashMap<>(window.params());
    params.put("consts", List.of());
    params.put("jaxpr", jaxpr);
    return params;
  }

  @Override
  public List<Aval> reduced(List<Aval> arrays) {
    return arrays.stream().map(x -> x.withShape(window.stops(name(), x.shape())).strong()).toList();
  }

  @Override
  public Reducer behindBatch() {
    return new GeneralReduceWindow(jaxpr, window.insert(0));
  }

  /** Values and tangents are reduced together by the program's derivative. */
  @Override
  public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
    List<Array> both = together(primals, tangents);
    int n = primals.size() / 2;
    return new Jvp(both.subList(0, n), new ArrayList<>(both.subList(n, 2 * n)));
  }

  /** The values apart, so that only the tangents are part of the linear program. */
  @Override
  public Jvp linearize(List<Array> primals, List<@Nullable Array> tangents) {
    int n = primals.size() / 2;
    List<Array> both = together(primals, tangents);
    return new Jvp(Bind.bind(this, primals), new ArrayList<>(both.subList(n, 2 * n)));
  }

  private List<Array> together(List<Array> primals, List<@Nullable Array> tangents) {
    Reducer.requireFixed(name(), tangents);
    int n = primals.size() / 2;
    List<Array> operands = new ArrayList<>(primals.subList(0, n));
    for (int k = 0; k < n; k++) {
      Array t = tangents.get(k);
      operands.add(t == null ? Zeros.like(primals.get(k)) : t);
    }
    List<Array> inits = primals.subList(n, 2 * n);
    operands.addAll(inits);
    inits.forEach(i -> operands.add(Zeros.like(i)));
    return Bind.bind(new GeneralReduceWindow(derivative(n), window), operands);
  }

  /** From x, dx, y, dy to z, dz. */
  private Jaxpr derivative(int n) {
    List<Aval> scalars = jaxpr.inAvals().subList(0, n);
    List<Aval> avals = new ArrayList<>();
    for (int side = 0; side < 4; side++) {
      avals.addAll(scalars);
    }
    return Jaxprs.traceClosed(
        avals,
        ins -> {
          List<Array> values = new ArrayList<>(ins.subList(0, n));
          values.addAll(ins.subList(2 * n, 3 * n));
          List<@Nullable Array> slopes = new ArrayList<>(ins.subList(n, 2 * n));
          slopes.addAll(ins.subList(3 * n, 4 * n));
          Jvp out = Differentiation.jvp(a -> Jaxprs.eval(jaxpr, a), values, slopes);
          List<Array> all = new ArrayList<>(out.primals());
          for (int k = 0; k < n; k++) {
            Array t = out.tangents().get(k);
            all.add(t == null ? Zeros.like(out.primals().get(k)) : t);
          }
          return all;
        });
  }

  @Override
  public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
    int n = operands.size() / 2;
    return context
        .builder()
        .addAll(
            new WindowOp.ReduceWindow(
                operands.subList(0, n),
                operands.subList(n, 2 * n),
                window.hlo(),
                window.baseDilation(),
                window.windowDilation(),
                context.body(jaxpr)));
  }
}
