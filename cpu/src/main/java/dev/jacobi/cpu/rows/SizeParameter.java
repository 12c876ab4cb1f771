package dev.jacobi.cpu.rows;

import dev.jacobi.cpu.fuse.Inline;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.DynamicOp;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The size of the batch as one more parameter, where a program computes with it as a value. */
final class SizeParameter {
  private final Value size = new Value(TensorType.scalar(DType.I32));
  private final Map<Value, Instr> makers = new IdentityHashMap<>();
  private final Map<Value, Value> now = new IdentityHashMap<>();

  private SizeParameter() {}

  /** The program with calls written out and the size, an i32, as its last parameter. */
  static HloModule added(HloModule given) {
    HloModule module = Inline.run(given);
    HloFunc main = module.main();
    Block body = new SizeParameter().body(main.body());
    Map<String, HloFunc> funcs = new java.util.LinkedHashMap<>(module.funcs());
    funcs.put("main", new HloFunc("main", true, body));
    return new HloModule(module.name(), funcs, module.attrs());
  }

  private Block body(Block old) {
    List<Value> params = new ArrayList<>(old.params());
    params.add(size);
    Block inner = block(old);
    return new Block(params, inner.instrs(), inner.results());
  }

  private Block block(Block old) {
    List<Instr> out = new ArrayList<>();
    for (Instr i : old.instrs()) {
      i.results().forEach(v -> makers.put(v, i));
      Op op = i.op().mapOperands(this::use);
      if (op instanceof ControlOp.OptimizationBarrier b && isSize(b)) {
        now.put(i.result(), size);
        continue;
      }
      if (!op.regions().isEmpty()) {
        op = op.withRegions(op.regions().stream().map(this::block).toList());
      }
      out.add(new Instr(op, i.results(), i.loc()));
    }
    return new Block(old.params(), out, old.results().stream().map(this::use).toList());
  }

  private Value use(Value v) {
    return now.getOrDefault(v, v);
  }

  private boolean isSize(ControlOp.OptimizationBarrier b) {
    return b.operands().size() == 1
        && makers.get(b.operands().getFirst()) instanceof Instr i
        && i.op() instanceof DynamicOp.GetDimensionSize g
        && !g.operand().shape().isStatic(g.dimension());
  }
}
