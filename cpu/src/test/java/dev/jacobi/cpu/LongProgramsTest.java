package dev.jacobi.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.cpu.emit.ProgramEmitter;
import dev.jacobi.cpu.llvm.Target;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Programs of thousands of instructions: compiling takes time in proportion to their length. */
class LongProgramsTest {
  private static final Shape SHAPE = Shape.of(16);

  /** What each of the many steps of a program does to a vector. */
  enum Step {
    /** Four functions that may all be one nest, with other nests before and after. */
    SELECTED {
      @Override
      Value next(HloBuilder b, Value x, Value y, int i) {
        Value larger = b.compare(ElementwiseOp.Direction.GT, y, b.full(DType.F32, SHAPE, i));
        Value doubled = b.pointwise(Fn.ADD, y, y);
        return b.pointwise(Fn.SELECT, larger, doubled, b.pointwise(Fn.MUL, y, x));
      }
    },
    /** A reduction, that is an operation with a region. */
    CENTRED {
      @Override
      Value next(HloBuilder b, Value x, Value y, int i) {
        Value zero = b.constant(DType.F32, 0);
        var sum =
            new ReductionOp.Reduce(
                List.of(y),
                List.of(zero),
                Axes.of(0),
                HloBuilder.binaryBody(i % 2 == 0 ? Fn.ADD : Fn.MAX, DType.F32));
        return b.pointwise(Fn.SUB, y, b.broadcast(b.add(sum), SHAPE));
      }
    },
    /** A view of a view of a view, of which every one is read. */
    REVERSED {
      @Override
      Value next(HloBuilder b, Value x, Value y, int i) {
        return b.add(new ShapeOp.Reverse(y, Axes.of(0)));
      }
    },
    /** A cheap function of a view, which its reader could compute. */
    REVERSED_SUM {
      @Override
      Value next(HloBuilder b, Value x, Value y, int i) {
        return b.add(new ShapeOp.Reverse(b.pointwise(Fn.ADD, y, x), Axes.of(0)));
      }
    };

    abstract Value next(HloBuilder b, Value x, Value y, int i);

    HloModule program(int steps) {
      HloBuilder b = new HloBuilder();
      Value x = b.param(new TensorType(DType.F32, SHAPE));
      Value y = x;
      Value all = x;
      for (int i = 0; i < steps; i++) {
        y = next(b, x, y, i);
        all = this == REVERSED ? b.pointwise(Fn.ADD, all, y) : y;
      }
      HloFunc main = new HloFunc("main", true, b.build(all));
      return new HloModule("long", Map.of("main", main), Map.of());
    }
  }

  private static ProgramEmitter.Options options() {
    return new ProgramEmitter.Options(Target.host().irTarget(), Target.host().isa(), true);
  }

  /** Processor time of this thread for everything up to LLVM, which others run. */
  private static double seconds(HloModule module) {
    var clock = ManagementFactory.getThreadMXBean();
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < 3; i++) {
      long start = clock.getCurrentThreadCpuTime();
      HloModule hlo = Pipeline.canonical(module, Dump.of("long"));
      ProgramEmitter.emit(hlo, options(), (kind, function, text) -> {});
      least = Math.min(least, (clock.getCurrentThreadCpuTime() - start) / 1e9);
    }
    return least;
  }

  @ParameterizedTest
  @EnumSource
  @Tag("slow")
  void timeGrowsWithLength(Step step) {
    seconds(step.program(1_000)); // So that Java's compiler has seen the passes.
    double quarter = seconds(step.program(1_000));
    double whole = seconds(step.program(4_000));
    assertThat(whole).as("after %s s for a quarter", quarter).isLessThan(8 * quarter + 0.05);
  }

  /** Neither indices nor functions are composed through all of them at once. */
  @Test
  void longChainsOfViewsKeepTheirResults() {
    for (Step step : List.of(Step.REVERSED, Step.REVERSED_SUM)) {
      HloModule program = step.program(151);
      List<Literal> in = Engines.arguments(program, 1);
      assertThat(Engines.run(Engines.CPU, program, in, 1))
          .as("%s", step)
          .isEqualTo(Engines.run(Engines.interpreter(), program, in, 1));
    }
  }

  /** A scalar function is code of its own where there are many: once, with the same bits. */
  @Test
  void manyScalarFunctionsAreCalls() {
    int steps = 100;
    HloBuilder b = new HloBuilder();
    Value x = b.param(TensorType.scalar(DType.F32));
    Value n = b.param(TensorType.scalar(DType.I32));
    Value y = x;
    for (int i = 0; i < steps; i++) {
      y = b.pointwise(Fn.SIN, b.pointwise(Fn.POW, b.pointwise(Fn.EXP, y), x));
      n = b.pointwise(Fn.ADD, n, b.pointwise(Fn.POW, n, n));
    }
    HloFunc main = new HloFunc("main", true, b.build(y, n));
    HloModule program = new HloModule("scalars", Map.of("main", main), Map.of());
    List<Literal> in = Engines.arguments(program, 1);
    assertThat(Engines.run(Engines.CPU, program, in, 1)).isEqualTo(Engines.runEagerly(program, in));
    String ir = ProgramEmitter.emit(program, options(), (kind, function, text) -> {}).ir();
    assertThat(ir.length()).isLessThan(20_000 + 500 * steps);
  }
}
