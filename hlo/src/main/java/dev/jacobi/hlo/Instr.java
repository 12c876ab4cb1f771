package dev.jacobi.hlo;

import java.util.List;

/** An operation at its place in a block, with the values that it defines. */
public record Instr(Op op, List<Value> results, Loc loc) {
  public Instr {
    results = List.copyOf(results);
  }

  /** The only result. */
  public Value result() {
    if (results.size() != 1) {
      throw new HloTypeException(op.mnemonic() + " has " + results.size() + " results, not one");
    }
    return results.getFirst();
  }
}
