package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.lanes.LaneProgram;
import dev.jacobi.cpu.lanes.Lanes;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.text.HloPrinter;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Which loops of a function run lane by lane, and why the others do not. */
final class LoopKinds {
  private final Map<Op, LaneProgram> lanes = new IdentityHashMap<>();
  private final Map<Op, String> reasons = new IdentityHashMap<>();

  private final boolean checked;

  /**
   * Of no loops yet.
   *
   * @param checked whether loops with checks may run lane by lane
   */
  LoopKinds(boolean checked) {
    this.checked = checked;
  }

  /** Looks at a loop, given what is known of values from outside. */
  void find(Instr instr, ControlOp.While o, Function<Value, Optional<Literal>> constants) {
    Lanes.of(instr, o, constants, checked, why -> reasons.put(o, why))
        .ifPresent(p -> lanes.put(o, p));
  }

  boolean isByLane(Op op) {
    return lanes.containsKey(op);
  }

  /** What a lane does of a loop that runs lane by lane. */
  LaneProgram program(ControlOp.While o) {
    return lanes.get(o);
  }

  /** What lanes do, loop by loop. */
  String programs() {
    return lanes.values().stream()
        .map(p -> HloPrinter.print(p.module()))
        .collect(Collectors.joining("\n"));
  }

  /** The results of a loop that begin as an initial value and are updated. */
  Map<Integer, Integer> updated(ControlOp.While o) {
    return IntStream.range(0, o.inits().size())
        .filter(k -> program(o).updated().get(k))
        .boxed()
        .collect(Collectors.toMap(k -> k, k -> k));
  }

  /** How a loop runs, in a line. */
  String text(ControlOp.While o) {
    return isByLane(o) ? "lane by lane: " + program(o).sizes() : "step by step: " + reasons.get(o);
  }
}
