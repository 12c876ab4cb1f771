package dev.jacobi.hlo;

import java.util.List;

/**
 * Straight-line code: parameters, instructions in order, and the values that it returns. Every
 * operand is a parameter, an earlier result, or (in the regions of while, case and if) a value of
 * an enclosing block. A value is defined once.
 */
public record Block(List<Value> params, List<Instr> instrs, List<Value> results) {
  public Block {
    params = List.copyOf(params);
    instrs = List.copyOf(instrs);
    results = List.copyOf(results);
  }

  public List<TensorType> paramTypes() {
    return params.stream().map(Value::type).toList();
  }

  public List<TensorType> resultTypes() {
    return results.stream().map(Value::type).toList();
  }
}
