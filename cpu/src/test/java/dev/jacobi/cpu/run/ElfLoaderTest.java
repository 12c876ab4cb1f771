package dev.jacobi.cpu.run;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jacobi.cpu.llvm.CodegenOptions;
import dev.jacobi.cpu.llvm.Isa;
import dev.jacobi.cpu.llvm.Llvm;
import dev.jacobi.cpu.llvm.Target;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@SuppressWarnings("restricted")
class ElfLoaderTest {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final Symbols LIBC =
      name -> LINKER.defaultLookup().find(name).map(s -> s.address()).orElse(0L);

  /** Constant pool, jump table, data, zeroed data, a local call, an external call, its address. */
  private static final String EVERYTHING =
      """
      @counter = global i64 40
      @zeroes = global [1000 x i64] zeroinitializer
      @table = constant [4 x ptr] [ptr @twice, ptr @choose, ptr @labs, ptr @counter]
      declare i64 @labs(i64)
      define i64 @twice(i64 %x) noinline nounwind {
        %y = shl i64 %x, 1
        ret i64 %y
      }
      define i64 @choose(i64 %x) noinline nounwind {
        switch i64 %x, label %other [i64 0, label %a i64 1, label %b i64 2, label %c
                                     i64 3, label %d i64 4, label %e i64 5, label %f]
      a:
        %c0 = call i64 @labs(i64 -7)
        ret i64 %c0
      b:
        ret i64 12
      c:
        %old = load i64, ptr @counter
        %new = add i64 %old, 2
        store i64 %new, ptr @counter
        ret i64 %new
      d:
        %p = getelementptr [1000 x i64], ptr @zeroes, i64 0, i64 999
        %z = load i64, ptr %p
        ret i64 %z
      e:
        %t = call i64 @twice(i64 21)
        ret i64 %t
      f:
        %slot = getelementptr [4 x ptr], ptr @table, i64 0, i64 2
        %fn = load ptr, ptr %slot
        %r = call i64 %fn(i64 -9)
        ret i64 %r
      other:
        ret i64 -1
      }
      define void @scale(ptr %a) nounwind {
        %x = load <4 x float>, ptr %a, align 4
        %y = fmul <4 x float> %x, <float 1.0, float 2.0, float 3.0, float 4.0>
        store <4 x float> %y, ptr %a, align 4
        ret void
      }
      """;

  private static byte[] compile(Target target) {
    return Llvm.compile("test", EVERYTHING, CodegenOptions.of(target));
  }

  private static MethodHandle longToLong(LoadedCode code, String name) {
    return LINKER.downcallHandle(code.function(name), FunctionDescriptor.of(JAVA_LONG, JAVA_LONG));
  }

  @ParameterizedTest
  @EnumSource(Llvm.OptLevel.class)
  void loadedCodeDoesWhatItSays(Llvm.OptLevel level) throws Throwable {
    var bytes = Llvm.compile("test", EVERYTHING, CodegenOptions.host().withLevel(level));
    var code = ElfLoader.load(bytes, LIBC);
    var choose = longToLong(code, "choose");
    long[] expected = {7, 12, 42, 0, 42, 9, -1};
    for (int i = 0; i < expected.length; i++) {
      assertThat((long) choose.invokeExact((long) i)).as("case %d", i).isEqualTo(expected[i]);
    }
    assertThat((long) choose.invokeExact(2L)).isEqualTo(44);
    try (var arena = Arena.ofConfined()) {
      var a = arena.allocateFrom(JAVA_FLOAT, 1, 1, 1, 1);
      var descriptor = FunctionDescriptor.ofVoid(JAVA_LONG);
      LINKER.downcallHandle(code.function("scale"), descriptor).invokeExact(a.address());
      assertThat(a.toArray(JAVA_FLOAT)).containsExactly(1, 2, 3, 4);
    }
    assertThat(code.names()).contains("choose", "twice", "scale", "counter");
  }

