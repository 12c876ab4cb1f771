package dev.jacobi.debug;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.host.HostCheck;
import dev.jacobi.hlo.host.Hosted;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Effect;
import dev.jacobi.jaxpr.HostPrimitive;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Shapes;
import dev.jacobi.trace.Bind;
import dev.jacobi.trace.HostData;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ends the program with an exception unless every element of the first operand is true; the others
 * are shown. It has no derivative and so leaves nothing behind for one.
 *
 * @param hosted the {@link CheckInLanes}
 */
record Check(Hosted hosted) implements HostPrimitive {
  private static Check of(CheckSite site, Lanes lanes, Aval condition) {
    return new Check(Hosted.of(new CheckInLanes(site, lanes, condition.rank() == 0)));
  }

  /** Checks a condition. */
  static void bind(CheckSite site, Array condition, List<Array> values) {
    if (values.size() + 1 > HostCheck.MAX_VALUES) {
      throw new LaxTypeException(
          "check",
          "shows at most " + (HostCheck.MAX_VALUES - 1) + " arrays, but got " + values.size());
    }
    List<Array> operands = new ArrayList<>(List.of(condition));
    operands.addAll(values);
    Bind.bind(of(site, Lanes.none(operands.size()), condition.aval()), operands);
  }

  private CheckInLanes check() {
    return (CheckInLanes) hosted.target();
  }

  @Override
  public String name() {
    return "check";
  }

  @Override
  public Map<String, Object> params() {
    return Map.of("message", check().site().title());
  }

  @Override
  public List<Aval> abstractEval(List<Aval> operands) {
    if (!operands.getFirst().dtype().isBool()) {
      throw new LaxTypeException(name(), "takes a boolean condition, not " + operands.getFirst());
    }
    return List.of();
  }

  @Override
  public Effect effect() {
    return Effect.UNORDERED;
  }

  @Override
  public List<Array> evaluate(List<Array> operands) {
    Literal condition = HostData.of(operands.getFirst());
    if (CheckSite.firstFalse(condition) >= 0) {
      int from = check().passesCondition() ? 0 : 1;
      throw check().failure(HostArrays.values(operands.subList(from, operands.size())));
    }
    return List.of();
  }

  @Override
  public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
    return new Jvp(Bind.bind(this, primals), List.of());
  }

  @Override
  public List<@Nullable Array> transpose(List<@Nullable Array> cotangents, List<Operand> operands) {
    return Collections.nCopies(operands.size(), null);
  }

  @Override
  public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
    List<Array> front = Lanes.front(operands, dims);
    Lanes lanes = check().lanes().within(size, dims);
    Bind.bind(of(check().site(), lanes, front.getFirst().aval()), front);
    return new Batched(List.of(), List.of());
  }

  /** Lanes that are not active count as if the condition held. */
  @Override
  public List<Array> bindWhere(Array active, List<Array> operands) {
    Lanes lanes = check().lanes();
    Array condition = lanes.spread(0, operands.getFirst());
    Array idle = Bits.not(lanes.mask(active));
    Array wide =
        idle.shape().equals(condition.shape())
            ? idle
            : Shapes.broadcastInDim(idle, condition.shape(), Axes.range(idle.rank()));
    List<Array> all = new ArrayList<>(operands);
    all.set(0, Bits.or(condition, wide));
    return Bind.bind(of(check().site(), lanes.spread(0), condition.aval()), all);
  }

  @Override
  public Optional<Primitive> silent() {
    return Optional.empty();
  }

  @Override
  public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
    HloBuilder b = context.builder().at(check().site().loc());
    Value condition = operands.getFirst();
    List<Value> all = new ArrayList<>();
    all.add(condition.shape().isScalar() ? condition : every(b, condition));
    all.addAll(operands.subList(check().passesCondition() ? 0 : 1, operands.size()));
    context.check(hosted, check().site().title(), all);
    return List.of();
  }

  private static Value every(HloBuilder b, Value condition) {
    return b.add(
        new ReductionOp.Reduce(
            List.of(condition),
            List.of(b.constant(DType.BOOL, 1)),
            Axes.range(condition.shape().rank()),
            HloBuilder.binaryBody(Fn.AND, DType.BOOL)));
  }
}
