package dev.jacobi.hlo.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.CollectiveOp;
import dev.jacobi.hlo.DynamicOp;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.LinalgOp;
import dev.jacobi.hlo.NormOp;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.RandomOp;
import dev.jacobi.hlo.ShorthandOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.fuzz.Fuzzer.Agreed;
import dev.jacobi.hlo.fuzz.Fuzzer.Disagreed;
import dev.jacobi.hlo.interpret.InterpreterBackend;
import dev.jacobi.hlo.spi.Backend;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.CompileOptions;
import dev.jacobi.hlo.spi.Device;
import dev.jacobi.hlo.spi.Executable;
import dev.jacobi.hlo.text.HloParser;
import dev.jacobi.hlo.text.HloPrinter;
import dev.jacobi.hlo.verify.Verifier;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
    return Programs.module(new Block(main.params(), instrs, main.results()));
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
    for (long seed = 0; seed < 300; seed++) {
      HloModule program = Programs.of(seed);
      Verifier.verify(program);
      assertThat(HloPrinter.print(Programs.of(seed))).isEqualTo(HloPrinter.print(program));
      assertThat(Programs.arguments(program, seed)).isEqualTo(Programs.arguments(program, seed));
    }
  }

  /**
   * Families that are not drawn: every engine writes the first ones out in other operations, and
   * the errors of factorisations depend on the matrix, so that they have tests of their own.
   */
  private static final Set<Class<?>> NOT_DRAWN =
      Set.of(
          NormOp.class,
          RandomOp.class,
          ShorthandOp.class,
          DynamicOp.class,
          CollectiveOp.class,
          LinalgOp.class);

  @Test
  void everyFamilyOfOperationsIsDrawn() {
    Set<Class<?>> seen = new HashSet<>();
    for (long seed = 0; seed < 500; seed++) {
      Programs.of(seed).main().body().instrs().forEach(i -> seen.add(i.op().getClass()));
    }
    Set<Class<?>> families = new HashSet<>(List.of(Op.class.getPermittedSubclasses()));
    families.removeAll(NOT_DRAWN);
    for (Class<?> family : families) {
      assertThat(seen).as(family.getSimpleName()).anyMatch(family::isAssignableFrom);
    }
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
