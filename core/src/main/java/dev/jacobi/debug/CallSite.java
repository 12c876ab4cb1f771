package dev.jacobi.debug;

import dev.jacobi.Array;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.host.HostFunction;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Effect;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.trace.Context;
import dev.jacobi.transform.Flat;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A place where a program calls Java.
 *
 * @param primitive its name in jaxprs
 * @param params what jaxprs show of it
 * @param fn the function of one lane's arrays
 * @param ins types of one lane's operands
 * @param outs types of one lane's results
 * @param guarded whether a last operand says which lanes call; the others' results are zeros
 */
record CallSite(
    String primitive,
    Map<String, Object> params,
    Flat fn,
    List<Aval> ins,
    List<Aval> outs,
    Effect effect,
    Optional<VmapMethod> vmapMethod,
    Loc loc,
    Lanes lanes,
    boolean guarded)
    implements HostFunction {
  CallSite with(Lanes others, boolean guard) {
    return new CallSite(primitive, params, fn, ins, outs, effect, vmapMethod, loc, others, guard);
  }

  /** The same for arrays of other types. */
  CallSite with(List<Aval> otherIns, List<Aval> otherOuts) {
    return new CallSite(
        primitive, params, fn, otherIns, otherOuts, effect, vmapMethod, loc, lanes, guarded);
  }

  /** Types of the results of all lanes. */
  List<Aval> results() {
    List<Aval> all = new ArrayList<>();
    for (Aval out : outs) {
      Aval wide = out;
      for (int d = lanes.depth() - 1; d >= 0; d--) {
        wide = wide.withShape(wide.shape().insert(0, lanes.sizes().get(d)));
      }
      all.add(wide);
    }
    return all;
  }

  @Override
  public List<Literal> call(List<Literal> arguments) {
    return sized(arguments).callNow(arguments);
  }

  /** The same for the size that a symbolic batch has in this call. */
  private CallSite sized(List<Literal> arguments) {
    for (int i = 0; i < ins.size(); i++) {
      Shape open = lanes.wide(i, ins.get(i).shape());
      for (int d = 0; d < open.rank(); d++) {
        if (!open.isStatic(d)) {
          long size = arguments.get(i).shape().dim(d);
          return with(filled(ins, size), filled(outs, size)).with(lanes.filled(size), guarded);
        }
      }
    }
    return this;
  }

  private static List<Aval> filled(List<Aval> avals, long size) {
    return avals.stream()
        .map(a -> a.withShape(a.shape().map(n -> n == Shape.DYNAMIC ? size : n)))
        .toList();
  }

  private List<Literal> callNow(List<Literal> arguments) {
    long count = lanes.count();
    if (lanes.depth() == 0 && isActive(arguments, new long[0])) {
      return one(arguments, new long[0]);
    }
    List<TensorType> types = results().stream().map(Aval::physical).toList();
    List<MemorySegment> memory = types.stream().map(Literal::allocate).toList();
    for (long lane = 0; lane < count; lane++) {
      long[] at = lanes.coordinates(lane);
      if (isActive(arguments, at)) {
        List<Literal> results = one(arguments, at);
        for (int k = 0; k < results.size(); k++) {
          MemorySegment data = results.get(k).data();
          long bytes = results.get(k).type().byteSize();
          MemorySegment.copy(data, 0, memory.get(k), lane * bytes, bytes);
        }
      }
    }
    List<Literal> all = new ArrayList<>();
    for (int k = 0; k < types.size(); k++) {
      all.add(Literal.wrap(types.get(k), memory.get(k)));
    }
    return all;
  }

  private boolean isActive(List<Literal> arguments, long[] lane) {
    int last = arguments.size() - 1;
    return !guarded || lanes.slice(last, arguments.get(last), lane).getBoolean(0);
  }

  private List<Literal> one(List<Literal> arguments, long[] lane) {
    List<Literal> mine = new ArrayList<>();
    for (int i = 0; i < ins.size(); i++) {
      mine.add(lanes.slice(i, arguments.get(i), lane));
    }
    List<Array> results;
    try {
      results = Context.eagerly(() -> fn.apply(HostArrays.arrays(ins, mine)));
    } catch (RuntimeException e) {
      throw new CallbackException(primitive, loc.toString(), Lanes.text(lane), e);
    }
    List<Aval> given = results.stream().map(r -> r.aval().strong()).toList();
    if (!given.equals(outs)) {
      throw new CallbackException(
          primitive,
          loc.toString(),
          Lanes.text(lane),
          new LaxTypeException(
              primitive, "the function must give " + outs + ", as was said, but gave " + given));
    }
    return HostArrays.values(results);
  }
}
