package dev.jacobi.hlo.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.LinalgOp;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.fuzz.Fuzzer.Agreed;
import dev.jacobi.hlo.fuzz.Fuzzer.Disagreed;
import dev.jacobi.hlo.interpret.InterpreterBackend;
import dev.jacobi.hlo.linalg.LapackCall;
import dev.jacobi.hlo.linalg.LapackRoutine;
import dev.jacobi.hlo.spi.Backend;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.CompileOptions;
import dev.jacobi.hlo.spi.Device;
import dev.jacobi.hlo.spi.Executable;
import dev.jacobi.hlo.text.HloParser;
import dev.jacobi.hlo.text.HloPrinter;
import dev.jacobi.hlo.verify.Verifier;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The fuzzer finds what is wrong, and only that. */
class FuzzerTest {
  private static final Backend INTERPRETER = new InterpreterBackend();

  /** An engine that compiles another program than it was given. */
  private record Faulty(UnaryOperator<HloModule> fault) implements Backend {
    @Override
    public String name() {
      return "faulty";
    }

    @Override
    public List<Device> devices() {
      return INTERPRETER.devices();
    }

    @Override
    public Executable compile(HloModule module, CompileOptions options) {
      return INTERPRETER.compile(fault.apply(module), options);
    }

    @Override
    public Buffer fromHost(TensorType type, MemorySegment bytes) {
      return INTERPRETER.fromHost(type, bytes);
    }
  }

  private static HloModule withOps(HloModule module, UnaryOperator<Op> change) {
    Block main = module.main().body();
    List<Instr> instrs =
        main.instrs().stream()
            .map(i -> new Instr(change.apply(i.op()), i.results(), i.loc()))
            .toList();
    return Programs.module(new Block(main.params(), instrs, main.results()), module.funcs());
  }

  private static Op maxForMin(Op op) {
    return op instanceof ElementwiseOp.Pointwise o && o.fn() == Fn.MIN
        ? new ElementwiseOp.Pointwise(Fn.MAX, o.operands())
        : op;
  }

  @Tag("slow")
  @Test
  void anEngineAgreesWithItself() {
    Fuzzer fuzzer = new Fuzzer(INTERPRETER);
    LongStream.range(0, 60)
        .forEach(seed -> assertThat(fuzzer.check(seed)).isNotInstanceOf(Disagreed.class));
  }

