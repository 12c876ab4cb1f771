package dev.jacobi.hlo.bytecode;

import dev.jacobi.hlo.CollectiveOp;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.text.Attribute;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Control flow, calls, and what processes say to each other, as operations of VHLO. */
final class CallEncoder {
  private static final VhloVersion DICTIONARY = VhloVersion.of(1, 3);
  private static final VhloVersion VARIADIC = VhloVersion.of(1, 5);
  private static final VhloVersion REGIONS = VhloVersion.of(1, 14);
  private static final VhloVersion TILINGS = VhloVersion.of(1, 18);
  private static final VhloVersion DYNAMIC_ROOT = VhloVersion.of(1, 20);

  private static final String NONE = "[]";

  /** What a custom call has besides its name, with what it is if it is not said. */
  private static final Map<String, String> CUSTOM_CALL =
      Map.of(
          "backend_config", "\"\"",
          "api_version", "1 : i32",
          "called_computations", NONE,
          "operand_layouts", NONE,
          "result_layouts", NONE,
          "output_operand_aliases", NONE,
          "result_tilings", NONE);

  private final VhloEncoder encoder;
  private final Target target;

  CallEncoder(VhloEncoder encoder, Target target) {
    this.encoder = encoder;
    this.target = target;
  }

  Properties version(Op op, int version) {
    String name = op.mnemonic().substring(op.mnemonic().indexOf('.') + 1);
    return new Properties(encoder, "vhlo." + name + "_v" + version);
  }

  Properties control(ControlOp op) {
    return switch (op) {
      case ControlOp.While _, ControlOp.Case _, ControlOp.If _, ControlOp.OptimizationBarrier _ ->
          version(op, 1);
      case ControlOp.Call o -> version(op, 1).string("callee", o.callee());
      case ControlOp.CustomCall o -> customCall(o);
      case ControlOp.Composite o -> {
        Map<String, Attribute> attrs = Attribute.Dictionary.of(o.attrs()).entries();
        yield version(op, target.has(REGIONS) ? 2 : 1)
            .string("name", o.name())
            .put("composite_attributes", encoder.dictionary(attrs))
            .string("decomposition", o.decomposition())
            .int32("version", o.version());
      }
    };
  }

  private Properties customCall(ControlOp.CustomCall op) {
    Properties p =
        version(op, target.has(TILINGS) ? 2 : 1)
            .string("call_target_name", op.target())
            .flag("has_side_effect", op.hasSideEffect());
    CUSTOM_CALL.forEach(
        (name, none) -> {
          boolean isTyped = op.attrs().getOrDefault("api_version", "").startsWith("4");
          boolean isConfig = name.equals("backend_config") && isTyped && target.has(DICTIONARY);
          String text = op.attrs().getOrDefault(name, isConfig ? "{}" : none);
          boolean isTilings = name.equals("result_tilings");
          if (isTilings && !text.equals(NONE)) {
            target.need(TILINGS, name + " of a custom call");
          }
          if (!isTilings || target.has(TILINGS)) {
            p.put(name, customCall(name, Attribute.parse(text)));
          }
        });
    return p;
  }

  private int customCall(String name, Attribute value) {
    if (name.equals("api_version") && value instanceof Attribute.Int version) {
      return encoder.apiVersion(version.value());
    }
    if (name.equals("backend_config") && value instanceof Attribute.Dictionary) {
      target.need(DICTIONARY, "a dictionary as backend_config of a custom call");
    }
    return encoder.attr(value);
  }

  /** The attributes that an operation has besides those of its kind. */
  static Map<String, String> others(Op op) {
    if (!(op instanceof ControlOp.CustomCall call)) {
      return Map.of();
    }
    Map<String, String> others = new TreeMap<>(call.attrs());
    others.keySet().removeAll(CUSTOM_CALL.keySet());
    return others;
  }

  Properties collective(CollectiveOp op) {
    return switch (op) {
      case CollectiveOp.AllReduce o ->
          global(channel(variadic(op, o.operands()), o.groups()), o.groups());
      case CollectiveOp.ReduceScatter o ->
          global(channel(version(op, 1), o.groups()), o.groups())
              .number("scatter_dimension", o.dim());
      case CollectiveOp.AllGather o ->
          global(channel(variadic(op, o.operands()), o.groups()), o.groups())
              .number("all_gather_dim", o.dim());
      case CollectiveOp.AllToAll o ->
          channel(variadic(op, o.operands()), o.groups())
              .number("split_dimension", o.splitDim())
              .number("concat_dimension", o.concatDim())
              .number("split_count", o.count());
      case CollectiveOp.CollectivePermute o ->
          channel(version(op, 1), o.pairs(), "source_target_pairs");
      case CollectiveOp.CollectiveBroadcast o -> {
        boolean newer = target.has(DYNAMIC_ROOT);
        Properties p = channel(version(op, newer ? 2 : 1), o.groups());
        yield newer ? p.flag("has_dynamic_root", false) : p;
      }
      case CollectiveOp.CrossReplicaSum o ->
          version(op, 1).tensor("replica_groups", o.groups().ids());
      case CollectiveOp.ProcessId _ -> version(op, 1);
    };
  }

  /** In the version that takes any number of operands, or in the older one if there is one. */
  private Properties variadic(CollectiveOp op, List<?> operands) {
    if (operands.size() != 1) {
      target.need(VARIADIC, op.mnemonic() + " of " + operands.size() + " operands");
    }
    return version(op, target.has(VARIADIC) ? 2 : 1);
  }

  private static Properties channel(Properties p, CollectiveOp.Groups groups) {
    return channel(p, groups, "replica_groups");
  }

  private static Properties channel(Properties p, CollectiveOp.Groups groups, String ids) {
    long channel = groups.channel().map(c -> c.get(0)).orElse(0L);
    return p.tensor(ids, groups.ids()).number("channel_id", channel);
  }

  private static Properties global(Properties p, CollectiveOp.Groups groups) {
    return p.flag("use_global_device_ids", groups.global());
  }
}
