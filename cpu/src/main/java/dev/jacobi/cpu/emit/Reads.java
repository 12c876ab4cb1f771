package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.loop.Launch;
import dev.jacobi.cpu.loop.Launch.Binding;
import dev.jacobi.cpu.loop.Planner.Planned;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Value;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Set;

/** The memory that the steps of a function read. */
final class Reads {
  private final MemoryPlan plan;
  private final Set<Object> read = Collections.newSetFromMap(new IdentityHashMap<>());

  private Reads(MemoryPlan plan) {
    this.plan = plan;
  }

  static Reads of(Block block, MemoryPlan plan) {
    Reads reads = new Reads(plan);
    for (Planned p : plan.steps(block)) {
      switch (p) {
        case Planned.Scalar s -> s.instr().op().operands().forEach(reads::add);
        case Planned.Nests n -> n.launches().forEach(reads::launch);
        case Planned.Single s -> reads.instr(s.instr());
      }
    }
    return reads;
  }

  private void launch(Launch launch) {
    for (Binding b : launch.bindings()) {
      switch (b) {
        case Binding.Array a -> add(a.value());
        case Binding.Window w -> w.slice().operands().forEach(this::add);
        case Binding.Scalar s -> add(s.value());
        case Binding.Result _, Binding.Temp _ -> {}
      }
    }
  }

  private void instr(Instr instr) {
    instr.op().operands().forEach(this::add);
    instr
        .op()
        .regions()
        .forEach(
            region -> {
              region.instrs().forEach(this::instr);
              region.results().forEach(this::add);
            });
  }

  private void add(Value v) {
    read.add(plan.memory(v));
  }

  /** What the memory is like that a launch writes; of several arrays, the least cold. */
  Schedule.Target target(Launch launch) {
    return launch.bindings().stream()
        .map(this::target)
        .min(Comparator.naturalOrder())
        .orElse(Schedule.Target.TEMPORARY);
  }

  private Schedule.Target target(Binding b) {
    return switch (b) {
      case Binding.Array _, Binding.Window _, Binding.Scalar _ -> Schedule.Target.RESULT;
      case Binding.Temp _ -> Schedule.Target.TEMPORARY;
      case Binding.Result r ->
          switch (plan.home(r.value())) {
            case Home.Argument _ -> Schedule.Target.IN_PLACE;
            case Home.Output _ when !read.contains(plan.memory(r.value())) ->
                Schedule.Target.RESULT;
            case Home.Output _, Home.Arena _, Home.Constant _, Home.Elsewhere _ ->
                Schedule.Target.TEMPORARY;
          };
    };
  }
}
