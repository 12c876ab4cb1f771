package dev.jacobi.cpu.fuse;

import dev.jacobi.hlo.Instr;

/** One thing a block does, in order. Views and constants are no steps. */
public sealed interface Step {
  /** A scalar function: it runs in registers. */
  record Scalar(Instr instr) implements Step {}

  /** A loop nest. */
  record Fused(Group group) implements Step {}

  /** Anything that has code of its own. */
  record Single(Instr instr) implements Step {}
}
