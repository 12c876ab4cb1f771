package dev.jacobi.cpu.llvm;

/**
 * A piece of a module that is compiled by itself. It may call functions of the other pieces.
 *
 * @param ir its text
 * @param cold whether what it does is not worth good code
 */
public record IrPart(String ir, boolean cold) {

  /** How to compile it, where {@code usual} is how to compile a whole program. */
  public CodegenOptions options(CodegenOptions usual) {
    return cold ? usual.withLevel(Llvm.OptLevel.NONE) : usual;
  }
}
