package dev.jacobi.debug;

import dev.jacobi.Array;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.host.HostCall;
import dev.jacobi.hlo.host.Hosted;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Effect;
import dev.jacobi.jaxpr.HostPrimitive;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.lax.Dims;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.trace.Bind;
import dev.jacobi.transform.GradientException;
import dev.jacobi.transform.VmapException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call of Java. Without results it has no derivative and prints values going forward; with
 * results it can only be differentiated inside of a function with a rule of its own.
 *
 * @param hosted the {@link CallSite}
 */
record Callback(Hosted hosted) implements HostPrimitive {
  static Callback of(CallSite site) {
    return new Callback(Hosted.of(site));
  }

  private CallSite site() {
    return (CallSite) hosted.target();
  }

  @Override
  public String name() {
    return site().primitive();
  }

  @Override
  public Map<String, Object> params() {
    return site().params();
  }

  @Override
  public List<Aval> abstractEval(List<Aval> operands) {
    List<Aval> results = site().results();
    if (results.stream().anyMatch(a -> !a.shape().isStatic())) {
      throw new LaxTypeException(
          name(),
          "gives "
              + results
              + ", but a program for any size of a batch must know the sizes of what Java gives."
              + " jit without symbolicBatch does.");
    }
    return results;
  }

  @Override
  public Effect effect() {
    return site().effect();
  }

  @Override
  public List<Array> evaluate(List<Array> operands) {
    return HostArrays.arrays(site().results(), site().call(HostArrays.values(operands)));
  }

  @Override
  public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
    if (!site().outs().isEmpty()) {
      throw without("derivative", "customJvp or customVjp");
    }
    return new Jvp(Bind.bind(this, primals), List.of());
  }

  @Override
  public List<@Nullable Array> transpose(List<@Nullable Array> cotangents, List<Operand> operands) {
    if (!site().outs().isEmpty()) {
      throw without("transpose", "customVjp");
    }
    return Collections.nCopies(operands.size(), null);
  }

  private GradientException without(String what, String how) {
    return new GradientException(
        name()
            + " at "
            + site().loc()
            + " has no "
            + what
            + ": nothing is known of the function that it calls. Call it inside of a function that"
            + " has a rule of its own ("
            + how
            + ").");
  }

  @Override
  public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
    CallSite site = site();
    if (name().equals("io_callback") && site.effect() == Effect.ORDERED) {
      throw new VmapException(
          "an ordered ioCallback at "
              + site.loc()
              + " cannot be vmapped: the lanes of a batch have no order. Use one that is"
              + " unordered.");
    }
    if (name().equals("pure_callback") && site.vmapMethod().isEmpty()) {
      throw new VmapException(
          "the pureCallback at "
              + site.loc()
              + " does not say how it takes a batch: give it a VmapMethod, such as"
              + " VmapMethod.SEQUENTIAL");
    }
    VmapMethod method = site.vmapMethod().orElse(VmapMethod.SEQUENTIAL);
    if (method == VmapMethod.SEQUENTIAL) {
      CallSite lanes = site.with(site.lanes().within(size, dims), site.guarded());
      return bound(lanes, Lanes.front(operands, dims));
    }
    List<Array> whole = whole(method, size, operands, dims);
    List<Aval> ins = whole.stream().map(x -> x.aval().strong()).toList();
    List<Aval> outs =
        site.outs().stream().map(a -> a.withShape(a.shape().insert(0, size))).toList();
    return bound(site.with(ins, outs), whole);
  }

  private static Batched bound(CallSite site, List<Array> operands) {
    List<Array> results = Bind.bind(of(site), operands);
    return new Batched(results, Collections.nCopies(results.size(), 0));
  }

  /** The operands with the batch in front, for one call with all of it. */
  private static List<Array> whole(
      VmapMethod method, long size, List<Array> operands, List<@Nullable Integer> dims) {
    List<Array> all = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      boolean one = dims.get(i) == null && method == VmapMethod.EXPAND_DIMS;
      all.add(Dims.batchAt(operands.get(i), dims.get(i), one ? 1 : size, 0));
    }
    return all;
  }

  @Override
  public List<Array> bindWhere(Array active, List<Array> operands) {
    CallSite site = site();
    Array mask = site.lanes().mask(active);
    List<Array> all = new ArrayList<>(operands);
    if (site.guarded()) {
      int last = all.size() - 1;
      all.set(last, Lanes.both(site.lanes().spread(last, all.get(last)), mask));
      return Bind.bind(of(site.with(site.lanes().spread(last), true)), all);
    }
    all.add(mask);
    return Bind.bind(of(site.with(site.lanes().withOperand(), true)), all);
  }

  @Override
  public Optional<Primitive> silent() {
    if (!hasEffects()) {
      return Optional.of(this);
    }
    if (site().outs().isEmpty()) {
      return Optional.empty();
    }
    throw new GradientException(
        "the ioCallback at "
            + site().loc()
            + " has results, and would be called again where the steps of a loop are repeated for"
            + " its derivative or for lanes that have ended. Pass what it gives as an argument.");
  }

  @Override
  public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
    List<TensorType> types = outs.stream().map(Aval::physical).toList();
    return context
        .builder()
        .at(site().loc())
        .addAll(HostCall.op(hosted, operands, types, hasEffects()));
  }
}
