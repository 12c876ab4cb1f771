package dev.jacobi.cpu.llvm;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.cpu.llvm.IrModule.Param;
import dev.jacobi.cpu.run.ElfLoader;
import dev.jacobi.cpu.run.ObjectCache;
import dev.jacobi.cpu.run.Symbols;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.ref.Reference;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pieces of a module compute together what the module computes. */
class PartitionTest {
  private static final int KERNELS = 4;

  /**
   * {@code entry(x)} passes x through four kernels, thirty times. Each calls a shared helper and
   * adds what it finds in a table; the second one also calls the cold function {@code late}.
   */
  private static IrModule module(boolean cold) {
    IrModule module = new IrModule("test", IrTarget.MODERN);
    FnEmitter entry = module.function("entry", LType.I64, new Param(LType.I64, "x"));
    FnEmitter late = module.internalFunction("late", LType.I64, new Param(LType.I64, "x"));
    late.ret(late.add(late.param(0), Val.i64(1000)));
    late.cold();
    IntStream.range(0, KERNELS).forEach(k -> kernel(module, k));
    Val x = entry.param(0);
    for (int i = 0; i < 30 * KERNELS; i++) {
      x = entry.call("k" + i % KERNELS, LType.I64, x);
    }
    entry.ret(x);
    if (cold) {
      entry.cold();
    }
    return module;
  }

  private static void kernel(IrModule module, int k) {
    module.helper(
        "halve",
        LType.I64,
        List.of(new Param(LType.I64, "x")),
        h -> h.ret(h.ashr(h.param(0), Val.i64(1))));
    FnEmitter f = module.internalFunction("k" + k, LType.I64, new Param(LType.I64, "x"));
    Val table = module.integerTable(LType.I64, k + 1, 10L * k);
    Val sum = f.call("halve", LType.I64, f.param(0));
    for (int i = 0; i < 40; i++) {
      Val index = f.and(f.add(f.param(0), Val.i64(i)), Val.i64(1));
      sum = f.add(sum, f.load(LType.I64, f.gep(LType.I64, table, index)));
    }
    f.ret(k == 1 ? f.call("late", LType.I64, sum) : sum);
  }

  @SuppressWarnings("restricted")
  private static long call(List<byte[]> objects, long x) throws Throwable {
    var code = ElfLoader.load(objects, Symbols.NONE);
    var type = FunctionDescriptor.of(JAVA_LONG, JAVA_LONG);
    long y =
        (long) Linker.nativeLinker().downcallHandle(code.function("entry"), type).invokeExact(x);
    Reference.reachabilityFence(code);
    return y;
  }

  private static long expected(long start) {
    long x = start;
    for (int i = 0; i < 30 * KERNELS; i++) {
      int k = i % KERNELS;
      x = (x >> 1) + 20L * (k + 1) + 200L * k + (k == 1 ? 1000 : 0);
    }
    return x;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 16})
  void piecesCallEachOther(int most) throws Throwable {
    for (boolean cold : new boolean[] {false, true}) {
      var parts = module(cold).parts(most);
      var options = CodegenOptions.host().withVerify(true);
      String name = String.format(Locale.ROOT, "pieces %d %b", most, cold);
      assertThat(call(ObjectCache.shared().compile(name, parts, options), 5))
          .isEqualTo(expected(5));
    }
  }

  @Test
  void coldCodeIsApart() {
    var parts = module(true).parts(2);
    assertThat(parts).hasSize(3);
    assertThat(parts.stream().filter(IrPart::cold)).hasSize(1);
    assertThat(parts.getLast().ir()).contains("define i64 @entry", "declare i64 @k0(i64)");
    assertThat(parts.getLast().ir()).doesNotContain("@c0", "@halve");
    assertThat(parts.getFirst().ir()).contains("define internal i64 @halve");
  }

  @Test
  void smallModulesStayWhole() {
    IrModule module = new IrModule("small", IrTarget.MODERN);
    FnEmitter f = module.function("f", LType.I64, new Param(LType.I64, "x"));
    f.ret(f.param(0));
    assertThat(module.parts(4)).containsExactly(new IrPart(module.toString(), false));
  }

  @Test
  void loopsAreNeverCold() {
    IrModule module = new IrModule("loop", IrTarget.MODERN);
    FnEmitter f = module.function("f", LType.VOID, new Param(LType.PTR, "p"));
    f.forLoop(Val.i64(0), Val.i64(9), Val.i64(1), i -> f.store(i, f.param(0)));
    f.ret();
    f.cold();
    assertThat(f.isCold()).isFalse();
  }
}
