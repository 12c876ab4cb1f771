package dev.jacobi.cpu.gemm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.cpu.llvm.CodegenOptions;
import dev.jacobi.cpu.llvm.IrModule;
import dev.jacobi.cpu.llvm.Isa;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Llvm;
import dev.jacobi.cpu.llvm.Target;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.cpu.run.ElfLoader;
import dev.jacobi.cpu.run.NativeRuntime;
import dev.jacobi.cpu.run.Program;
import dev.jacobi.hlo.memory.Allocation;
import dev.jacobi.hlo.memory.Pool;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class GemmTest {
  private static final LType F32 = LType.FLOAT;
  private static final LType F64 = LType.DOUBLE;

  static Stream<GemmSpec> specs() {
    return Stream.of(
        GemmSpec.of(F32, 1, 1, 1),
        GemmSpec.of(F32, 4, 4, 4).batched(7),
        GemmSpec.of(F32, 32, 32, 32),
        GemmSpec.of(F32, 33, 35, 31),
        GemmSpec.of(F32, 13, 500, 300),
        GemmSpec.of(F32, 150, 5, 9),
        GemmSpec.of(F32, 70, 100, 0),
        GemmSpec.of(F32, 0, 3, 4),
        GemmSpec.of(F32, 203, 211, 300),
        GemmSpec.of(F32, 203, 211, 300).transposedA(),
        GemmSpec.of(F32, 203, 211, 300).transposedB(),
        GemmSpec.of(F32, 203, 211, 300).transposedA().transposedB(),
        GemmSpec.of(F32, 50, 60, 70).transposedB().batched(3),
        GemmSpec.of(F32, 20, 30, 600).transposedA().transposedB(),
        GemmSpec.of(F32, 300, 2000, 20).transposedB(),
        GemmSpec.of(F32, 8, 100, 77).transposedB(),
        GemmSpec.of(F32, 3, 5, 1000).transposedB().batched(2),
        GemmSpec.of(F32, 1, 300, 200),
        GemmSpec.of(F32, 1, 300, 200).transposedB(),
        GemmSpec.of(F32, 300, 1, 203),
        GemmSpec.of(F32, 300, 1, 200).transposedA(),
        GemmSpec.of(F32, 1, 1, 1003),
        GemmSpec.of(F64, 97, 101, 300),
        GemmSpec.of(F64, 97, 201, 103).transposedA().transposedB(),
        GemmSpec.of(F64, 12, 17, 5).batched(3),
        GemmSpec.of(F64, 301, 1, 99),
        GemmSpec.of(LType.I32, 50, 60, 70),
        GemmSpec.of(LType.I32, 150, 260, 170).transposedB(),
        GemmSpec.of(LType.I64, 50, 60, 300),
        GemmSpec.of(LType.BFLOAT, 50, 60, 70),
        GemmSpec.of(LType.BFLOAT, 120, 260, 370).result(F32),
        GemmSpec.of(LType.BFLOAT, 120, 260, 370).transposedA().transposedB(),
        GemmSpec.of(LType.BFLOAT, 203, 211, 301).transposedA(),
        GemmSpec.of(LType.BFLOAT, 203, 211, 701).transposedB(),
        GemmSpec.of(LType.BFLOAT, 33, 100, 555).result(F32).batched(2),
        GemmSpec.of(LType.BFLOAT, 20, 40, 1).transposedB(),
        GemmSpec.of(LType.BFLOAT, 20, 40, 0).transposedB(),
        GemmSpec.of(LType.HALF, 120, 260, 370),
        GemmSpec.of(LType.HALF, 70, 190, 777).transposedB(),
        GemmSpec.of(LType.HALF, 5, 60, 70).transposedB().result(F32),
        new GemmSpec(F32, F32, 150, 190, 180, 2, 400, 3, 700, 200, List.of()),
        new GemmSpec(LType.BFLOAT, F32, 150, 190, 181, 2, 400, 3, 700, 200, List.of()),
        twoBatches(),
        // Windows of 3 x 2 places over 7 x 9 of 5 features.
        summed(F32, 8, 37, 10, new GemmSpec.Sum(3, 45, 0), new GemmSpec.Sum(2, 5, 370)),
        summed(F64, 30, 3, 4, new GemmSpec.Sum(9, 0, 12), new GemmSpec.Sum(3, 7, 0)),
        summed(LType.I32, 5, 40, 0, new GemmSpec.Sum(2, 5, 0)),
        summed(LType.BFLOAT, 14, 70, 33, new GemmSpec.Sum(5, 100, 33 * 70)).result(F32));
  }

  private static GemmSpec twoBatches() {
    var outer =
        List.of(new GemmSpec.Batch(2, 0, 77 * 3, 99 * 3), new GemmSpec.Batch(3, 63, 77, 99));
    return new GemmSpec(F32, F32, 9, 11, 7, 7, 1, 11, 1, 11, outer);
  }

  private static GemmSpec summed(LType type, long m, long n, long k, GemmSpec.Sum... sums) {
    var batch = List.of(new GemmSpec.Batch(3, 45, 0, m * n));
    return new GemmSpec(type, type, m, n, k, 5, 1, n, 1, n, batch, List.of(sums));
  }

  private static Stream<GemmSpec> smallSpecs() {
    return specs().filter(s -> s.m() * s.n() * s.k() < 200_000);
  }

  @ParameterizedTest
  @MethodSource("smallSpecs")
  void smallProductsAreRight(GemmSpec spec) {
    check(spec, Target.host());
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("specs")
  void productsAreRight(GemmSpec spec) {
    check(spec, Target.host());
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("specs")
  void productsAreRightOnTheBaseline(GemmSpec spec) {
    var host = Target.host();
    check(spec, host.isa() == Isa.NEON ? host : host.withIsa(Isa.SSE2));
  }

  private static void check(GemmSpec spec, Target target) {
    var a = random(spec.operand(), elements(spec, true), 1);
    var b = random(spec.operand(), elements(spec, false), 2);
    compare(spec, run(spec, a, b, true, 0, target), a, b, target);
  }

  private static void compare(
      GemmSpec spec, Allocation got, Allocation a, Allocation b, Target target) {
    var expected = Reference.product(spec, a, b, target.isa());
    boolean exact = GemmEmitter.form(spec) != GemmEmitter.Form.DOT || !spec.sum().isFloat();
    for (var e : expected) {
      double x = number(spec.result(), got, e.index());
      double tolerance = exact ? 0 : e.magnitude() * epsilon(spec.result());
      assertThat(x)
          .as("element %d", e.index())
          .isBetween(e.value() - tolerance, e.value() + tolerance);
    }
  }

  private static double epsilon(LType type) {
    return switch (type.elem()) {
      case HALF -> 0x1p-10;
      case BFLOAT -> 0x1p-7;
      case FLOAT -> 0x1p-20;
      case DOUBLE -> 0x1p-48;
      default -> 0;
    };
  }

  @Test
  void bitsDoNotDependOnThreads() {
    for (var spec :
        List.of(
            GemmSpec.of(F32, 300, 300, 300),
            GemmSpec.of(F32, 1000, 1, 1001),
            GemmSpec.of(F32, 10, 3000, 100),
            GemmSpec.of(LType.BFLOAT, 300, 1400, 600).result(F32))) {
      var a = random(spec.operand(), spec.m() * spec.k(), 1);
      var b = random(spec.operand(), spec.k() * spec.n(), 2);
      var alone = run(spec, a, b, false, 1, Target.host());
      for (int threads = 1; threads <= 4; threads++) {
        var shared = run(spec, a, b, true, threads, Target.host());
        for (int i = 0; i < spec.m() * spec.n(); i++) {
          assertThat(shared.getInt(4L * i)).isEqualTo(alone.getInt(4L * i));
        }
      }
    }
  }

  /** The pairs' instruction makes 0 of subnormal numbers; products that have some do without it. */
  @Tag("slow")
  @Test
  void smallNumbersSurvive() {
    for (double scale : new double[] {0x1p-130, 0x1p-66, 0x1p-58}) {
      var spec = GemmSpec.of(LType.BFLOAT, 70, 203, 531).result(F32);
      var a = random(LType.BFLOAT, 70 * 531, 1);
      var b = random(LType.BFLOAT, 531 * 203, 2);
      for (int i = 0; i < 70 * 531; i++) {
        putBfloat(a, i, i < 60 * 531 && i % 531 == 400 ? scale * (i % 97) : scale);
      }
      for (int i = 0; i < 531 * 203; i++) {
        putBfloat(b, i, scale < 0x1p-100 ? i % 7 - 3 : scale * (i % 7 - 3));
      }
      compare(spec, run(spec, a, b, true, 0, Target.host()), a, b, Target.host());
    }
  }

  private static void putBfloat(Allocation memory, long index, double x) {
    memory.putBits(2 * index, 2, Float.floatToRawIntBits((float) x) >>> 16);
  }

  @Test
  void infinitiesAndNansArePropagatedInTheirRowsAndColumnsOnly() {
    for (long m : new long[] {20, 200}) {
      var spec = GemmSpec.of(F32, m, 203, 130);
      var a = random(F32, m * 130, 1);
      var b = random(F32, 130 * 203, 2);
      a.putBits(4 * (7 * 130 + 3), 4, Float.floatToRawIntBits(Float.NaN));
      b.putBits(4 * (5 * 203 + 202), 4, Float.floatToRawIntBits(Float.POSITIVE_INFINITY));
      var c = run(spec, a, b, true, 0, Target.host());
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < 203; j++) {
          float x = c.getFloat(4L * (i * 203 + j));
          assertThat(Float.isNaN(x)).isEqualTo(i == 7);
          assertThat(Float.isFinite(x)).isEqualTo(i != 7 && j != 202);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Isa.class)
  void everyIsaCompilesWithoutSpillingSums(Isa isa) {
    for (var type : List.of(F32, F64)) {
      var target = Target.of(isa);
      var tile = Tile.of(isa, type.elemBytes(), 512, 512);
      var lanes = new Lanes(type, type, type);
      var kernel = new TileKernel(isa, lanes, tile.rows(), tile.vectors(), true, false);
      var options = CodegenOptions.of(target);
      var text = Llvm.assembly("tile", GemmLibrary.text(kernel, target), options);
      var inner = innerLoop(text, kernel.name());
      assertThat(inner).as("a loop of multiply-adds").hasSizeGreaterThan(4 * tile.rows());
      var spills = inner.stream().filter(line -> line.matches(".*(%[re]sp|\\[sp).*")).toList();
      // Without fused multiply-adds a product may have to wait in memory for a register.
      assertThat(spills).hasSizeLessThanOrEqualTo(isa == Isa.SSE2 ? 2 : 0);
    }
  }

  @ParameterizedTest
  @EnumSource(Isa.class)
  void kernelsAreTheirNames(Isa isa) {
    for (var operand : List.of(F32, F64, LType.HALF, LType.BFLOAT, LType.I32, LType.I64)) {
      var spec = GemmSpec.of(operand, 1, 1, 1);
      var lanes = Lanes.of(spec);
      for (boolean flag : new boolean[] {true, false}) {
        var tile = new TileKernel(isa, lanes, 3, 2, flag, !flag);
        assertThat(Kernel.of(tile.name())).isEqualTo(tile);
      }
      for (var form : DriverKernel.Kind.values()) {
        var driver = new DriverKernel(isa, form);
        assertThat(Kernel.of(driver.name())).isEqualTo(driver);
        var text = GemmLibrary.text(driver, Target.of(isa));
        assertThat(Llvm.compile("driver", text, CodegenOptions.of(Target.of(isa)))).isNotEmpty();
      }
      for (var kind : PackKernel.Kind.values()) {
        var packed = new Lanes(operand, lanes.sum(), lanes.sum());
        var narrow = new Lanes(lanes.sum(), lanes.sum(), operand);
        for (Kernel kernel :
            List.of(
                new PackKernel(isa, packed, kind),
                new PackKernel(isa, narrow, kind),
                new PairKernel(isa, true, kind),
                new PairKernel(isa, false, kind))) {
          assertThat(Kernel.of(kernel.name())).isEqualTo(kernel);
        }
      }
    }
  }

  /** The lines of a function's longest block that branches to its own start. */
  private static List<String> innerLoop(String assembly, String function) {
    var lines = assembly.lines().dropWhile(l -> !l.startsWith(function + ":")).toList();
    List<String> best = List.of();
    int start = 0;
    for (int i = 1; !lines.get(i).startsWith(".Lfunc_end"); i++) {
      String label = lines.get(start).split(":")[0];
      if (lines.get(i).matches("\\.LBB.*:.*")) {
        start = i;
      } else if (lines.get(i).endsWith("\t" + label) && i - start > best.size()) {
        best = lines.subList(start + 1, i);
      }
    }
    return best;
  }

  private static long elements(GemmSpec spec, boolean first) {
    long rows = first ? spec.m() : spec.k();
    long columns = first ? spec.k() : spec.n();
    long last =
        first
            ? (rows - 1) * spec.aRow() + (columns - 1) * spec.aCol()
            : (rows - 1) * spec.bRow() + (columns - 1) * spec.bCol();
    for (var batch : spec.batch()) {
      last += (batch.size() - 1) * (first ? batch.a() : batch.b());
    }
    for (var sum : spec.sums()) {
      last += (sum.size() - 1) * (first ? sum.a() : sum.b());
    }
    return Math.max(0, last + 1);
  }

  /** Small numbers for integers and 16-bit floats, so that reference and result can be equal. */
  private static Allocation random(LType type, long count, int seed) {
    var random = new Random(seed);
    var memory = Pool.shared().allocate(count * type.elemBytes());
    for (long i = 0; i < count; i++) {
      double x = random.nextGaussian();
      long bits =
          switch (type.elem()) {
            case FLOAT -> Float.floatToRawIntBits((float) x);
            case DOUBLE -> Double.doubleToRawLongBits(x);
            case HALF -> Float.floatToFloat16((float) x);
            case BFLOAT -> Float.floatToRawIntBits((float) x) >>> 16;
            default -> random.nextLong();
          };
      memory.putBits(i * type.elemBytes(), type.elemBytes(), bits);
    }
    return memory;
  }

  static double number(LType type, Allocation memory, long index) {
    return switch (type.elem()) {
      case FLOAT -> memory.getFloat(4 * index);
      case DOUBLE -> memory.getDouble(8 * index);
      case HALF -> Float.float16ToFloat(memory.getShort(2 * index));
      case BFLOAT -> Float.intBitsToFloat(memory.getShort(2 * index) << 16);
      case I32 -> memory.getInt(4 * index);
      case I64 -> memory.getLong(8 * index);
      default -> throw new AssertionError(type);
    };
  }

  static Program program(GemmSpec spec, boolean parallel, Target target) {
    var module = new IrModule("gemm", target.irTarget());
    var emitted = GemmEmitter.emit(module, "gemm", spec, target.isa(), parallel);
    var f =
        module.function(
            "entry",
            LType.I32,
            new IrModule.Param(LType.PTR, "args"),
            new IrModule.Param(LType.PTR, "outs"),
            new IrModule.Param(LType.PTR, "ctx"));
    Val a = f.load(LType.PTR, f.param(0));
    Val b = f.load(LType.PTR, f.offset(f.param(0), 8));
    Val c = f.load(LType.PTR, f.param(1));
    Val arena = f.load(LType.PTR, f.param(2));
    Val pool = f.load(LType.PTR, f.offset(f.param(2), 8));
    f.call(emitted.name(), LType.VOID, a, b, c, arena, pool);
    f.ret(Val.i32(0));
    var object = Llvm.compile("gemm", module.toString(), CodegenOptions.of(target));
    var code = ElfLoader.load(object, NativeRuntime.symbols().or(GemmLibrary.symbols()));
    long last = spec.m() == 0 ? 0 : (spec.m() - 1) * spec.cRow() + spec.n();
    for (var batch : spec.batch()) {
      last += (batch.size() - 1) * batch.c();
    }
    long bytes = last * spec.result().elemBytes();
    return Program.of(code, "entry", emitted.scratchBytes(), bytes);
  }

  private static Allocation run(
      GemmSpec spec, Allocation a, Allocation b, boolean parallel, int threads, Target target) {
    return program(spec, parallel, target).call(new Allocation[] {a, b}, threads)[0];
  }
}
