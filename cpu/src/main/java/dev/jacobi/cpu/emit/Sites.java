package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.fuse.Effects;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.HloModule;
import java.util.ArrayList;
import java.util.List;

/**
 * The places where a program asks something of Java, by number; functions with some give a status.
 */
final class Sites {
  /** The status of a function that ended early, see {@code Program}. */
  static final int FAILED = 1;

  private final HloModule module;
  private final Effects effects;
  private final List<Site> all = new ArrayList<>();

  Sites(HloModule module) {
    this.module = module;
    this.effects = Effects.of(module);
  }

  int add(Site site) {
    all.add(site);
    return all.size() - 1;
  }

  List<Site> all() {
    return List.copyOf(all);
  }

  /** Whether a function may end early, and so gives a status. */
  boolean mayLeave(String function) {
    return mayLeave(module.func(function).body());
  }

  /** Whether the program calls Java. */
  boolean mayCall() {
    return module.funcs().values().stream().anyMatch(f -> Effects.mayCall(f.body()));
  }

  boolean mayLeave(Block body) {
    return effects.mayLeave(body);
  }
}
