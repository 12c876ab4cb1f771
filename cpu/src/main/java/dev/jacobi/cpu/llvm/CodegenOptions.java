package dev.jacobi.cpu.llvm;

import dev.jacobi.cpu.llvm.Llvm.OptLevel;

/**
 * What, beside the text, decides the bytes of an object: part of the disk cache's key.
 *
 * @param target the machine that is compiled for
 * @param level how hard LLVM's code generator works; there are no mid-end passes at any level
 * @param verify whether LLVM's verifier checks the module first (always on in tests)
 */
public record CodegenOptions(Target target, OptLevel level, boolean verify) {

  /** For this machine, at the default level; verified if assertions are on. */
  public static CodegenOptions host() {
    return of(Target.host());
  }

  /** For {@code target}, at the default level; verified if assertions are on. */
  public static CodegenOptions of(Target target) {
    return new CodegenOptions(
        target, OptLevel.DEFAULT, CodegenOptions.class.desiredAssertionStatus());
  }

  /** The same at another level. */
  public CodegenOptions withLevel(OptLevel other) {
    return new CodegenOptions(target, other, verify);
  }

  /** The same with the verifier on or off. */
  public CodegenOptions withVerify(boolean on) {
    return new CodegenOptions(target, level, on);
  }

  /** The part of the disk cache's key that stands for these options. */
  public String key() {
    return String.join(
        "\n", Llvm.VERSION, target.triple(), target.cpu(), target.features(), level.name());
  }
}
