package dev.jacobi.cpu.loop;

import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Value;
import java.util.Set;

/** A group has no nest; the block must be divided again with these values kept apart. */
final class Unfusable extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Set<Value> inMemory;
  private final transient Set<Instr> unfused;

  Unfusable(Set<Value> inMemory, Set<Instr> unfused) {
    super("no affine nest", null, false, false);
    this.inMemory = inMemory;
    this.unfused = unfused;
  }

  Set<Value> inMemory() {
    return inMemory;
  }

  Set<Instr> unfused() {
    return unfused;
  }
}
