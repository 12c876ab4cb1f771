package dev.jacobi.cpu.math;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.cpu.llvm.CodegenOptions;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.IrModule;
import dev.jacobi.cpu.llvm.IrModule.Param;
import dev.jacobi.cpu.llvm.Isa;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Llvm;
import dev.jacobi.cpu.llvm.Target;
import dev.jacobi.cpu.llvm.Val;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
class TargetsTest {
  private static final Pattern CALL =
      Pattern.compile("^\\s+(?:callq?|bl)\\s+(\\S+)", Pattern.MULTILINE);

  /** Every function, in both precisions, for every instruction set, without a call of a library. */
  @ParameterizedTest
  @EnumSource
  void everyFunctionIsInlineEverywhere(Isa isa) {
    IrModule module = new IrModule("all", Target.of(isa).irTarget());
    for (LType element : new LType[] {LType.FLOAT, LType.DOUBLE, LType.HALF, LType.BFLOAT}) {
      LType type = element.lanes(isa.vectorBytes() / Math.max(4, element.elemBytes()));
      FnEmitter f = module.function("f" + element, LType.VOID, new Param(LType.PTR, "p"));
      Val p = f.param(0);
      for (MathFn fn : MathFn.values()) {
        f.store(fn.emit(f, f.load(type, p)), p);
      }
      Val x = f.load(type, p);
      Val y = f.load(type, p);
      f.store(VecMath.pow(f, x, y), p);
      f.store(VecMath.atan2(f, x, y), p);
      f.store(VecMath.rem(f, x, y), p);
      f.store(VecMath.nextAfter(f, x, y), p);
      f.store(VecMath.floor(f, VecMath.roundAway(f, x)), p);
      f.store(VecMath.isFinite(f, x), p);
      f.ret();
    }
    String assembly =
        Llvm.assembly("all", module.toString(), CodegenOptions.of(Target.of(isa)).withVerify(true));
    assertThat(CALL.matcher(assembly).results().map(r -> r.group(1)))
        .allMatch(callee -> callee.startsWith("math.") || callee.startsWith("\"math."));
  }
}
