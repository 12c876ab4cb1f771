package dev.jacobi.hlo.interpret;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which values nobody needs after an instruction: a program holds the arrays that it still reads,
 * not every one that it ever made. A block ends the lives of its own values only, since it may run
 * again and then read those of the blocks around it once more.
 */
final class LastUses {
  private final Map<Block, List<List<Value>>> dying = new IdentityHashMap<>();

  LastUses(HloModule module) {
    module.funcs().values().forEach(f -> block(f.body()));
  }

  /** The block's values that are not read after its instruction {@code i}. */
  List<Value> after(Block block, int i) {
    return dying.get(block).get(i);
  }

  /** Returns what the block reads of the blocks around it. */
  private Set<Value> block(Block block) {
    Set<Value> later = new HashSet<>(block.results());
    List<List<Value>> ends = new ArrayList<>();
    for (Instr instr : block.instrs().reversed()) {
      Set<Value> reads = new HashSet<>(instr.op().operands());
      instr.op().regions().forEach(region -> reads.addAll(block(region)));
      List<Value> last = new ArrayList<>();
      instr.results().stream().filter(v -> !later.remove(v)).forEach(last::add);
      reads.stream().filter(later::add).forEach(last::add);
      ends.add(last);
    }
    block.params().forEach(later::remove);
    Set<Value> outer = later;
    dying.put(block, ends.reversed().stream().map(l -> own(l, outer)).toList());
    return outer;
  }

  private static List<Value> own(List<Value> values, Set<Value> outer) {
    return values.stream().filter(v -> !outer.contains(v)).toList();
  }
}
