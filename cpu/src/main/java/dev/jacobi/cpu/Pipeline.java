package dev.jacobi.cpu;

import dev.jacobi.cpu.emit.ProgramEmitter;
import dev.jacobi.cpu.fuse.Cleanup;
import dev.jacobi.cpu.fuse.Dots;
import dev.jacobi.cpu.fuse.Expand;
import dev.jacobi.cpu.fuse.Inline;
import dev.jacobi.cpu.fuse.Linalg;
import dev.jacobi.cpu.fuse.Promote;
import dev.jacobi.cpu.fuse.Simplify;
import dev.jacobi.cpu.fuse.Windows;
import dev.jacobi.cpu.llvm.CodegenOptions;
import dev.jacobi.cpu.llvm.IrPart;
import dev.jacobi.cpu.llvm.Llvm;
import dev.jacobi.cpu.llvm.Target;
import dev.jacobi.cpu.run.ObjectCache;
import dev.jacobi.cpu.steps.Ahead;
import dev.jacobi.cpu.steps.Ranges;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.config.Config;
import dev.jacobi.hlo.spi.CompileOptions;
import dev.jacobi.hlo.text.HloPrinter;
import dev.jacobi.hlo.verify.Verifier;
import java.util.List;
import java.util.function.UnaryOperator;

/** The compiler from top to bottom: verified HLO in, objects out. */
final class Pipeline {
  /** A named rewrite of the program. */
  record Pass(String name, UnaryOperator<HloModule> run) {}

  /** The passes over HLO, in order. Afterwards there are no composites or small calls. */
  static final List<Pass> PASSES =
      List.of(
          new Pass("expand", Expand::run),
          new Pass("linalg", Linalg::run),
          new Pass("inline", Inline::run),
          new Pass("promote", Promote::run),
          new Pass("windows", Windows::run),
          new Pass("simplify", Simplify::run),
          new Pass("merge-equal", Cleanup::mergeEqual),
          new Pass("remove-dead", Cleanup::removeDead),
          new Pass("ranges", Ranges::run),
          new Pass("ahead", Ahead::run),
          new Pass("narrow-barriers", Cleanup::narrowBarriers),
          new Pass("simplify-again", Simplify::run),
          new Pass("fold-transposes", Dots::foldTransposes),
          new Pass("remove-dead-again", Cleanup::removeDead));

  /** Pieces of a program that LLVM compiles side by side; one where processes do that already. */
  private static final int PIECES =
      Config.getInt("pieces", 1, Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4));

  /** What compiling gives. */
  record Result(ProgramEmitter.Program program, List<byte[]> objects) {}

  private Pipeline() {}

  /**
   * Compiles a module that the verifier has accepted.
   *
   * @param checkedLanes see {@link ProgramEmitter.Options}
   * @param devices see {@link ProgramEmitter.Options}
   */
  static Result compile(
      HloModule module, CompileOptions options, Target target, boolean checkedLanes, int devices) {
    Dump dump = Dump.of(module.name());
    HloModule hlo = canonical(module, dump);
    ProgramEmitter.Options emit =
        new ProgramEmitter.Options(
            target.irTarget(), target.isa(), options.threads() != 1, checkedLanes, devices);
    ProgramEmitter.Program program = ProgramEmitter.emit(hlo, emit, dump::write);
    dump.time("emit");
    dump.write("llvm", program::ir);
    CodegenOptions codegen = CodegenOptions.of(target);
    dump.write("asm", () -> Llvm.assembly(module.name(), program.ir(), codegen));
    List<IrPart> parts = program.module().parts(PIECES);
    dump.time("divide");
    List<byte[]> objects = ObjectCache.shared().compile(module.name(), parts, codegen);
    dump.time("compile");
    return new Result(program, objects);
  }

  /** Runs the passes; each one's output is verified when assertions are on. */
  static HloModule canonical(HloModule module, Dump dump) {
    HloModule now = module;
    for (Pass pass : PASSES) {
      HloModule next = pass.run.apply(now);
      if (next != now) {
        assert verified(pass, next);
        dump.write("hlo", pass.name, () -> HloPrinter.print(next));
      }
      now = next;
      dump.time(pass.name);
    }
    return now;
  }

  private static boolean verified(Pass pass, HloModule module) {
    try {
      Verifier.verify(module);
      return true;
    } catch (RuntimeException e) {
      throw new IllegalStateException("pass " + pass.name + " broke the program", e);
    }
  }
}
