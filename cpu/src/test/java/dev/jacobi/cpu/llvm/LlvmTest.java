package dev.jacobi.cpu.llvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LlvmTest {
  private static final String SCALE =
      """
      define void @scale(ptr %a, ptr %b) nounwind {
        %x = load <16 x float>, ptr %a, align 4
        %y = fmul <16 x float> %x, splat (float 1.5)
        store <16 x float> %y, ptr %b, align 4
        ret void
      }
      """;

  @ParameterizedTest
  @CsvSource({"SSE2, mulps, xmm", "AVX2, vmulps, ymm", "AVX512, vmulps, zmm", "NEON, fmul, v0.4s"})
  void everyIsaGetsItsInstructions(Isa isa, String instruction, String register) {
    var text = Llvm.assembly("scale", SCALE, CodegenOptions.of(Target.of(isa)));
    assertThat(text.lines())
        .anyMatch(line -> line.contains(instruction) && line.contains(register));
  }

  @ParameterizedTest
  @EnumSource(Isa.class)
  void everyIsaGivesAnElfObject(Isa isa) {
    var object = Llvm.compile("scale", SCALE, CodegenOptions.of(Target.of(isa)));
    assertThat(object).startsWith(0x7f, 'E', 'L', 'F', 2, 1);
    assertThat(object[18] & 0xff).isEqualTo(isa == Isa.NEON ? 183 : 62);
  }

  @ParameterizedTest
  @EnumSource(Llvm.OptLevel.class)
  void everyLevelCompiles(Llvm.OptLevel level) {
    assertThat(Llvm.compile("scale", SCALE, CodegenOptions.host().withLevel(level))).isNotEmpty();
  }

  @Test
  void sameTextGivesSameBytes() {
    var options = CodegenOptions.host();
    assertThat(Llvm.compile("scale", SCALE, options))
        .isEqualTo(Llvm.compile("scale", SCALE, options));
  }

  @Test
  void libraryIsTheOneThatTheKeyNames() {
    assertThat(Llvm.VERSION).startsWith("llvm-" + Llvm.libraryVersion() + "-");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "define void @f() { ret i32 0 } | value doesn't match function result type",
        "define i32 @f() { ret i32 %x } | use of undefined value",
        "define void @f() { | when expecting more instructions",
        "define void @f() { call void asm sideeffect \"foo bar\", \"\"() ret void } | mnemonic"
            + " 'foo'",
        "define i32 @f(i32 %x) { br label %a a: %y = add i32 %z, 1 br label %b b: %z = add i32 %x,"
            + " 1 br label %a } | does not dominate",
      })
  void refusedTextIsANamedError(String ir, String why) {
    assertThatThrownBy(() -> Llvm.compile("wrong", ir, CodegenOptions.host().withVerify(true)))
        .isInstanceOf(LlvmException.class)
        .hasMessageStartingWith("LLVM refused wrong: ")
        .hasMessageContaining(why);
  }

  @Test
  void fatalErrorOfTheCodeGeneratorIsANamedErrorAndLlvmGoesOn() {
    var needsSse41 =
        """
        declare <4 x float> @llvm.x86.sse41.round.ps(<4 x float>, i32)
        define <4 x float> @f(<4 x float> %x) {
          %r = call <4 x float> @llvm.x86.sse41.round.ps(<4 x float> %x, i32 1)
          ret <4 x float> %r
        }
        """;
    var sse2 = CodegenOptions.of(Target.of(Isa.SSE2));
    assertThatThrownBy(() -> Llvm.compile("fatal", needsSse41, sse2))
        .isInstanceOf(LlvmException.class)
        .hasMessageContaining("fatal error: Cannot select");
    assertThat(Llvm.compile("scale", SCALE, sse2)).isNotEmpty();
  }

  @Test
  void refusedIrIsKeptWhereDumpsGo(@TempDir Path folder) throws Exception {
    System.setProperty("jacobi.dump_dir", folder.toString());
    try {
      assertThatThrownBy(() -> Llvm.compile("a/b", "nonsense", CodegenOptions.host()))
          .hasMessageContaining("IR in " + folder);
    } finally {
      System.clearProperty("jacobi.dump_dir");
    }
    try (var files = Files.list(folder)) {
      assertThat(files).singleElement().satisfies(f -> assertThat(f).hasContent("nonsense"));
    }
  }

  @Test
  void manyThreadsCompileAtOnce() {
    var options = CodegenOptions.host();
    var expected = Llvm.compile("scale", SCALE, options);
    var all =
        IntStream.range(0, 32)
            .parallel()
            .mapToObj(i -> Llvm.compile("scale", SCALE, options))
            .toList();
    assertThat(all).allSatisfy(object -> assertThat(object).isEqualTo(expected));
  }

  @Test
  void missingLibraryIsANamedErrorThatSaysWhatToDo() {
    System.setProperty("jacobi.llvm", "/nowhere/libLLVM.so");
    try {
      assertThatThrownBy(NativeLibraries::llvm)
          .isInstanceOf(LlvmMissingException.class)
          .hasMessageContaining("/nowhere/libLLVM.so")
          .hasMessageContaining("org.bytedeco:llvm:20.1.7-1.5.12")
          .hasMessageContaining("JACOBI_BACKEND=interpreter");
    } finally {
      System.clearProperty("jacobi.llvm");
    }
    assertThat(NativeLibraries.unpack("org/bytedeco/nothing.so")).isEmpty();
  }

  @Test
  void hostIsAmongTheIsasAndOnlySmallerOnesAreOffered() {
    var host = Target.host();
    assertThat(host.isNative()).isTrue();
    assertThat(host.withIsa(host.isa())).isSameAs(host);
    if (host.isa() == Isa.AVX2) {
      assertThat(host.withIsa(Isa.SSE2).cpu()).isEqualTo("x86-64");
      assertThatThrownBy(() -> host.withIsa(Isa.AVX512)).hasMessageContaining("has no AVX512");
    }
  }

  @Test
  void wideVectorsStayWholeOnCpusThatPreferNarrowOnes() {
    var skylake =
        Target.of(
            new HostCpu(
                "amd64",
                "skylake-avx512",
                "+avx2,+fma,+f16c,+bmi2,+lzcnt,+avx512f,+avx512bw,+avx512cd,+avx512dq,+avx512vl"));
    assertThat(skylake.isa()).isEqualTo(Isa.AVX512);
    assertThat(Llvm.assembly("scale", SCALE, CodegenOptions.of(skylake))).contains("zmm");
  }
}
