package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Emits a scatter. Updates of the same element combine in the order of the indices, whatever the
 * number of threads: a small scatter is a loop over its windows; a large one is divided where no
 * two windows meet ({@link ScatterSplit}), or every thread takes what falls into its range of the
 * operand ({@link ScatterRanges}).
 */
final class ScatterEmitter {
  private final FunctionEmitter function;

  ScatterEmitter(FunctionEmitter function) {
    this.function = function;
  }

  void emit(IndexOp.Scatter o, Instr instr) {
    List<Val> targets = new ArrayList<>();
    for (int k = 0; k < o.inputs().size(); k++) {
      Value input = o.inputs().get(k);
      Value result = instr.results().get(k);
      Val to = function.address(result);
      if (function.plan().memory(input) != function.plan().memory(result)) {
        function.copied(instr, result.type(), function.plan().refused(result));
        function.copy(result.type(), function.address(input), to);
      }
      targets.add(to);
    }
    List<Val> pointers = new ArrayList<>(targets);
    pointers.add(function.address(o.indices()));
    o.updates().forEach(v -> pointers.add(function.address(v)));
    var shared = function.kernels().scatter(o);
    if (shared.isEmpty()) {
      ScatterWindows.of(function.code(), ScatterSpec.of(o), pointers).all();
      return;
    }
    pointers.add(function.context().pool());
    function.code().call(shared.get(), LType.VOID, pointers.toArray(Val[]::new));
  }
}
