package dev.jacobi.hlo.refine;

import dev.jacobi.hlo.CollectiveOp;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.RandomOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.verify.Verifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Integers that follow from sizes are computed, as far as they may describe a shape.
 *
 * @param ofAnySize whether arrays whose sizes are unknown may
 */
record Folding(HloModule module, Runner runner, Callees callees, boolean ofAnySize) {
  /** More elements than that do not describe a shape. */
  private static final int MAX_ELEMENTS = 1024;

  static boolean describesShapes(TensorType t) {
    boolean integers = t.dtype().isInteger() || t.dtype() == DType.BOOL;
    return integers && !t.isNarrow() && t.shape().isStatic() && t.shape().size() <= MAX_ELEMENTS;
  }

  /** The values of an operation's results, if it is made of known integers and gives such. */
  Optional<List<Literal>> of(Op op, List<TensorType> stated, Scope scope) {
    if (op instanceof ElementwiseOp.Constant c) {
      return describesShapes(c.literal().type())
          ? Optional.of(List.of(c.literal()))
          : Optional.empty();
    }
    if (!isArithmetic(op)
        || stated.isEmpty()
        || !stated.stream().allMatch(this::mayDescribeShapes)) {
      return Optional.empty();
    }
    List<Literal> operands = new ArrayList<>();
    for (Value v : op.operands()) {
      Optional<Literal> known = scope.known(v);
      if (known.isEmpty()) {
        return Optional.empty();
      }
      operands.add(known.get());
    }
    HloModule program = program(op, operands, scope);
    boolean small = program.main().outputs().stream().allMatch(Folding::describesShapes);
    return small ? Optional.of(runner.run(program, operands)) : Optional.empty();
  }

  private boolean isArithmetic(Op op) {
    if (op instanceof ControlOp.Call call) {
      return callees.isArithmetic(call.callee());
    }
    boolean other = op instanceof ControlOp || op instanceof RandomOp || op instanceof CollectiveOp;
    return !other && op.regions().isEmpty();
  }

  private boolean mayDescribeShapes(TensorType t) {
    return t.shape().isStatic() ? describesShapes(t) : ofAnySize;
  }

  private HloModule program(Op op, List<Literal> operands, Scope scope) {
    HloBuilder main = new HloBuilder().at(scope.loc());
    List<Value> params = operands.stream().map(l -> main.param(l.type())).toList();
    int[] next = {0};
    List<Value> results = main.addAll(op.mapOperands(_ -> params.get(next[0]++)));
    Map<String, HloFunc> funcs = new LinkedHashMap<>();
    funcs.put("main", new HloFunc("main", true, main.build(results)));
    if (op instanceof ControlOp.Call call) {
      callees.reached(call.callee()).forEach(name -> funcs.put(name, module.func(name)));
    }
    HloModule program = new HloModule("", funcs, Map.of());
    Verifier.verify(program);
    return program;
  }
}
