package dev.jacobi.transform;

import dev.jacobi.Array;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.CallPrimitive;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.trace.Bind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The call primitive: a program compiled as one, under the name of its function. */
public record Jit(String function, Jaxpr jaxpr, Set<Integer> donated, int threads)
    implements CallPrimitive {
  private static final Memo<Derived> JVP = new Memo<>();
  private static final Memo<Split> LINEARIZED = new Memo<>();
  private static final Memo<Derived> TRANSPOSED = new Memo<>();
  private static final Memo<Mapped> MAPPED = new Memo<>();

  /** A derived program and which of its possible results it really has. */
  private record Derived(Jaxpr jaxpr, List<Boolean> nonzero) {}

  /**
   * A program split at the tangents.
   *
   * @param primal gives the values and then the residuals that are no inputs
   * @param residuals where each captured input of {@code linear} comes from: an input's index, or
   *     {@code -1 - i} for extra result {@code i}
   */
  private record Split(
      Jaxpr primal, List<Integer> residuals, Jaxpr linear, List<Boolean> nonzero) {}

  private record Mapped(Jaxpr jaxpr, List<@Nullable Integer> dims) {}

  /** A call with no donation on all threads. */
  public Jit(String function, Jaxpr jaxpr) {
    this(function, jaxpr.closed(), Set.of(), 0);
  }

  @Override
  public String name() {
    return "jit";
  }

  @Override
  public Map<String, Object> params() {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("name", function);
    params.put("jaxpr", jaxpr);
    return params;
  }

  private List<Array> call(String suffix, Jaxpr derived, List<Array> operands) {
    return Bind.bind(new Jit(function + suffix, derived, Set.of(), threads), operands);
  }

  @Override
  public List<Aval> abstractEval(List<Aval> operands) {
    return jaxpr.outAvals();
  }

  @Override
  public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
    List<Boolean> mask = nonNull(tangents);
    Derived derived = JVP.get(jaxpr, mask, () -> jvpJaxpr(mask));
    List<Array> operands = new ArrayList<>(primals);
    operands.addAll(present(tangents));
    List<Array> outs = call("", derived.jaxpr, operands);
    int n = jaxpr.outs().size();
    return new Jvp(outs.subList(0, n), spread(outs.subList(n, outs.size()), derived.nonzero));
  }

  private Derived jvpJaxpr(List<Boolean> mask) {
    List<Aval> avals = new ArrayList<>(jaxpr.inAvals());
    avals.addAll(tangentAvals(mask));
    List<Boolean> nonzero = new ArrayList<>();
    int n = jaxpr.ins().size();
    Jaxpr derived =
        Jaxprs.traceClosed(
            avals,
            ins -> {
              List<@Nullable Array> ts = spread(ins.subList(n, ins.size()), mask);
              Jvp out = Differentiation.jvp(a -> Jaxprs.eval(jaxpr, a), ins.subList(0, n), ts);
              nonzero.addAll(nonNull(out.tangents()));
              List<Array> all = new ArrayList<>(out.primals());
              all.addAll(present(out.tangents()));
              return all;
            });
    return new Derived(derived, List.copyOf(nonzero));
  }

  @Override
  public Jvp linearize(List<Array> primals, List<@Nullable Array> tangents) {
    List<Boolean> mask = nonNull(tangents);
    Split split = LINEARIZED.get(jaxpr, mask, () -> split(mask));
    List<Array> outs = call("", split.primal, primals);
    int n = jaxpr.outs().size();
    List<Array> operands = new ArrayList<>();
    for (int source : split.residuals) {
      operands.add(source >= 0 ? primals.get(source) : outs.get(n - 1 - source));
    }
    operands.addAll(present(tangents));
    List<Array> pushed =
        split.linear.outs().isEmpty() ? List.of() : call("_tangent", split.linear, operands);
    return new Jvp(outs.subList(0, n), spread(pushed, split.nonzero));
  }

  private Split split(List<Boolean> mask) {
    List<Differentiation.Linearized> kept = new ArrayList<>();
    List<Integer> residuals = new ArrayList<>();
    Jaxpr primal =
        Jaxprs.traceClosed(
            jaxpr.inAvals(),
            ins -> {
              var lin = Differentiation.linearize(a -> Jaxprs.eval(jaxpr, a), ins, mask);
              kept.add(lin);
              List<Array> outs = new ArrayList<>(lin.primals());
              int extra = 0;
              for (Array residual : lin.program().captured()) {
                int input = indexOf(ins, residual);
                if (input < 0) {
                  outs.add(residual);
                }
                residuals.add(input >= 0 ? input : -1 - extra++);
              }
              return outs;
            });
    var lin = kept.getFirst();
    return new Split(primal, List.copyOf(residuals), lin.program().jaxpr().closed(), lin.nonzero());
  }

  @Override
  public List<@Nullable Array> transpose(List<@Nullable Array> cotangents, List<Operand> operands) {
    List<Boolean> linear = operands.stream().map(Operand::isLinear).toList();
    List<Boolean> mask = nonNull(cotangents);
    Derived derived =
        TRANSPOSED.get(jaxpr, List.of(linear, mask), () -> transposeJaxpr(linear, mask));
    List<Array> args = new ArrayList<>();
    operands.stream().filter(o -> !o.isLinear()).forEach(o -> args.add(o.known()));
    args.addAll(present(cotangents));
    List<@Nullable Array> pulled = spread(call("_transpose", derived.jaxpr, args), derived.nonzero);
    return spreadLinear(pulled, linear);
  }

  /** Cotangents of the linear operands at their places, null at the known ones. */
  private static List<@Nullable Array> spreadLinear(
      List<@Nullable Array> pulled, List<Boolean> linear) {
    List<@Nullable Array> all = new ArrayList<>();
    int next = 0;
    for (boolean isLinear : linear) {
      all.add(isLinear ? pulled.get(next++) : null);
    }
    return all;
  }

  private Derived transposeJaxpr(List<Boolean> linear, List<Boolean> mask) {
    Jaxpr ordered = knownFirst(linear);
    int known = ordered.captured();
    List<Aval> avals = new ArrayList<>(ordered.inAvals().subList(0, known));
    for (int i = 0; i < mask.size(); i++) {
      if (mask.get(i)) {
        avals.add(jaxpr.outs().get(i).aval().strong());
      }
    }
    List<Boolean> nonzero = new ArrayList<>();
    Jaxpr derived =
        Jaxprs.traceClosed(
            avals,
            ins -> {
              List<@Nullable Array> cts = spread(ins.subList(known, ins.size()), mask);
              List<@Nullable Array> out = Transposition.pull(ordered, ins.subList(0, known), cts);
              nonzero.addAll(nonNull(out));
              return present(out);
            });
    return new Derived(derived, List.copyOf(nonzero));
  }

  private Jaxpr knownFirst(List<Boolean> linear) {
    List<dev.jacobi.jaxpr.Atom.Var> ins = new ArrayList<>();
    for (boolean wanted : List.of(false, true)) {
      for (int i = 0; i < linear.size(); i++) {
        if (linear.get(i) == wanted) {
          ins.add(jaxpr.ins().get(i));
        }
      }
    }
    return new Jaxpr(Collections.frequency(linear, false), ins, jaxpr.eqns(), jaxpr.outs());
  }

  @Override
  public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
    List<Object> params = new ArrayList<>();
    params.add(size);
    dims.forEach(d -> params.add(d == null ? -1 : d));
    Mapped mapped = MAPPED.get(jaxpr, List.copyOf(params), () -> vmapJaxpr(size, dims));
    return new Batched(call("", mapped.jaxpr, operands), mapped.dims);
  }

  private Mapped vmapJaxpr(long size, List<@Nullable Integer> dims) {
    List<Aval> avals = new ArrayList<>();
    for (int i = 0; i < dims.size(); i++) {
      Aval aval = jaxpr.ins().get(i).aval();
      Integer dim = dims.get(i);
      avals.add(dim == null ? aval : aval.withShape(aval.shape().insert(dim, size)));
    }
    List<@Nullable Integer> outDims = new ArrayList<>();
    Jaxpr derived =
        Jaxprs.traceClosed(
            avals,
            ins -> {
              Batched out = Batching.vmap(a -> Jaxprs.eval(jaxpr, a), size, ins, dims);
              outDims.addAll(out.dims());
              return out.values();
            });
    return new Mapped(derived, outDims);
  }

  @Override
  public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
    return context.call(function, jaxpr, operands);
  }

  private List<Aval> tangentAvals(List<Boolean> mask) {
    List<Aval> avals = new ArrayList<>();
    for (int i = 0; i < mask.size(); i++) {
      if (mask.get(i)) {
        avals.add(Differentiation.tangentAval(jaxpr.ins().get(i).aval()));
      }
    }
    return avals;
  }

  private static int indexOf(List<Array> arrays, Array array) {
    for (int i = 0; i < arrays.size(); i++) {
      if (arrays.get(i) == array) {
        return i;
      }
    }
    return -1;
  }

  static List<Boolean> nonNull(List<@Nullable Array> arrays) {
    return arrays.stream().map(a -> a != null).toList();
  }

  static List<Array> present(List<@Nullable Array> arrays) {
    List<Array> some = new ArrayList<>();
    arrays.stream().filter(a -> a != null).forEach(some::add);
    return some;
  }

  /** Puts values where the mask is set and null elsewhere. */
  static List<@Nullable Array> spread(List<Array> some, List<Boolean> mask) {
    List<@Nullable Array> all = new ArrayList<>();
    int next = 0;
    for (boolean present : mask) {
      all.add(present ? some.get(next++) : null);
    }
    return all;
  }
}
