package dev.jacobi.cpu.emit;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Value;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Which scalars of a lane's program may differ between lanes. */
final class Varying {
  private final Set<Value> all = Collections.newSetFromMap(new IdentityHashMap<>());

  private Varying() {}

  static Set<Value> of(Block block, Collection<Value> coords) {
    Varying v = new Varying();
    v.all.addAll(coords);
    int before;
    do { // What the body of a loop gives its parameters shows only afterwards.
      before = v.all.size();
      v.visit(block);
    } while (v.all.size() > before);
    return v.all;
  }

  private void visit(Block block) {
    block.instrs().forEach(this::visit);
  }

  private void visit(Instr instr) {
    switch (instr.op()) {
      case ControlOp.While o -> loop(instr, o);
      case ControlOp.If o -> branches(instr, List.of(o.onTrue(), o.onFalse()));
      case ControlOp.Case o -> branches(instr, o.branches());
      case IndexOp.DynamicSlice o -> {
        if (o.starts().stream().anyMatch(all::contains)) {
          all.addAll(instr.results());
        }
      }
      default -> {
        if (instr.op().operands().stream().anyMatch(all::contains)) {
          all.addAll(instr.results());
        }
      }
    }
  }

  private void loop(Instr instr, ControlOp.While o) {
    boolean divides = all.contains(o.cond().results().getFirst());
    for (int k = 0; k < o.inits().size(); k++) {
      List<Value> carried =
          List.of(
              o.inits().get(k),
              o.body().results().get(k),
              o.body().params().get(k),
              instr.results().get(k));
      boolean isScalar = instr.results().get(k).shape().isScalar();
      if (isScalar && (divides || carried.stream().anyMatch(all::contains))) {
        all.add(o.body().params().get(k));
        all.add(o.cond().params().get(k));
        all.add(instr.results().get(k));
      }
    }
    visit(o.cond());
    visit(o.body());
  }

  private void branches(Instr instr, List<Block> branches) {
    for (Block b : branches) {
      visit(b);
      for (int k = 0; k < instr.results().size(); k++) {
        if (all.contains(b.results().get(k))) {
          all.add(instr.results().get(k));
        }
      }
    }
  }
}