  @Test
  void aWrongOperationIsFoundAndStandsAlone() {
    Fuzzer fuzzer = new Fuzzer(new Faulty(m -> withOps(m, FuzzerTest::maxForMin)));
    Disagreed found =
        LongStream.range(0, 400)
            .mapToObj(fuzzer::check)
            .filter(Disagreed.class::isInstance)
            .map(Disagreed.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(found.what()).startsWith("stablehlo.minimum: element");
    HloModule program = HloParser.parse(found.program());
    assertThat(program.main().body().instrs()).hasSize(1);
    assertThat(program.func("arguments").outputs()).isEqualTo(program.main().inputs());
  }

  /** Wrong only where it has company, as a wrong fusion is: addition beside a multiplication. */
  @Tag("slow")
  @Test
  void aWrongFusionKeepsItsOperations() {
    Fuzzer fuzzer = new Fuzzer(new Faulty(FuzzerTest::fusedWrongly));
    Disagreed found =
        LongStream.range(0, 2000)
            // Elsewhere operations that are written out, such as batch norms, meet the fault too.
            .filter(seed -> fns(Programs.of(seed)).containsAll(List.of(Fn.ADD, Fn.MUL)))
            .mapToObj(fuzzer::check)
            .filter(Disagreed.class::isInstance)
            .map(Disagreed.class::cast)
            .findFirst()
            .orElseThrow();
    HloModule program = HloParser.parse(found.program());
    assertThat(fns(program)).contains(Fn.ADD, Fn.MUL);
    assertThat(program.main().body().instrs()).hasSizeLessThan(6);
  }

  private static HloModule fusedWrongly(HloModule m) {
    return fns(m).containsAll(List.of(Fn.ADD, Fn.MUL))
        ? withOps(
            m,
            op ->
                op instanceof ElementwiseOp.Pointwise o && o.fn() == Fn.ADD
                    ? new ElementwiseOp.Pointwise(Fn.MAX, o.operands())
                    : op)
        : m;
  }

  private static Set<Fn> fns(HloModule m) {
    Set<Fn> fns = new HashSet<>();
    for (Instr i : m.main().body().instrs()) {
      if (i.op() instanceof ElementwiseOp.Pointwise o) {
        fns.add(o.fn());
      }
    }
    return fns;
  }

  @Test
  void aSeedAlwaysGivesTheSameValidProgram() {
    for (long seed = 0; seed < 200; seed++) {
      HloModule program = Programs.of(seed);
      Verifier.verify(program);
      assertThat(HloPrinter.print(Programs.of(seed))).isEqualTo(HloPrinter.print(program));
      assertThat(Programs.arguments(program, seed)).isEqualTo(Programs.arguments(program, seed));
    }
  }

  /** Operations that are never drawn, with the reason. */
  private static final Map<String, String> NOT_DRAWN =
      Map.of(
          "Rng", "its numbers are anybody's choice, so both engines refuse it",
          "RaggedDot", "it is written out as operations that are drawn",
          "DynamicConv", "it is written out as a convolution, which is drawn");

  /** Every operation, function and routine: a new one needs a row, or a reason. */
  @Tag("slow")
  @Test
  void everyOperationIsDrawn() {
    Set<String> seen = new TreeSet<>();
    for (long seed = 0; seed < 2000; seed++) {
      Programs.of(seed).funcs().values().forEach(f -> collect(f.body(), seen));
    }
    Set<String> missing = new TreeSet<>();
    operations(Op.class, missing);
    Arrays.stream(Fn.values()).map(Fn::name).forEach(missing::add);
    Arrays.stream(LapackRoutine.values()).map(LapackRoutine::name).forEach(missing::add);
    missing.removeAll(seen);
    assertThat(missing).isEqualTo(NOT_DRAWN.keySet());
  }

  private static void collect(Block block, Set<String> seen) {
    for (Instr i : block.instrs()) {
      seen.add(i.op().getClass().getSimpleName());
      switch (i.op()) {
        case ElementwiseOp.Pointwise o -> seen.add(o.fn().name());
        case ControlOp.CustomCall o -> seen.add(LapackCall.of(o).orElseThrow().routine().name());
        default -> i.op().regions().forEach(r -> collect(r, seen));
      }
    }
  }

  private static void operations(Class<?> family, Set<String> names) {
    if (!family.isSealed()) {
      names.add(family.getSimpleName());
      return;
    }
    for (Class<?> member : family.getPermittedSubclasses()) {
      operations(member, names);
    }
  }

  private static final String LOOP =
      """
      module @fuzz {
        func.func public @main(%i: tensor<i32>, %x: tensor<3xf32>) -> tensor<3xf32> {
          %n = stablehlo.constant dense<3> : tensor<i32>
          %r:2 = stablehlo.while(%a = %i, %b = %x) : tensor<i32>, tensor<3xf32>
            cond {
              %c = stablehlo.compare LT, %a, %n : (tensor<i32>, tensor<i32>) -> tensor<i1>
              stablehlo.return %c : tensor<i1>
            } do {
              %one = stablehlo.constant dense<1> : tensor<i32>
              %a1 = stablehlo.add %a, %one : tensor<i32>
              %s = stablehlo.sine %b : tensor<3xf32>
              %b1 = stablehlo.minimum %b, %s : tensor<3xf32>
              stablehlo.return %a1, %b1 : tensor<i32>, tensor<3xf32>
            }
          return %r#1 : tensor<3xf32>
        }
        func.func private @arguments() -> (tensor<i32>, tensor<3xf32>) {
          %i = stablehlo.constant dense<0> : tensor<i32>
          %x = stablehlo.constant dense<[1.0, 2.0, -3.0]> : tensor<3xf32>
          return %i, %x : tensor<i32>, tensor<3xf32>
        }
      }
      """;

  private static Op everywhere(Op op, UnaryOperator<Op> change) {
    UnaryOperator<Block> block =
        b ->
            new Block(
                b.params(),
                b.instrs().stream()
                    .map(i -> new Instr(everywhere(i.op(), change), i.results(), i.loc()))
                    .toList(),
                b.results());
    return change.apply(
        op.regions().isEmpty() ? op : op.withRegions(op.regions().stream().map(block).toList()));
  }

  @Test
  void aWrongOperationInALoopIsFoundAlone() {
    HloModule loop = HloParser.parse(LOOP);
    assertThat(new Fuzzer(INTERPRETER).check(loop)).isEqualTo(new Agreed());
    var faulty = new Faulty(m -> withOps(m, op -> everywhere(op, FuzzerTest::maxForMin)));
    assertThat(new Fuzzer(faulty).check(loop))
        .isInstanceOfSatisfying(
            Disagreed.class, d -> assertThat(d.what()).startsWith("stablehlo.minimum: element"));
  }

  private static Op transposed(Op op) {
    return op instanceof LinalgOp.Cholesky o ? new LinalgOp.Cholesky(o.a(), !o.lower()) : op;
  }

  @Test
  void aWrongFactorIsFound() {
    HloModule program =
        HloParser.parse(
            """
            module @fuzz {
              func.func public @main(%a: tensor<2x2xf64>) -> tensor<2x2xf64> {
                %l = stablehlo.cholesky %a, lower = true : tensor<2x2xf64>
                return %l : tensor<2x2xf64>
              }
              func.func private @arguments() -> tensor<2x2xf64> {
                %a = stablehlo.constant dense<[[4.0, 7.0], [2.0, 5.0]]> : tensor<2x2xf64>
                return %a : tensor<2x2xf64>
              }
            }
            """);
    assertThat(new Fuzzer(INTERPRETER).check(program)).isEqualTo(new Agreed());
    assertThat(new Fuzzer(new Faulty(m -> withOps(m, FuzzerTest::transposed))).check(program))
        .isInstanceOfSatisfying(
            Disagreed.class, d -> assertThat(d.what()).startsWith("stablehlo.cholesky: matrix 0"));
  }

  @Test
  void programsThatAnEngineCannotRunAreCounted() {
    Fuzzer fuzzer =
        new Fuzzer(
            new Faulty(
                m -> {
                  throw new dev.jacobi.hlo.text.UnsupportedOpException("nothing", "here");
                }));
    assertThat(fuzzer.check(1)).isInstanceOf(Fuzzer.NotBuilt.class);
    assertThat(new Fuzzer(INTERPRETER).check(1)).isEqualTo(new Agreed());
  }

  @Test
  void anErrorOfTheEngineIsAFailure() {
    Fuzzer fuzzer =
        new Fuzzer(
            new Faulty(
                m -> {
                  throw new IllegalStateException("broken");
                }));
    assertThat(fuzzer.check(1))
        .isInstanceOfSatisfying(Disagreed.class, d -> assertThat(d.what()).contains("broken"));
  }
}
