package dev.jacobi.hlo.partition;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.CollectiveOp;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.HloTypeException;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Divides a program over a mesh. Shardings stand at arguments and results of {@code @main}, and in
 * between as {@linkplain Spec#constraint constraints}, in Shardy's text ({@link Spec}); those of
 * all other values follow.
 */
public final class Partitioner {
  private Partitioner() {}

  /** Divides a program whose sums may be taken in parts. */
  public static Partitioned partition(HloModule module, Mesh mesh) {
    return partition(module, mesh, false);
  }

  /**
   * Divides a program.
   *
   * @param module verified, of static sizes and without operations among devices
   * @param keepsOrder whether sums and products of floating numbers are not divided, so that all
   *     results have the bits that one device computes
   * @throws ShardingException if a sharding does not fit, or the program cannot be divided
   */
  public static Partitioned partition(HloModule module, Mesh mesh, boolean keepsOrder) {
    Partials partials = new Partials(keepsOrder);
    HloFunc main = module.main();
    Flat.Program flat = Flat.of(module);
    Block whole = used(flat.block(), new HashSet<>());
    List<Spec> arguments = specs("argument", main.inputs(), main.argAttrs(), mesh);
    List<Spec> results = specs("result", main.outputs(), main.resultAttrs(), mesh);
    Propagation.Found found = Propagation.find(whole, arguments, results, mesh, partials);
    Spmd spmd = new Spmd(whole, mesh, found, partials);
    Block body = used(spmd.main(whole), new HashSet<>());
    Map<String, HloFunc> funcs = new LinkedHashMap<>();
    funcs.put("main", function(main, body));
    flat.kept().forEach(funcs::put);
    Map<String, String> attrs = new LinkedHashMap<>(module.attrs());
    attrs.put("mhlo.num_partitions", mesh.devices() + " : i32");
    attrs.put("mhlo.num_replicas", "1 : i32");
    return new Partitioned(
        new HloModule(module.name(), funcs, attrs),
        mesh,
        whole.params().stream().map(found::of).toList(),
        found.results(),
        spmd.report(channels(body)));
  }

  /**
   * The program with shardings of some arguments and results.
   *
   * @param arguments one per argument, empty where it follows from the rest
   * @param results one per result, likewise
   */
  public static HloModule withShardings(
      HloModule module, List<Optional<Sharding>> arguments, List<Optional<Sharding>> results) {
    HloFunc main = module.main();
    Map<String, HloFunc> funcs = new LinkedHashMap<>(module.funcs());
    funcs.put(
        "main",
        new HloFunc(
            "main",
            main.isPublic(),
            main.body(),
            attributes(main.argAttrs(), arguments),
            attributes(main.resultAttrs(), results),
            main.attrs()));
    return new HloModule(module.name(), funcs, module.attrs());
  }

  private static List<Map<String, String>> attributes(
      List<Map<String, String>> attrs, List<Optional<Sharding>> shardings) {
    if (attrs.size() != shardings.size()) {
      throw new HloTypeException(
          shardings.size() + " shardings for " + attrs.size() + " arguments or results");
    }
    List<Map<String, String>> with = new ArrayList<>();
    for (int i = 0; i < attrs.size(); i++) {
      Map<String, String> own = new LinkedHashMap<>(attrs.get(i));
      shardings.get(i).ifPresent(s -> own.put(Spec.ATTRIBUTE, Spec.of(s).text("mesh")));
      with.add(own);
    }
    return with;
  }

  private static List<Spec> specs(
      String what, List<TensorType> types, List<Map<String, String>> attrs, Mesh mesh) {
    List<Spec> specs = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      String where = what + " " + i + " of @main";
      specs.add(Propagation.spec(Spec.in(attrs.get(i)), types.get(i).shape(), mesh, where));
    }
    return specs;
  }

  /** Arguments may be written over by results of their type; a part may have none any more. */
  private static HloFunc function(HloFunc main, Block body) {
    List<Map<String, String>> arguments = new ArrayList<>();
    for (int i = 0; i < main.argAttrs().size(); i++) {
      Map<String, String> attrs = new HashMap<>(main.argAttrs().get(i));
      attrs.keySet().removeAll(Spec.ATTRIBUTES);
      String output = attrs.get("tf.aliasing_output");
      if (output != null) {
        int k = Integer.parseInt(output.replaceFirst("\\s*:.*", ""));
        if (!body.resultTypes().get(k).equals(body.paramTypes().get(i))) {
          attrs.remove("tf.aliasing_output");
          attrs.put("jax.buffer_donor", "true");
        }
      }
      arguments.add(attrs);
    }
    List<Map<String, String>> results = new ArrayList<>();
    for (Map<String, String> old : main.resultAttrs()) {
      Map<String, String> attrs = new HashMap<>(old);
      attrs.keySet().removeAll(Spec.ATTRIBUTES);
      results.add(attrs);
    }
    return new HloFunc("main", main.isPublic(), body, arguments, results, main.attrs());
  }

  /** The channels of the collectives that are left. */
  private static Set<Long> channels(Block block) {
    Set<Long> channels = new HashSet<>();
    for (Instr instr : block.instrs()) {
      if (instr.op() instanceof CollectiveOp op) {
        Collectives.channel(op).ifPresent(channels::add);
      }
      instr.op().regions().forEach(r -> channels.addAll(channels(r)));
    }
    return channels;
  }

  /** A block without what nobody reads. All devices run one program, so collectives may go too. */
  private static Block used(Block block, Set<Value> read) {
    read.addAll(block.results());
    List<Instr> kept = new ArrayList<>();
    for (Instr instr : block.instrs().reversed()) {
      Op op = instr.op();
      if (instr.results().stream().anyMatch(read::contains) || Spmd.hasEffect(op)) {
        if (!op.regions().isEmpty()) {
          op = op.withRegions(op.regions().stream().map(r -> used(r, read)).toList());
        }
        read.addAll(op.operands());
        kept.add(new Instr(op, instr.results(), instr.loc()));
      }
    }
    return new Block(block.params(), kept.reversed(), block.results());
  }
}
