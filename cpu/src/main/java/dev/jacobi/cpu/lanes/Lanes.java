package dev.jacobi.cpu.lanes;

import dev.jacobi.cpu.steps.Ranges;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Turns loops inside out. Where every step treats the elements along some dimensions alike and
 * apart, a lane takes all its steps before the next one begins, with its state in registers.
 */
public final class Lanes {
  private Lanes() {}

  /**
   * What a lane of the loop does, if it can be divided.
   *
   * @param constants what is known of values from outside of the loop
   * @param checked whether it may have checks
   * @param told is told why not
   */
  public static Optional<LaneProgram> of(
      Instr instr,
      ControlOp.While o,
      Function<Value, Optional<Literal>> constants,
      boolean checked,
      Consumer<String> told) {
    try {
      return Optional.of(divide(instr, o, LaneDims.of(instr, o, constants, checked), constants));
    } catch (Unfit e) {
      told.accept(e.getMessage());
      return Optional.empty();
    }
  }

  private static LaneProgram divide(
      Instr instr, ControlOp.While o, LaneDims dims, Function<Value, Optional<Literal>> constants) {
    Set<Integer> changing = changing(o);
    if (changing.stream().allMatch(k -> instr.results().get(k).shape().isScalar())) {
      throw new Unfit("only scalars change");
    }
    if (instr.results().stream().anyMatch(v -> v.shape().size() == 0)) {
      throw new Unfit("an array is empty");
    }
    dims.findTwins();
    Set<Value> inMemory = inMemory(o);
    List<Value> params = changing.stream().map(o.body().params()::get).toList();
    List<Integer> lanes = lanes(dims, params);
    for (Value p : params) {
      if (inMemory.contains(p) && !lanes.isEmpty() && own(dims, p, lanes).isEmpty()) {
        throw new Unfit("an array in memory that all lanes share");
      }
    }
    LaneProgram lane = new Scalarizer(dims, lanes, inMemory, constants).run(instr, o);
    return lane.withBlock(Ranges.run(lane.block(), constants));
  }

  static boolean changes(ControlOp.While o, int k) {
    return o.body().results().get(k) != o.body().params().get(k);
  }

  /**
   * The classes along which the largest array that changes is divided; every other one either is
   * divided alike or is the same for all lanes.
   */
  private static List<Integer> lanes(LaneDims dims, List<Value> params) {
    Value largest =
        Collections.max(params, (a, b) -> Long.compare(a.shape().size(), b.shape().size()));
    List<Integer> lanes = new ArrayList<>();
    for (int d = 0; d < largest.shape().rank(); d++) {
      int root = dims.of(largest, d);
      if (!dims.isMixed(root) && largest.shape().dim(d) > 1) {
        lanes.add(root);
      }
    }
    boolean again = true;
    while (again) {
      again = false;
      for (Value p : params) {
        List<Integer> own = own(dims, p, lanes);
        again |= !own.isEmpty() && lanes.retainAll(own);
      }
    }
    return lanes;
  }

  private static List<Integer> own(LaneDims dims, Value v, List<Integer> lanes) {
    return IntStream.range(0, v.shape().rank())
        .map(d -> dims.of(v, d))
        .boxed()
        .filter(lanes::contains)
        .toList();
  }

  /** Values of arrays that are read or written at run-time indices: they stay in memory. */
  private static Set<Value> inMemory(ControlOp.While o) {
    Set<Value> all = Collections.newSetFromMap(new IdentityHashMap<>());
    int before;
    do {
      before = all.size();
      carried(o, all);
    } while (all.size() > before);
    return all;
  }

  private static void carried(ControlOp.While o, Set<Value> all) {
    collect(o.body(), all);
    collect(o.cond(), all);
    for (int k = 0; k < o.inits().size(); k++) {
      Value param = o.body().params().get(k);
      Value cond = o.cond().params().get(k);
      if (all.contains(param) || all.contains(cond)) {
        all.addAll(List.of(param, cond, o.body().results().get(k), o.inits().get(k)));
      }
    }
  }

  private static void collect(Block block, Set<Value> all) {
    for (Instr i : block.instrs().reversed()) {
      Op op = i.op();
      switch (op) {
        case IndexOp.DynamicSlice s -> {
          if (!s.operand().shape().equals(i.result().shape())) {
            all.add(s.operand());
          }
        }
        case IndexOp.DynamicUpdateSlice s -> all.addAll(List.of(s.operand(), i.result()));
        case IndexOp.Gather s -> all.add(s.operand());
        case IndexOp.Scatter s -> {
          all.addAll(s.inputs());
          all.addAll(i.results());
        }
        case ControlOp.While w -> {
          for (int k = 0; k < w.inits().size(); k++) {
            if (all.contains(i.results().get(k))) {
              all.add(w.body().results().get(k));
              all.add(w.body().params().get(k));
            }
          }
          carried(w, all);
        }
        default -> op.regions().forEach(r -> collect(r, all));
      }
    }
  }

  /** The parameters of a loop that change, without those that do not. */
  static Set<Integer> changing(ControlOp.While o) {
    Set<Integer> all = new LinkedHashSet<>();
    for (int k = 0; k < o.inits().size(); k++) {
      if (changes(o, k)) {
        all.add(k);
      }
    }
    return all;
  }
}
