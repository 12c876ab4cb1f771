package dev.jacobi.hlo;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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

  /** The values of enclosing blocks that this one reads, in the order of their first use. */
  public Set<Value> free() {
    Set<Value> read = new LinkedHashSet<>();
    Set<Value> defined = new HashSet<>(params);
    for (Instr i : instrs) {
      read.addAll(i.op().operands());
      read.addAll(i.op().captures());
      defined.addAll(i.results());
    }
    read.addAll(results);
    read.removeAll(defined);
    return read;
  }
}
