package dev.jacobi.hlo.partition;

import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.TensorType;
import java.util.List;
import java.util.Set;

/**
 * How a program was divided: each operation's shardings and the reasons, and what devices send.
 *
 * @param operations in the order of the program, those of functions that it calls in between
 */
public record Report(List<Operation> operations, List<Collective> collectives) {
  public Report {
    operations = List.copyOf(operations);
    collectives = List.copyOf(collectives);
  }

  /**
   * How one operation was divided.
   *
   * @param operands how they lie while it computes
   * @param results how they lie while it computes, before they are summed and moved on
   * @param whole why some dimensions are not divided; empty if there is no reason to tell
   * @param notes what else wanted to divide the results
   */
  public record Operation(
      String mnemonic,
      Loc loc,
      List<Sharding> operands,
      List<Sharding> results,
      List<String> summed,
      String whole,
      Set<String> notes) {
    @Override
    public String toString() {
      StringBuilder out = new StringBuilder(mnemonic).append(ShardingException.at(loc));
      out.append(": ").append(operands).append(" -> ").append(results);
      if (!summed.isEmpty()) {
        out.append(", parts along ").append(summed);
      }
      if (!whole.isEmpty()) {
        out.append("; not divided: ").append(whole);
      }
      notes.forEach(note -> out.append("; ").append(note));
      return out.toString();
    }
  }

  /**
   * One operation among devices.
   *
   * @param type of what each device has before
   * @param bytes that each device receives, each time
   * @param reader the operation that it is done for
   * @param isInLoop whether it is done in every step of a loop
   */
  public record Collective(
      String mnemonic,
      List<String> axes,
      TensorType type,
      long bytes,
      String reader,
      Loc loc,
      boolean isInLoop) {
    @Override
    public String toString() {
      return "%s of %s along %s, %d bytes%s, for %s%s"
          .formatted(
              mnemonic,
              type,
              axes,
              bytes,
              isInLoop ? " in each step" : "",
              reader,
              ShardingException.at(loc));
    }
  }

  /** Bytes that each device receives in one run, steps of loops counted once. */
  public long bytes() {
    return collectives.stream().mapToLong(Collective::bytes).sum();
  }

  /** The number of collectives of a kind, such as {@code all_reduce}. */
  public long count(String kind) {
    return collectives.stream().filter(c -> c.mnemonic().equals("stablehlo." + kind)).count();
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder("operations\n");
    operations.forEach(o -> out.append("  ").append(o).append('\n'));
    out.append("collectives: ").append(bytes()).append(" bytes to each device\n");
    collectives.forEach(c -> out.append("  ").append(c).append('\n'));
    return out.toString();
  }
}
