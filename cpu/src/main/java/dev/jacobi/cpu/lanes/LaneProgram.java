package dev.jacobi.cpu.lanes;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A loop as what each of its lanes does: loads, one loop over scalars, stores. Operations are
 * StableHLO's on scalars, and slices and updates of one element; loops in it end lane by lane.
 *
 * @param sizes of the dimensions that lanes are numbered by, in row-major order; none if the loop
 *     is not divided but its small arrays are scalars
 * @param coords where a lane is along each of these, i64 scalars
 * @param outs per result of the loop: the array to write, unless it is a scalar or unchanged
 * @param updated per result of the loop: whether the array to write begins as the initial value
 * @param trees the dot products of two rows whose products are summed in halves, as where one
 *     vector holds them; the others are summed in order
 * @param block its parameters are the coordinates and the arrays to write; its results are, per
 *     result of the loop that changes, the array as it was written or the scalar
 */
public record LaneProgram(
    List<Long> sizes,
    List<Value> coords,
    List<Optional<Value>> outs,
    List<Boolean> updated,
    Set<Value> trees,
    Block block) {
  public LaneProgram {
    sizes = List.copyOf(sizes);
    coords = List.copyOf(coords);
    outs = List.copyOf(outs);
    updated = List.copyOf(updated);
  }

  /** The program alone: what it reads of its surroundings are further parameters. */
  public HloModule module() {
    List<Value> params = new ArrayList<>(block.params());
    params.addAll(block.free());
    Block all = new Block(params, block.instrs(), block.results());
    return new HloModule("lane", Map.of("main", new HloFunc("main", true, all)), Map.of());
  }

  LaneProgram withBlock(Block now) {
    return new LaneProgram(sizes, coords, outs, updated, trees, now);
  }

  /** How many lanes there are. */
  public long count() {
    return sizes.stream().reduce(1L, Math::multiplyExact);
  }
}
