package dev.jacobi.hlo.refine;

import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Loc;

/** A program for any size of the batch needs what depends on that size. */
public final class SymbolicSizeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SymbolicSizeException(String message) {
    super(message);
  }

  /** Names the operation and the user's line. */
  public SymbolicSizeException(Instr instr, String why) {
    this(instr.op().mnemonic(), instr.loc(), why);
  }

  /** Names the operation and the user's line. */
  public SymbolicSizeException(String operation, Loc loc, String why) {
    super(
        operation
            + " cannot be compiled for any size of the batch"
            + (loc.isKnown() ? " (" + loc + ")" : "")
            + ": "
            + why);
  }
}
