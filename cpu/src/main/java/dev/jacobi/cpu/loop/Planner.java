package dev.jacobi.cpu.loop;

import dev.jacobi.cpu.fuse.Group;
import dev.jacobi.cpu.fuse.Grouper;
import dev.jacobi.cpu.fuse.Step;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Divides a block into steps whose groups all have nests. */
public final class Planner {
  /** A step of a block with its nests. */
  public sealed interface Planned {
    /** A scalar function. */
    record Scalar(Instr instr) implements Planned {}

    /** The nests of a group, in order. */
    record Nests(Group group, List<Launch> launches) implements Planned {}

    /** Anything that has code of its own. */
    record Single(Instr instr) implements Planned {}
  }

  private Planner() {}

  /** The steps of a block, in order. */
  public static List<Planned> plan(Block block) {
    Map<Value, Instr> defs = new IdentityHashMap<>();
    block.instrs().forEach(i -> i.results().forEach(v -> defs.put(v, i)));
    Grouper.Limits limits = Grouper.Limits.NONE;
    while (true) {
      List<Step> steps = Grouper.divide(block, limits);
      Grouper.Limits wider = limits;
      List<Planned> planned = new ArrayList<>();
      NestBuilder.Scope scope = new NestBuilder.Scope(defs, stored(steps));
      for (Step s : steps) {
        try {
          planned.add(plan(s, scope));
        } catch (Unfusable e) {
          wider = grow(wider, limits, e, s);
        }
      }
      if (wider.equals(limits)) {
        return planned;
      }
      limits = wider;
    }
  }

  private static Grouper.Limits grow(
      Grouper.Limits wider, Grouper.Limits start, Unfusable e, Step s) {
    Grouper.Limits found = e.limits();
    Grouper.Limits gentle = new Grouper.Limits(found.inMemory(), Set.of(), found.ordered());
    if (!start.and(gentle).equals(start)) {
      return wider.and(gentle);
    }
    Set<Instr> apart = new LinkedHashSet<>(found.unfused());
    if (s instanceof Step.Fused f) {
      apart.addAll(f.group().nodes());
    }
    Grouper.Limits hard = new Grouper.Limits(Set.of(), apart, Set.of());
    if (start.and(hard).equals(start)) {
      throw new IllegalStateException("no nest for " + s);
    }
    return wider.and(hard);
  }

  private static Planned plan(Step step, NestBuilder.Scope scope) {
    return switch (step) {
      case Step.Scalar s -> new Planned.Scalar(s.instr());
      case Step.Single s -> new Planned.Single(s.instr());
      case Step.Fused s -> new Planned.Nests(s.group(), NestBuilder.build(s.group(), scope));
    };
  }

  /** The values that are in memory once all steps have run. */
  private static Set<Value> stored(List<Step> steps) {
    Set<Value> stored = new HashSet<>();
    for (Step s : steps) {
      switch (s) {
        case Step.Fused f -> stored.addAll(f.group().roots());
        case Step.Single i -> stored.addAll(i.instr().results());
        case Step.Scalar _ -> {}
      }
    }
    return stored;
  }
}
