package dev.jacobi.hlo;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Operations among the processes of a grid. Programs run here on a grid of one. */
public sealed interface CollectiveOp extends Op {
  /**
   * Who takes part.
   *
   * @param ids one group in each row, -1 filling up shorter ones; or pairs of source and target
   * @param channel the channel's handle and type, if one is named
   * @param global whether ids count replicas and partitions together
   */
  record Groups(Literal ids, Optional<Longs> channel, boolean global) {}

  /** Combines the operands of all processes of a group. */
  record AllReduce(List<Value> operands, Groups groups, Block body) implements CollectiveOp {
    public AllReduce {
      operands = List.copyOf(operands);
    }

    @Override
    public String mnemonic() {
      return "stablehlo.all_reduce";
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new AllReduce(Op.map(operands, f), groups, body);
    }

    @Override
    public List<Block> regions() {
      return List.of(body);
    }

    @Override
    public Op withRegions(List<Block> regions) {
      return new AllReduce(operands, groups, regions.getFirst());
    }
  }

  /** Combines the operands of a group and gives each process its part. */
  record ReduceScatter(Value operand, int dim, Groups groups, Block body, TensorType type)
      implements CollectiveOp {
    @Override
    public String mnemonic() {
      return "stablehlo.reduce_scatter";
    }

    @Override
    public List<Value> operands() {
      return List.of(operand);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new ReduceScatter(f.apply(operand), dim, groups, body, type);
    }

    @Override
    public List<Block> regions() {
      return List.of(body);
    }

    @Override
    public Op withRegions(List<Block> regions) {
      return new ReduceScatter(operand, dim, groups, regions.getFirst(), type);
    }
  }

  /** Joins the operands of a group along {@code dim}. */
  record AllGather(List<Value> operands, int dim, Groups groups, List<TensorType> types)
      implements CollectiveOp {
    public AllGather {
      operands = List.copyOf(operands);
      types = List.copyOf(types);
    }

    @Override
    public String mnemonic() {
      return "stablehlo.all_gather";
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new AllGather(Op.map(operands, f), dim, groups, types);
    }
  }

  /** Splits operands, sends the parts around, and joins what arrives. */
  record AllToAll(List<Value> operands, int splitDim, int concatDim, long count, Groups groups)
      implements CollectiveOp {
    public AllToAll {
      operands = List.copyOf(operands);
    }

    @Override
    public String mnemonic() {
      return "stablehlo.all_to_all";
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new AllToAll(Op.map(operands, f), splitDim, concatDim, count, groups);
    }
  }

  /** Sends the operand from sources to targets; where nothing arrives are zeros. */
  record CollectivePermute(Value operand, Groups pairs) implements CollectiveOp {
    @Override
    public String mnemonic() {
      return "stablehlo.collective_permute";
    }

    @Override
    public List<Value> operands() {
      return List.of(operand);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new CollectivePermute(f.apply(operand), pairs);
    }
  }

  /** Sends the operand of the first process of a group to the others. */
  record CollectiveBroadcast(Value operand, Groups groups) implements CollectiveOp {
    @Override
    public String mnemonic() {
      return "stablehlo.collective_broadcast";
    }

    @Override
    public List<Value> operands() {
      return List.of(operand);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new CollectiveBroadcast(f.apply(operand), groups);
    }
  }

  /** The sum of the operands of a group. */
  record CrossReplicaSum(Value operand, Groups groups) implements CollectiveOp {
    @Override
    public String mnemonic() {
      return "stablehlo.cross-replica-sum";
    }

    @Override
    public List<Value> operands() {
      return List.of(operand);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new CrossReplicaSum(f.apply(operand), groups);
    }
  }

  /** The number of the partition or replica that runs the program. */
  record ProcessId(boolean isPartition) implements CollectiveOp {
    @Override
    public String mnemonic() {
      return "stablehlo." + (isPartition ? "partition_id" : "replica_id");
    }

    @Override
    public List<Value> operands() {
      return List.of();
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return this;
    }
  }
}
