package dev.jacobi.cpu.llvm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.cpu.llvm.IrModule.Param;
import dev.jacobi.cpu.run.ElfLoader;
import dev.jacobi.cpu.run.Symbols;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FnEmitterTest {
  private static final LType V8 = LType.FLOAT.lanes(8);

  private static IrModule module() {
    return new IrModule("test", IrTarget.MODERN);
  }

  /** A function of a pointer and a count, compiled and called with the array and its length. */
  @SuppressWarnings("restricted")
  private static long run(MemorySegment array, long n, BiFunction<FnEmitter, Val, Val> body) {
    IrModule module = module();
    FnEmitter f =
        module.function("f", LType.I64, new Param(LType.PTR, "p"), new Param(LType.I64, "n"));
    f.ret(body.apply(f, f.param(1)));
    CodegenOptions options = CodegenOptions.host().withVerify(true);
    var code = ElfLoader.load(Llvm.compile("test", module.toString(), options), Symbols.NONE);
    FunctionDescriptor type = FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_LONG);
    try {
      long result =
          (long)
              Linker.nativeLinker().downcallHandle(code.function("f"), type).invokeExact(array, n);
      Reference.reachabilityFence(code);
      return result;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static long run(long n, BiFunction<FnEmitter, Val, Val> body) {
    return run(MemorySegment.NULL, n, body);
  }

  @Test
  void textIsWhatLlvmReads() {
    IrModule module = module();
    FnEmitter f =
        module.function(
            "axpy",
            LType.VOID,
            new Param(LType.PTR, "x", "noalias"),
            new Param(LType.PTR, "y"),
            new Param(LType.I64, "n"));
    f.forLoop(
        Val.i64(0),
        f.param(2),
        Val.i64(8),
        i -> {
          Val x = f.load(V8, f.gep(LType.FLOAT, f.param(0), i));
          Val y = f.fma(x, Val.fp(V8, 0.1), Val.fp(V8, 1));
          f.store(y, f.gep(LType.FLOAT, f.param(1), i), Mem.aligned(32).asNontemporal());
        });
    f.ret();
    assertThat(module.toString())
        .isEqualTo(
            """
            ; ModuleID = 'test'

            define void @axpy(ptr noalias %x, ptr %y, i64 %n) nounwind {
            entry:
              %v0 = icmp slt i64 0, %n
              br i1 %v0, label %loop0, label %done1
            loop0:
              %v1 = phi i64 [ 0, %entry ], [ %v6, %loop0 ]
              %v2 = getelementptr inbounds float, ptr %x, i64 %v1
              %v3 = load <8 x float>, ptr %v2, align 4
              %v4 = call <8 x float> @llvm.fma.v8f32(<8 x float> %v3, \
            <8 x float> splat (float 0x3FB99999A0000000), \
            <8 x float> splat (float 0x3FF0000000000000))
              %v5 = getelementptr inbounds float, ptr %y, i64 %v1
              store <8 x float> %v4, ptr %v5, align 32, !nontemporal !0
              %v6 = add nsw i64 %v1, 8
              %v7 = icmp slt i64 %v6, %n
              br i1 %v7, label %loop0, label %done1
            done1:
              ret void
            }

            declare <8 x float> @llvm.fma.v8f32(<8 x float>, <8 x float>, <8 x float>)
            !0 = !{i32 1}
            """);
  }

  @ParameterizedTest
  @ValueSource(longs = {-3, 0, 1, 10})
  void loopsCarryValues(long n) {
    long sum =
        run(
            n,
            (f, count) -> {
              List<Val> last =
                  f.forLoop(
                      Val.i64(0),
                      count,
                      Val.i64(3),
                      List.of(Val.i64(100)),
                      (i, c) -> List.of(f.add(c.getFirst(), i)));
              return last.getFirst();
            });
    long want = 100;
    for (long i = 0; i < n; i += 3) {
      want += i;
    }
    assertThat(sum).isEqualTo(want);
  }

  @Test
  void constantLoopsHaveNoGuard() {
    assertThat(
            run(
                7,
                (f, n) ->
                    f.forLoop(
                            Val.i64(0),
                            Val.i64(5),
                            Val.i64(1),
                            List.of(n),
                            (i, c) -> List.of(f.mul(c.getFirst(), Val.i64(2))))
                        .getFirst()))
        .isEqualTo(7 << 5);
    assertThat(
            run(
                7,
                (f, n) ->
                    f.forLoop(
                            Val.i64(5),
                            Val.i64(5),
                            Val.i64(1),
                            List.of(n),
                            (i, c) -> List.of(Val.i64(0)))
                        .getFirst()))
        .isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource({"27, 111", "1, 0", "6, 8"})
  void whileLoopsAndBranches(long start, long steps) { // Collatz
    long got =
        run(
            start,
            (f, n) ->
                f.whileLoop(
                        List.of(n, Val.i64(0)),
                        v -> f.cmp(Cmp.NE, v.get(0), Val.i64(1)),
                        v -> {
                          Val odd = f.trunc(v.get(0), LType.I1);
                          Val next =
                              f.ifElse(
                                      odd,
                                      () -> List.of(f.add(f.mul(v.get(0), Val.i64(3)), Val.i64(1))),
                                      () -> List.of(f.lshr(v.get(0), Val.i64(1))))
                                  .getFirst();
                          return List.of(next, f.add(v.get(1), Val.i64(1)));
                        })
                    .get(1));
    assertThat(got).isEqualTo(steps);
  }

  @ParameterizedTest
  @CsvSource({"0, 10", "1, 20", "2, -1", "-1, -1"})
  void switches(long selector, long want) {
    long got =
        run(
            selector,
            (f, n) -> {
              var blocks = List.of(f.newBlock("a"), f.newBlock("b"), f.newBlock("c"));
              var end = f.newBlock("end");
              f.switchTo(n, blocks.get(2), blocks.subList(0, 2));
              for (var block : blocks) {
                f.enter(block);
                f.br(end);
              }
              f.enter(end);
              return f.phi(LType.I64)
                  .from(Val.i64(10), blocks.get(0))
                  .from(Val.i64(20), blocks.get(1))
                  .from(Val.i64(-1), blocks.get(2))
                  .value();
            });
    assertThat(got).isEqualTo(want);
  }

  @Test
  void equalInstructionsAreWrittenOnceWhereTheFirstDominates() {
    IrModule module = module();
    FnEmitter f = module.function("f", LType.I64, new Param(LType.I64, "n"));
    Val n = f.param(0);
    Val outside = f.mul(n, n);
    assertThat(f.mul(n, n)).isSameAs(outside);
    Val[] inside = new Val[2];
    f.ifThen(
        f.cmp(Cmp.EQ, n, Val.i64(3)),
        () -> {
          assertThat(f.mul(n, n)).isSameAs(outside);
          inside[0] = f.add(n, n);
        });
    inside[1] = f.add(n, n);
    assertThat(inside[1]).as("computed in a branch only").isNotEqualTo(inside[0]);
    f.ret(inside[1]);
    Llvm.compile("cse", module.toString(), CodegenOptions.host().withVerify(true));
  }

  @Test
  void obviousResultsAreConstants() {
    FnEmitter f = module().function("f", LType.I64, new Param(LType.I64, "n"));
    Val n = f.param(0);
    assertThat(f.add(n, Val.i64(0))).isEqualTo(n);
    assertThat(f.mul(Val.i64(1), n)).isEqualTo(n);
    assertThat(f.mul(Val.i64(6), Val.i64(7))).isEqualTo(Val.i64(42));
    assertThat(f.add(Val.i32(Integer.MAX_VALUE), Val.i32(1))).isEqualTo(Val.i32(Integer.MIN_VALUE));
    assertThat(f.select(Val.bool(true), n, Val.i64(1))).isEqualTo(n);
    assertThat(f.gep(LType.FLOAT, Val.zero(LType.PTR), 0)).isEqualTo(Val.zero(LType.PTR));
  }

  @Test
  void reductionsFoldHalves() {
    try (Arena arena = Arena.ofConfined()) {
      // 1e8 swallows ones that are added to it one at a time.
      float[] x = {1e8f, 1, 1, 1, -1e8f, 1, 1, 1};
      MemorySegment array = arena.allocate(64, 32).copyFrom(MemorySegment.ofArray(x));
      run(
          array,
          0,
          (f, n) -> {
            Val p = new Val(LType.PTR, "%p");
            f.store(f.reduceTree(f.load(V8, p), f::add), p);
            return n;
          });
      float want = ((x[0] + x[4]) + (x[2] + x[6])) + ((x[1] + x[5]) + (x[3] + x[7]));
      assertThat(array.get(ValueLayout.JAVA_FLOAT, 0)).isEqualTo(want).isEqualTo(6);
    }
  }

  @Test
  void masksProtectWhatLiesBehindTheEnd() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment array = arena.allocate(64, 4);
      array.fill((byte) 1);
      run(
          array,
          5,
          (f, n) -> {
            Val p = new Val(LType.PTR, "%p");
            Val mask = f.tailMask(8, n);
            LType ints = LType.I32.lanes(8);
            Val old = f.maskedLoad(p, mask, Val.integer(ints, 9), Mem.PLAIN);
            f.maskedStore(f.add(old, Val.iota(ints)), p, mask, Mem.PLAIN);
            Val pointers = f.gep(LType.I32, p, f.sext(Val.iota(ints), LType.I64.lanes(8)));
            Val seen = f.gather(pointers, mask, Val.zero(ints), Mem.PLAIN);
            return f.zext(f.reduceTree(seen, f::add), LType.I64);
          });
      int[] got = array.toArray(ValueLayout.JAVA_INT);
      for (int i = 0; i < got.length; i++) {
        assertThat(got[i]).isEqualTo(0x01010101 + (i < 5 ? i : 0));
      }
    }
  }

  /** Every kind of constant and instruction, verified and compiled for every instruction set. */
  @ParameterizedTest
  @EnumSource
  void everythingCompilesEverywhere(Isa isa) {
    IrModule module = module();
    FnEmitter f = module.function("f", LType.VOID, new Param(LType.PTR, "p"));
    Val p = f.param(0);
    for (LType type : List.of(LType.HALF, LType.BFLOAT, LType.FLOAT, LType.DOUBLE)) {
      for (double x : new double[] {1.0 / 3, -0.0, Double.NaN, Double.POSITIVE_INFINITY, 1e300}) {
        f.store(Val.fp(type.lanes(4), x), p);
        f.store(Val.fp(type, x), p);
      }
    }
    for (LType type : List.of(LType.I8, LType.I16, LType.I32, LType.I64)) {
      f.store(f.add(f.load(type.lanes(16), p), Val.iota(type.lanes(16))), p);
    }
    String a = module.scopes(List.of("a"));
    String b = module.scopes(List.of("b"));
    Val x = f.load(V8, p, Mem.aligned(32).asInvariant().scoped(a, b));
    Val clamped = f.fmin(f.fmax(x, Val.fp(V8, -1)), Val.fp(V8, 1));
    Val both = f.concat(f.sqrt(clamped), f.copysign(f.fabs(x), clamped));
    f.store(both, f.alloca(both.type(), 2, 64), Mem.PLAIN.scoped(b, a));
    f.store(f.fptosiSat(x, LType.I32.lanes(8)), p);
    Val usual = f.rarely(f.any(f.isNan(x)), x, () -> f.neg(x));
    f.store(f.select(f.all(f.cmp(Cmp.OLT, x, usual)), x, usual), p, Mem.PLAIN.asNontemporal());
    f.store(f.load(LType.I32, module.integerTable(LType.I32, 1, 2, -3)), p);
    f.store(f.load(LType.DOUBLE, module.floatTable(LType.DOUBLE, 0.1)), p);
    f.store(f.load(LType.I8, module.bytes(new byte[] {0, -1, 34})), p);
    f.ret();
    String text = module.toString();
    assertThat(text).isEqualTo(module.toString());
    Llvm.compile("all", text, CodegenOptions.of(Target.of(isa)).withVerify(true));
  }

  @Test
  void mistakesAreNamed() {
    List<Consumer<FnEmitter>> mistakes =
        List.of(
            f -> f.add(Val.i32(1), Val.i64(1)),
            f -> f.cmp(Cmp.SLT, Val.fp(V8, 1), Val.fp(V8, 1)),
            f -> f.zext(Val.i32(1), LType.I64.lanes(4)),
            f -> Val.integer(LType.FLOAT, 1),
            f -> f.reduceTree(Val.zero(LType.FLOAT.lanes(6)), f::add),
            f -> f.enter(f.newBlock("early")),
            f -> {
              f.ret();
              f.ret();
            },
            f -> assertThat(f.toString()).isNotNull());
    for (Consumer<FnEmitter> mistake : mistakes) {
      FnEmitter f = module().function("f", LType.VOID);
      assertThatThrownBy(() -> mistake.accept(f))
          .isInstanceOfAny(IllegalArgumentException.class, IllegalStateException.class);
    }
  }
}
