package dev.jacobi.hlo.partition;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Leaves out what nobody reads. All devices run one program, so collectives may go as well. */
final class Unused {
  private final Set<Value> read = new HashSet<>();

  private Unused() {}

  static Block without(Block block) {
    return new Unused().block(block);
  }

  private Block block(Block block) {
    read.addAll(block.results());
    List<Instr> kept = new ArrayList<>();
    for (Instr instr : block.instrs().reversed()) {
      Op op = instr.op();
      if (instr.results().stream().noneMatch(read::contains) && !Spmd.hasEffect(op)) {
        continue;
      }
      if (!op.regions().isEmpty()) {
        op = op.withRegions(op.regions().stream().map(this::block).toList());
      }
      read.addAll(op.operands());
      kept.add(new Instr(op, instr.results(), instr.loc()));
    }
    return new Block(block.params(), kept.reversed(), block.results());
  }
}
