package dev.jacobi.hlo.text;

import dev.jacobi.hlo.CollectiveOp;
import dev.jacobi.hlo.CollectiveOp.Groups;
import dev.jacobi.hlo.Longs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Operations among processes, in generic form but for those that only ask who one is. */
final class CollectiveForms {
  private static final String GROUPS = "replica_groups";

  private CollectiveForms() {}

  /** {@code "stablehlo.all_reduce"(%0) <{replica_groups = ...}> ({ body }) : (t) -> t}. */
  private static final Form<CollectiveOp.AllReduce> ALL_REDUCE =
      Form.of(
          "stablehlo.all_reduce",
          in -> new CollectiveOp.AllReduce(in.operands, groups(in, GROUPS), in.region(0)),
          (op, out) -> write(out, op.groups(), GROUPS, Map.of(), true));

  /** {@code "stablehlo.reduce_scatter"(%0) <{..., scatter_dimension = 0 : i64}> ({ body })}. */
  private static final Form<CollectiveOp.ReduceScatter> REDUCE_SCATTER =
      Form.of(
          "stablehlo.reduce_scatter",
          in ->
              new CollectiveOp.ReduceScatter(
                  in.operand(0),
                  in.int32("scatter_dimension"),
                  groups(in, GROUPS),
                  in.region(0),
                  in.resultType()),
          (op, out) ->
              write(out, op.groups(), GROUPS, Map.of("scatter_dimension", (long) op.dim()), true));

  /** {@code "stablehlo.all_gather"(%0) <{all_gather_dim = 0 : i64, ...}> : (t) -> t}. */
  private static final Form<CollectiveOp.AllGather> ALL_GATHER =
      Form.of(
          "stablehlo.all_gather",
          in ->
              new CollectiveOp.AllGather(
                  in.operands, in.int32("all_gather_dim"), groups(in, GROUPS), in.resultTypes),
          (op, out) ->
              write(out, op.groups(), GROUPS, Map.of("all_gather_dim", (long) op.dim()), false));

  /** {@code "stablehlo.all_to_all"(%0) <{concat_dimension = 1 : i64, ...}> : (t) -> t}. */
  private static final Form<CollectiveOp.AllToAll> ALL_TO_ALL =
      Form.of(
          "stablehlo.all_to_all",
          in ->
              new CollectiveOp.AllToAll(
                  in.operands,
                  in.int32("split_dimension"),
                  in.int32("concat_dimension"),
                  in.int32("split_count"),
                  groups(in, GROUPS)),
          (op, out) ->
              write(
                  out,
                  op.groups(),
                  GROUPS,
                  Map.of(
                      "split_dimension",
                      (long) op.splitDim(),
                      "concat_dimension",
                      (long) op.concatDim(),
                      "split_count",
                      op.count()),
                  false));

  /** {@code "stablehlo.collective_permute"(%0) <{source_target_pairs = ...}> : (t) -> t}. */
  private static final Form<CollectiveOp.CollectivePermute> COLLECTIVE_PERMUTE =
      Form.of(
          "stablehlo.collective_permute",
          in ->
              new CollectiveOp.CollectivePermute(in.operand(0), groups(in, "source_target_pairs")),
          (op, out) -> write(out, op.pairs(), "source_target_pairs", Map.of(), false));

  /** {@code "stablehlo.collective_broadcast"(%0) <{replica_groups = ...}> : (t) -> t}. */
  private static final Form<CollectiveOp.CollectiveBroadcast> COLLECTIVE_BROADCAST =
      Form.of(
          "stablehlo.collective_broadcast",
          in -> new CollectiveOp.CollectiveBroadcast(in.operand(0), groups(in, GROUPS)),
          (op, out) -> write(out, op.groups(), GROUPS, Map.of(), false));

  /** {@code "stablehlo.cross-replica-sum"(%0) <{replica_groups = ...}> : (t) -> t}. */
  private static final Form<CollectiveOp.CrossReplicaSum> CROSS_REPLICA_SUM =
      Form.of(
          "stablehlo.cross-replica-sum",
          in -> new CollectiveOp.CrossReplicaSum(in.operand(0), groups(in, GROUPS)),
          (op, out) -> write(out, op.groups(), GROUPS, Map.of(), false));

  /** {@code stablehlo.partition_id : tensor<ui32>}. */
  private static final Form<CollectiveOp.ProcessId> PARTITION_ID =
      Form.of(
          "stablehlo.partition_id",
          in -> new CollectiveOp.ProcessId(true),
          (op, out) -> out.resultType());

  /** {@code stablehlo.replica_id : tensor<ui32>}. */
  private static final Form<CollectiveOp.ProcessId> REPLICA_ID =
      Form.of(
          "stablehlo.replica_id",
          in -> new CollectiveOp.ProcessId(false),
          (op, out) -> out.resultType());

  private static Groups groups(OpText in, String name) {
    return new Groups(in.literal(name), channel(in), in.flag("use_global_device_ids"));
  }

  private static Optional<Longs> channel(OpText in) {
    if (!in.has("channel_handle") && !in.has("channel_id")) {
      return Optional.empty();
    }
    if (in.has("channel_id")) {
      return Optional.of(Longs.of(in.integerOrZero("channel_id"), 0));
    }
    OpText handle = in.struct("channel_handle");
    return Optional.of(Longs.of(handle.integerOrZero("handle"), handle.integerOrZero("type")));
  }

  private static void write(
      Writer out, Groups groups, String name, Map<String, Long> numbers, boolean body) {
    Map<String, String> attrs = new TreeMap<>();
    numbers.forEach((key, value) -> attrs.put(key, value + " : i64"));
    groups
        .channel()
        .ifPresent(
            c ->
                attrs.put(
                    "channel_handle",
                    "#stablehlo.channel_handle<handle = %d, type = %d>"
                        .formatted(c.get(0), c.get(1))));
    StringBuilder ids = new StringBuilder();
    DenseText.write(groups.ids(), ids);
    attrs.put(name, ids.toString());
    if (groups.global()) {
      attrs.put("use_global_device_ids", "");
    }
    out.genericOperands().text(" <").dictionary(attrs).text(">");
    if (body) {
      out.genericRegions();
    }
    out.signature();
  }

  static void write(CollectiveOp op, Writer out) {
    switch (op) {
      case CollectiveOp.AllReduce o -> ALL_REDUCE.write(o, out);
      case CollectiveOp.ReduceScatter o -> REDUCE_SCATTER.write(o, out);
      case CollectiveOp.AllGather o -> ALL_GATHER.write(o, out);
      case CollectiveOp.AllToAll o -> ALL_TO_ALL.write(o, out);
      case CollectiveOp.CollectivePermute o -> COLLECTIVE_PERMUTE.write(o, out);
      case CollectiveOp.CollectiveBroadcast o -> COLLECTIVE_BROADCAST.write(o, out);
      case CollectiveOp.CrossReplicaSum o -> CROSS_REPLICA_SUM.write(o, out);
      case CollectiveOp.ProcessId o -> (o.isPartition() ? PARTITION_ID : REPLICA_ID).write(o, out);
    }
  }

  static final List<Form<?>> ALL =
      List.of(
          ALL_REDUCE,
          REDUCE_SCATTER,
          ALL_GATHER,
          ALL_TO_ALL,
          COLLECTIVE_PERMUTE,
          COLLECTIVE_BROADCAST,
          CROSS_REPLICA_SUM,
          PARTITION_ID,
          REPLICA_ID);
}
