package dev.jacobi.cpu.rows;

import dev.jacobi.hlo.Instr;

/** A program cannot be computed some rows at a time: an operation mixes rows. */
final class NotByRows extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotByRows(String message) {
    super(message, null, false, false);
  }

  NotByRows(Instr instr) {
    this(instr.op().mnemonic() + " (" + instr.loc() + ") mixes rows");
  }
}
