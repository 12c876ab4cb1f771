package dev.jacobi.parallel;

import dev.jacobi.Array;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.partition.Sharding;
import dev.jacobi.hlo.partition.Spec;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Grid;
import dev.jacobi.jaxpr.HostPrimitive;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.sharding.NamedSharding;
import dev.jacobi.sharding.ShardedArrays;
import dev.jacobi.trace.Bind;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The same array, lying on a mesh as it says. Where it has a value it moves there; in a program it
 * is what the program's division starts from. Linear, and derivatives lie as the values do.
 */
record ShardingConstraint(NamedSharding sharding) implements HostPrimitive {
  @Override
  public String name() {
    return "sharding_constraint";
  }

  @Override
  public Map<String, Object> params() {
    return Map.of("sharding", sharding);
  }

  @Override
  public Optional<Grid> grid() {
    return Optional.of(sharding.mesh().grid());
  }

  @Override
  public List<Aval> abstractEval(List<Aval> operands) {
    sharding.layout(name(), operands.getFirst().shape()); // fits
    return operands;
  }

  @Override
  public List<Array> evaluate(List<Array> operands) {
    return List.of(ShardedArrays.put(operands.getFirst(), sharding));
  }

  @Override
  public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
    Array dx = tangents.getFirst();
    return Jvp.of(Bind.bind(this, primals).getFirst(), dx == null ? null : Bind.bind(this, dx));
  }

  @Override
  public List<@Nullable Array> transpose(List<@Nullable Array> cotangents, List<Operand> operands) {
    return Collections.singletonList(Bind.bind(this, cotangents.getFirst()));
  }

  /** The batch is not divided. */
  @Override
  public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
    int dim = dims.getFirst();
    NamedSharding more = new NamedSharding(sharding.mesh(), sharding.spec().insert(dim));
    return Batched.of(Bind.bind(new ShardingConstraint(more), operands).getFirst(), dim);
  }

  /** Inside a program that says what each device does there is nothing left to divide. */
  @Override
  public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
    Value x = operands.getFirst();
    if (context.isManual()) {
      return operands;
    }
    Sharding wanted = new Sharding(sharding.spec().padded(x.shape().rank()));
    return List.of(context.builder().add(Spec.of(wanted).constraint(x, "mesh")));
  }
}