  @Test
  void aarch64AddressesPointAtTheirTargets() {
    var object = ElfObject.parse(compile(Target.of(Isa.NEON)));
    long labs = 0x7fff_1234_5678L;
    var link = new ElfLink(object, name -> name.equals("labs") ? labs : 0);
    long base = 0x7f00_0000_0000L;
    var image = link.image(base);
    var scale = object.symbols().stream().filter(s -> s.name().equals("scale")).findFirst();
    int at = (int) link.offset(scale.orElseThrow());
    // adrp x, page; ldr q, [x, low bits]: the constant 1, 2, 3, 4 must stand there.
    while ((image.getInt(at) & 0x9f000000) != 0x90000000) {
      at += 4;
    }
    int adrp = image.getInt(at);
    long page = ((long) (adrp >> 5 & 0x7ffff) << 2 | adrp >> 29 & 3) << 43 >> 43;
    int load = at + 4;
    while ((image.getInt(load) & 0xffc003e0) != (0x3dc00000 | (adrp & 31) << 5)) {
      load += 4;
    }
    long low = (image.getInt(load) >> 10 & 0xfff) * 16L;
    int where = (int) (((base + at >> 12) + page << 12) + low - base);
    for (int i = 0; i < 4; i++) {
      assertThat(image.getFloat(where + 4 * i)).isEqualTo(i + 1);
    }
    assertThat(callTargets(image, (int) link.codeBytes())).contains(labs);
  }

  /** The addresses that branch-and-link instructions reach through stubs. */
  private static Set<Long> callTargets(ByteBuffer image, int bytes) {
    var targets = new HashSet<Long>();
    for (int at = 0; at < bytes; at += 4) {
      int word = image.getInt(at);
      int to = at + ((word & 0x03ffffff) << 6 >> 4);
      boolean call = (word & 0xfc000000) == 0x94000000;
      if (call && to >= 0 && to + 16 <= bytes && image.getInt(to) == 0x58000050) {
        targets.add(image.getLong(to + 8));
      }
    }
    return targets;
  }

  @Test
  void unknownFunctionIsNamed() {
    assertThatThrownBy(() -> ElfLoader.load(compile(Target.host()), Symbols.NONE))
        .isInstanceOf(ElfException.class)
        .hasMessageContaining("calls labs");
  }

  @Test
  void anotherMachinesObjectIsRefused() {
    var other = Target.host().isa() == Isa.NEON ? Isa.SSE2 : Isa.NEON;
    assertThatThrownBy(() -> ElfLoader.load(compile(Target.of(other)), LIBC))
        .isInstanceOf(ElfException.class)
        .hasMessageContaining("another machine");
  }

  @Test
  void everyTruncatedObjectIsRefused() {
    var good = compile(Target.host());
    for (int n = 0; n < good.length; n += n < 300 ? 1 : 37) {
      var cut = Arrays.copyOf(good, n);
      assertThatThrownBy(() -> ElfLoader.load(cut, LIBC)).isInstanceOf(ElfException.class);
    }
  }

  @Test
  void damagedObjectsAreRefusedOrLoadedButNeverCrash() {
    for (var isa : new Isa[] {Isa.AVX2, Isa.NEON}) {
      var good = compile(Target.of(isa));
      var random = new Random(1);
      int refused = 0;
      for (int i = 0; i < 5000; i++) {
        var bad = good.clone();
        for (int j = random.nextInt(4); j >= 0; j--) {
          bad[random.nextInt(bad.length)] = (byte) random.nextInt();
        }
        try {
          var link = new ElfLink(ElfObject.parse(bad), LIBC);
          link.image(0x7f00_0000_0000L);
        } catch (ElfException e) {
          refused++;
        }
      }
      assertThat(refused).isBetween(100, 4900);
    }
  }

  @Test
  void memoryOfUnreachableCodeIsGivenBack() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/maps")));
    var bytes = compile(Target.host());
    int before = maps();
    for (int i = 0; i < 2000; i++) {
      ElfLoader.load(bytes, LIBC);
    }
    int after = maps();
    for (int i = 0; i < 100 && after > before + 200; i++) {
      System.gc();
      Thread.sleep(20);
      after = maps();
    }
    assertThat(after).isLessThan(before + 200);
  }

  private static int maps() throws Exception {
    try (var lines = Files.lines(Path.of("/proc/self/maps"))) {
      return (int) lines.count();
    }
  }

  @Test
  void loadingIsFast() {
    var bytes = compile(Target.host());
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 300; i++) {
      long start = System.nanoTime();
      ElfLoader.load(bytes, LIBC);
      best = Math.min(best, System.nanoTime() - start);
    }
    // Tens of microseconds; the bound only catches something absurd on a loaded machine.
    assertThat(best).isLessThan(5_000_000);
    System.out.println("loading an object takes " + best / 1000 + " us");
  }
}
