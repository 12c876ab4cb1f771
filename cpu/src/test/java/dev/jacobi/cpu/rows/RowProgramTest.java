package dev.jacobi.cpu.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.cpu.CpuBackend;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.interpret.Interpreter;
import dev.jacobi.hlo.refine.Refiner;
import dev.jacobi.hlo.refine.SymbolicProgram;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.CompileOptions;
import dev.jacobi.hlo.spi.Device;
import dev.jacobi.hlo.spi.Executable;
import dev.jacobi.hlo.text.HloParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Programs that take any number of rows give what the interpreter gives for each number. */
class RowProgramTest {
  private static final CpuBackend CPU = new CpuBackend();

  /** Rows times a matrix, their sum, the sum taken off again by the size, and rows' numbers. */
  private static final String CENTERED =
      """
      func.func public @main(%x: tensor<?x3xf32>, %w: tensor<3x2xf32>)
          -> (tensor<?x2xf32>, tensor<2xf32>, tensor<3x2xf32>, tensor<2x?xf32>, tensor<3x2xf32>) {
        %n = stablehlo.get_dimension_size %x, dim = 0 : (tensor<?x3xf32>) -> tensor<i32>
        %n1 = stablehlo.reshape %n : (tensor<i32>) -> tensor<1xi32>
        %c2 = stablehlo.constant dense<2> : tensor<1xi32>
        %s = stablehlo.concatenate %n1, %c2, dim = 0 : (tensor<1xi32>, tensor<1xi32>) -> tensor<2xi32>
        %y = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0]
            : (tensor<?x3xf32>, tensor<3x2xf32>) -> tensor<?x2xf32>
        %zero = stablehlo.constant dense<0.5> : tensor<f32>
        %t = stablehlo.reduce(%y init: %zero) applies stablehlo.add across dimensions = [0]
            : (tensor<?x2xf32>, tensor<f32>) -> tensor<2xf32>
        %b = stablehlo.optimization_barrier %n : tensor<i32>
        %f = stablehlo.convert %b : (tensor<i32>) -> tensor<f32>
        %d = stablehlo.broadcast_in_dim %f, dims = [] : (tensor<f32>) -> tensor<2xf32>
        %m = stablehlo.divide %t, %d : tensor<2xf32>
        %mb = stablehlo.dynamic_broadcast_in_dim %m, %s, dims = [1]
            : (tensor<2xf32>, tensor<2xi32>) -> tensor<?x2xf32>
        %i = stablehlo.dynamic_iota %s, dim = 0 : (tensor<2xi32>) -> tensor<?x2xf32>
        %z = stablehlo.subtract %y, %mb : tensor<?x2xf32>
        %zi = stablehlo.add %z, %i : tensor<?x2xf32>
        %g = stablehlo.dot_general %x, %z, contracting_dims = [0] x [0]
            : (tensor<?x3xf32>, tensor<?x2xf32>) -> tensor<3x2xf32>
        %zt = stablehlo.transpose %z, dims = [1, 0] : (tensor<?x2xf32>) -> tensor<2x?xf32>
        return %zi, %t, %g, %zt, %w
            : tensor<?x2xf32>, tensor<2xf32>, tensor<3x2xf32>, tensor<2x?xf32>, tensor<3x2xf32>
      }
      """;

  private static final String SORTED =
      """
      func.func public @main(%x: tensor<?xf32>) -> tensor<?xf32> {
        %y = stablehlo.reverse %x, dims = [0] : tensor<?xf32>
        return %y : tensor<?xf32>
      }
      """;

  private static Literal draw(Random random, long... sizes) {
    Shape shape = Shape.of(sizes);
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return Literal.ofFloats(shape, values);
  }

  private static Buffer[] run(Executable program, List<Literal> arguments) {
    return program.execute(
        arguments.stream().map(l -> CPU.fromHost(l.type(), l.data())).toArray(Buffer[]::new));
  }

  private static void check(HloModule module, Executable program, List<Literal> arguments) {
    List<TensorType> types = arguments.stream().map(Literal::type).toList();
    List<Literal> wanted =
        Interpreter.run(Refiner.refine(module, types, Interpreter::run), arguments);
    Buffer[] got = run(program, arguments);
    for (int k = 0; k < got.length; k++) {
      assertThat(got[k].type()).isEqualTo(wanted.get(k).type());
      Literal values = Literal.wrap(got[k].type(), got[k].toHost());
      for (long i = 0; i < values.shape().size(); i++) {
        double w = wanted.get(k).getDouble(i);
        double tolerance = 1e-5 * Math.max(Math.abs(w), arguments.getFirst().shape().dim(0));
        assertThat(Math.abs(values.getDouble(i) - w))
            .as("%d rows, result %d, element %d", arguments.getFirst().shape().dim(0), k, i)
            .isLessThanOrEqualTo(tolerance);
      }
    }
  }

  @Test
  void every_number_of_rows_is_right_and_none_is_compiled_for() {
    HloModule module = HloParser.parse(CENTERED);
    AtomicInteger compiled = new AtomicInteger();
    Executable program =
        RowProgram.of(
            module,
            new Device("cpu", 0),
            m -> {
              compiled.incrementAndGet();
              return CPU.compile(m, CompileOptions.DEFAULT);
            });
    assertThat(program).isInstanceOf(RowProgram.class);
    Random random = new Random(1);
    Literal w = draw(random, 3, 2);
    for (long rows : new long[] {585, 1, 7, 16, 64}) {
      check(module, program, List.of(draw(random, rows, 3), w));
    }
    int before = compiled.get();
    for (long rows : new long[] {2, 8, 9, 63, 65, 100, 577, 1097}) {
      check(module, program, List.of(draw(random, rows, 3), w));
    }
    assertThat(compiled).hasValue(before);
    check(module, program, List.of(draw(random, 0, 3), w));
  }

  @Test
  void programs_that_mix_rows_are_compiled_for_each_size() {
    HloModule module = HloParser.parse(SORTED);
    Executable program =
        RowProgram.of(module, new Device("cpu", 0), m -> CPU.compile(m, CompileOptions.DEFAULT));
    assertThat(program).isInstanceOf(SymbolicProgram.class);
    for (long rows : new long[] {0, 1, 5}) {
      check(module, program, List.of(draw(new Random(2), rows)));
    }
  }

  @Test
  void arguments_that_do_not_fit_are_a_named_error() {
    HloModule module = HloParser.parse(CENTERED);
    Executable program = CPU.compile(module, CompileOptions.DEFAULT);
    List<Literal> wrong = new ArrayList<>(List.of(draw(new Random(3), 4, 2)));
    wrong.add(draw(new Random(3), 3, 2));
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> run(program, wrong))
        .isInstanceOf(dev.jacobi.hlo.refine.RefineException.class)
        .hasMessageContaining("@main takes");
    assertThat(program.inputs().getFirst().dtype()).isEqualTo(DType.F32);
  }
}
