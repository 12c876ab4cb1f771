package dev.jacobi.hlo.partition;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Random shardings that fit, for a program's ends and for values within it. */
record RandomShardings(Mesh mesh, Random random) {
  /** The program with shardings of most arguments and results and of some values in between. */
  HloModule everywhere(HloModule module) {
    Map<String, HloFunc> funcs = new LinkedHashMap<>();
    for (HloFunc f : module.funcs().values()) {
      Block body = constrained(f.body(), new HashMap<>());
      funcs.put(
          f.name(),
          new HloFunc(f.name(), f.isPublic(), body, f.argAttrs(), f.resultAttrs(), f.attrs()));
    }
    return ends(new HloModule(module.name(), funcs, module.attrs()));
  }

  /** The program with shardings of most arguments and results. */
  HloModule ends(HloModule module) {
    return Partitioner.withShardings(
        module, some(module.main().inputs()), some(module.main().outputs()));
  }

  private List<Optional<Sharding>> some(List<TensorType> types) {
    List<Optional<Sharding>> all = new ArrayList<>();
    for (TensorType t : types) {
      boolean unknown = random.nextInt(4) == 0;
      all.add(unknown ? Optional.empty() : Optional.of(of(t.shape())));
    }
    return all;
  }

  private Block constrained(Block block, Map<Value, Value> now) {
    List<Instr> instrs = new ArrayList<>();
    for (Instr instr : block.instrs()) {
      Op op = instr.op().mapOperands(v -> now.getOrDefault(v, v));
      if (!op.regions().isEmpty()) {
        op = op.withRegions(op.regions().stream().map(r -> constrained(r, now)).toList());
      }
      instrs.add(new Instr(op, instr.results(), instr.loc()));
      if (instr.op() instanceof ElementwiseOp.Constant) {
        continue; // it may be a shape, which must be seen to be constant
      }
      for (Value v : instr.results()) {
        if (!v.shape().isScalar() && random.nextInt(4) == 0) {
          Value same = new Value(v.type());
          Op constraint = Spec.of(of(v.shape())).constraint(v, "mesh");
          instrs.add(new Instr(constraint, List.of(same), instr.loc()));
          now.put(v, same);
        }
      }
    }
    List<Value> results = block.results().stream().map(v -> now.getOrDefault(v, v)).toList();
    return new Block(block.params(), instrs, results);
  }

  /** Each axis divides a dimension that it fits, if it finds one. */
  Sharding of(Shape shape) {
    Sharding s = Sharding.replicated(shape.rank());
    List<Mesh.Axis> axes = new ArrayList<>(mesh.axes());
    Collections.shuffle(axes, random);
    for (Mesh.Axis axis : axes) {
      for (int k = 0; k < shape.rank(); k++) {
        int d = random.nextInt(shape.rank());
        List<String> more = new ArrayList<>(s.axes(d));
        more.add(axis.name());
        if (shape.dim(d) % mesh.size(more) == 0) {
          s = s.with(d, more);
          break;
        }
      }
    }
    return s;
  }
}
