package dev.jacobi.hlo.fuzz;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.DynamicOp;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.fuzz.Differential.Failure;
import dev.jacobi.hlo.interpret.Interpreter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * One operation of a program with what an engine gave it and got from it.
 *
 * @param program the operation alone; its parameters are what the operation reads
 * @param funcs the functions that it may call
 * @param operands values of the program's parameters
 * @param results what the engine got, in its whole program
 */
record Alone(
    Instr instr,
    HloModule program,
    Map<String, HloFunc> funcs,
    List<Literal> operands,
    List<Literal> results) {

  static Alone of(Instr instr, Map<String, HloFunc> funcs, Map<Value, Literal> values) {
    Set<Value> reads = new LinkedHashSet<>(instr.op().operands());
    reads.addAll(instr.op().captures());
    List<Instr> instrs = new ArrayList<>();
    if (instr.op() instanceof DynamicOp op) { // What its shape follows from must be constant.
      for (Value v : op.operands()) {
        if (v.dtype().isInteger() && v.shape().rank() < 2 && reads.remove(v)) {
          instrs.add(new Instr(new ElementwiseOp.Constant(values.get(v)), List.of(v), Loc.UNKNOWN));
        }
      }
    }
    instrs.add(instr);
    List<Value> params = List.copyOf(reads);
    return new Alone(
        instr,
        Programs.module(new Block(params, instrs, instr.results()), funcs),
        funcs,
        params.stream().map(values::get).toList(),
        instr.results().stream().map(values::get).toList());
  }

  /** The operation with other results. */
  Alone with(List<Literal> others) {
    return new Alone(instr, program, funcs, operands, others);
  }

  /** The operation with other operands in place of those that the engine had. */
  Alone reading(UnaryOperator<Literal> f) {
    return new Alone(instr, program, funcs, operands.stream().map(f).toList(), results);
  }

  /** The value that the operation read. */
  Literal value(Value read) {
    return operands.get(program.main().body().params().indexOf(read));
  }

  /** The interpreter's results. It makes signalling NaNs quiet, which bits must not see. */
  List<Literal> interpreted() {
    if (instr.op() instanceof ElementwiseOp.BitcastConvert o
        && !o.operand().dtype().isBool()
        && !o.type().dtype().isBool()) {
      return List.of(Literal.wrap(o.type(), operands.getFirst().data()));
    }
    return Interpreter.run(program, operands);
  }

  /** A failure of this operation, if there is a difference. */
  Optional<Failure> failure(Optional<String> different) {
    return different.map(d -> new Failure(instr.op().mnemonic() + ": " + d, program, operands));
  }

  /** Compares other results with the engine's, to the bit. */
  Optional<Failure> same(List<Literal> others, String what) {
    for (int k = 0; k < others.size(); k++) {
      Optional<String> different = Closeness.exact(results.get(k), others.get(k));
      if (different.isPresent()) {
        return failure(different.map(d -> what + ": " + d));
      }
    }
    return Optional.empty();
  }
}
