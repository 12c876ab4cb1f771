package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.loop.Launch;
import dev.jacobi.cpu.loop.Launch.Binding;
import dev.jacobi.cpu.loop.Planner.Planned;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Value;
import java.util.Collections;
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

  /**
   * Whether all that a launch writes goes to results of the function, and is not read in it again.
   */
  boolean writesResultsOnly(Launch launch) {
    return launch.bindings().stream()
        .allMatch(
            b ->
                switch (b) {
                  case Binding.Result r ->
                      plan.home(r.value()) instanceof Home.Output
                          && !read.contains(plan.memory(r.value()));
                  case Binding.Temp _ -> false;
                  case Binding.Array _, Binding.Window _, Binding.Scalar _ -> true;
                });
  }
}
