package dev.jacobi.parallel;

import dev.jacobi.Array;
import dev.jacobi.control.Body;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.sharding.Mesh;
import dev.jacobi.sharding.NamedSharding;
import dev.jacobi.sharding.PartitionSpec;
import dev.jacobi.sharding.ShardingException;
import dev.jacobi.trace.Bind;
import dev.jacobi.trace.Context;
import dev.jacobi.trace.JaxprTrace;
import dev.jacobi.transform.Jaxprs;
import dev.jacobi.transform.Memo;
import dev.jacobi.transform.TreeFn;
import dev.jacobi.transform.Trees;
import dev.jacobi.tree.TreeDef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * {@code shard_map} of functions of trees.
 *
 * @param in one entry per argument, or one for all of them
 */
public record ShardMapping(TreeFn fn, Mesh mesh, List<Specs> in, Specs out, boolean checkVma) {
  private static final Memo<ShardMap> PRIMITIVES = new Memo<>();

  /** A program of parts that says how its results are divided. */
  @FunctionalInterface
  interface Flat {
    Results apply(List<Array> parts);
  }

  /** Results of every device and how they are divided. */
  record Results(List<Array> parts, List<PartitionSpec> specs) {}

  /** The same for a program that is traced once, where a surrounding {@code jit} remembers it. */
  static List<Array> flat(
      Mesh mesh, Flat program, List<Array> operands, List<PartitionSpec> inSpecs) {
    requireFree(mesh);
    List<Aval> parts = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      parts.add(part("pmap", mesh, operands.get(i).aval(), inSpecs.get(i)));
    }
    List<PartitionSpec> outSpecs = new ArrayList<>();
    JaxprTrace.Traced traced =
        ShardMap.inside(
            mesh,
            false,
            () ->
                Jaxprs.trace(
                    "pmap",
                    parts,
                    ins -> {
                      Results results = program.apply(ins);
                      outSpecs.addAll(results.specs);
                      return results.parts;
                    }));
    List<PartitionSpec> all = withCaptured(traced.captured().size(), inSpecs);
    List<Array> given = new ArrayList<>(traced.captured());
    given.addAll(operands);
    return Bind.bind(new ShardMap(mesh, all, traced.jaxpr().closed(), outSpecs, false), given);
  }

  private static void requireFree(Mesh mesh) {
    for (String axis : mesh.axisNames()) {
      if (Context.current().axes().containsKey(axis)) {
        throw new ShardingException(
            "shard_map", "the axis '%s' has a meaning around it already".formatted(axis));
      }
    }
  }

  /** Calls the function on every device's parts. */
  public Object call(Object... arguments) {
    requireFree(mesh);
    TreeFn.Args args = TreeFn.Args.of(arguments);
    List<PartitionSpec> specs = inSpecs(args.defs());
    List<Aval> parts = new ArrayList<>();
    for (int i = 0; i < specs.size(); i++) {
      Aval part = part("shard_map", mesh, args.leaves().get(i).aval(), specs.get(i));
      List<String> axes = specs.get(i).used().stream().sorted().toList();
      parts.add(checkVma ? part.withVarying(axes) : part);
    }
    Body body =
        ShardMap.inside(
            mesh,
            checkVma,
            () ->
                Body.trace(
                    "shard_map",
                    fn.source(),
                    a -> new Object[] {fn.call().apply(a)},
                    args.defs(),
                    parts));
    TreeDef def = body.outs().getFirst();
    List<PartitionSpec> outSpecs = out.of(def);
    List<PartitionSpec> all = withCaptured(body.captured().size(), specs);
    ShardMap primitive =
        PRIMITIVES.get(
            body.jaxpr(),
            List.of(mesh, all, outSpecs, checkVma),
            () ->
                new ShardMap(
                    mesh, all, results(body.jaxpr().closed(), outSpecs), outSpecs, checkVma));
    List<Array> operands = new ArrayList<>(body.captured());
    operands.addAll(args.leaves());
    return Trees.unflatten(def, Bind.bind(primitive, operands));
  }

  private List<PartitionSpec> inSpecs(List<TreeDef> defs) {
    if (in.size() != 1 && in.size() != defs.size()) {
      throw new ShardingException(
          "shard_map",
          "needs one spec for all arguments or one each, but has %d for %d"
              .formatted(in.size(), defs.size()));
    }
    List<PartitionSpec> specs = new ArrayList<>();
    for (int i = 0; i < defs.size(); i++) {
      specs.addAll(in.get(in.size() == 1 ? 0 : i).of(defs.get(i)));
    }
    return specs;
  }

  private static Aval part(String where, Mesh mesh, Aval whole, PartitionSpec spec) {
    NamedSharding sharding = new NamedSharding(mesh, spec);
    return whole.withShape(sharding.layout(where, whole.shape()).local(whole.shape()));
  }

  /** All devices have what the function captured, which comes first. */
  private static List<PartitionSpec> withCaptured(int captured, List<PartitionSpec> specs) {
    List<PartitionSpec> all = new ArrayList<>(Collections.nCopies(captured, PartitionSpec.P()));
    all.addAll(specs);
    return all;
  }

  /** Checks what the program gives against the specs, along whose axes it then differs. */
  private Jaxpr results(Jaxpr program, List<PartitionSpec> specs) {
    for (int i = 0; i < specs.size(); i++) {
      Aval part = program.outs().get(i).aval();
      PartitionSpec spec = specs.get(i);
      NamedSharding unused = new NamedSharding(mesh, spec);
      if (spec.axes().size() > part.rank()) {
        throw new ShardingException(
            "shard_map",
            ("result %d has the type %s, but its spec %s divides %d dimensions. Give it a"
                    + " dimension, or use P().")
                .formatted(i, part, spec, spec.axes().size()));
      }
      List<String> hidden = part.varying().stream().filter(a -> !spec.used().contains(a)).toList();
      if (!hidden.isEmpty()) {
        throw new ShardingException(
            "shard_map",
            ("result %d may differ between devices along %s, which its spec %s does not name. Name"
                    + " the axis there, or make the result one value by psum, pmax, or the like;"
                    + " shardMap(...) with checkVma false takes the first device's.")
                .formatted(i, hidden, spec));
      }
    }
    if (!checkVma) {
      return new Jaxpr(0, program.ins(), program.eqns(), program.outs());
    }
    return ShardMap.inside(
        mesh,
        true,
        () ->
            Jaxprs.traceClosed(
                program.inAvals(),
                ins -> {
                  List<Array> outs = new ArrayList<>(Jaxprs.eval(program, ins));
                  for (int i = 0; i < outs.size(); i++) {
                    outs.set(i, Context.varied(outs.get(i), specs.get(i).used()));
                  }
                  return outs;
                }));
  }
}
