package dev.jacobi.pjrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.interpret.Interpreter;
import dev.jacobi.hlo.spi.Backend;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.CompileOptions;
import dev.jacobi.hlo.spi.Engines;
import dev.jacobi.hlo.spi.Executable;
import dev.jacobi.hlo.text.HloParser;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Operations that XLA gets wrong, or an older one lacks, give what the interpreter gives. */
@Tag("xla")
class SubstitutesTest {
  private static Backend engine;

  @BeforeAll
  static void open() {
    assumeTrue(Engines.names().contains("pjrt:cpu"), "no PJRT plugin for CPUs is installed");
    engine = Engines.find("pjrt:cpu");
  }

  private static void agrees(String text, Literal... arguments) {
    HloModule module = HloParser.parse(text);
    List<Literal> out = new ArrayList<>();
    try (Executable program = engine.compile(module, CompileOptions.DEFAULT)) {
      Buffer[] in = new Buffer[arguments.length];
      for (int i = 0; i < in.length; i++) {
        in[i] = engine.fromHost(arguments[i].type(), arguments[i].data());
      }
      for (Buffer b : program.execute(in)) {
        out.add(Literal.copyOf(b.type(), b.toHost()));
      }
    }
    assertThat(out).isEqualTo(Interpreter.run(module, List.of(arguments)));
  }

  /** The extremes, and any numbers. */
  @ParameterizedTest
  @EnumSource(names = {"I8", "I16", "I32", "I64", "U8", "U16", "U32", "U64"})
  void upperHalvesOfProducts(DType t) {
    TensorType type = TensorType.of(t, 60);
    MemorySegment x = Literal.allocate(type);
    MemorySegment y = Literal.allocate(type);
    long[] extremes = {t.minInteger(), t.maxInteger(), -1, 0, 1, t.minInteger() + 1};
    Random random = new Random(1);
    for (int i = 0; i < 60; i++) {
      Literal.setLong(t, x, i, i < 36 ? extremes[i / 6] : random.nextLong());
      Literal.setLong(t, y, i, i < 36 ? extremes[i % 6] : random.nextLong());
    }
    agrees(
        """
        func.func @main(%x: tensor<60xT>, %y: tensor<60xT>) -> tensor<60xT> {
          %0 = chlo.mulhi %x, %y : tensor<60xT>, tensor<60xT> -> tensor<60xT>
          return %0 : tensor<60xT>
        }
        """
            .replace("T", t.mlir()),
        Literal.wrap(type, x),
        Literal.wrap(type, y));
  }

  @ParameterizedTest
  @EnumSource(names = {"F16", "BF16", "F32", "F64"})
  void conjugatesOfRealNumbers(DType t) {
    agrees(
        """
        func.func @main(%x: tensor<T>) -> tensor<T> {
          %0 = chlo.conj %x : tensor<T> -> tensor<T>
          return %0 : tensor<T>
        }
        """
            .replace("T", t.mlir()),
        Literal.scalar(t, -3.0));
  }

  @Test
  void slicesOfScalars() {
    agrees(
        """
        func.func @main(%x: tensor<f64>) -> tensor<f64> {
          %0 = "stablehlo.dynamic_slice"(%x) <{slice_sizes = array<i64>}>
            : (tensor<f64>) -> tensor<f64>
          return %0 : tensor<f64>
        }
        """,
        Literal.scalar(DType.F64, 2.5));
  }

  /** The convert, whose operand the product laid column by column, misled XLA. */
  @ParameterizedTest
  @CsvSource({
    "ui16, f64, 4",
    "i8, f32, 4",
    "f16, i32, 2",
    "f32, f64, 2",
    "ui32, i64, 2",
    "bf16, ui64, 4"
  })
  void elementsThatBecomeWider(String from, String to, int n) {
    agrees(
        """
        func.func @main(%x: tensor<4x3xui32>, %y: tensor<3xNx4x3xui32>)
            -> (tensor<3xNxFROM>, tensor<3xTO>) {
          %0 = stablehlo.einsum %x, %y, config = "cb,dacb->ba"
            : (tensor<4x3xui32>, tensor<3xNx4x3xui32>) -> tensor<3xNxui32>
          %1 = stablehlo.convert %0 : (tensor<3xNxui32>) -> tensor<3xNxFROM>
          %2 = stablehlo.bitcast_convert %1 : (tensor<3xNxFROM>) -> tensor<3xTO>
          return %1, %2 : tensor<3xNxFROM>, tensor<3xTO>
        }
        """
            .replace("FROM", from)
            .replace("TO", to)
            .replace("N", Integer.toString(n)),
        counting(4, 3),
        counting(3, n, 4, 3));
  }

  private static Literal counting(long... sizes) {
    TensorType type = TensorType.of(DType.U32, sizes);
    MemorySegment data = Literal.allocate(type);
    for (long i = 0; i < type.shape().size(); i++) {
      Literal.setLong(DType.U32, data, i, i % 7);
    }
    return Literal.wrap(type, data);
  }

  @ParameterizedTest
  @ValueSource(strings = {"i8", "i16", "i32", "i64", "f16", "bf16", "f32", "f64"})
  void randomBitsOfTypesWithSigns(String type) {
    agrees(
        """
        func.func @main(%s: tensor<2xui64>) -> (tensor<2xui64>, tensor<9xT>, tensor<9xf64>) {
          %0, %1 = stablehlo.rng_bit_generator %s, algorithm = THREE_FRY
            : (tensor<2xui64>) -> (tensor<2xui64>, tensor<9xT>)
          %2 = stablehlo.convert %1 : (tensor<9xT>) -> tensor<9xf64>
          return %0, %1, %2 : tensor<2xui64>, tensor<9xT>, tensor<9xf64>
        }
        """
            .replace("xT>", "x" + type + ">"),
        Literal.copyOf(TensorType.of(DType.U64, 2), MemorySegment.ofArray(new long[] {3, 9})));
  }

  /** Each of nine numbers with each. */
  @ParameterizedTest
  @EnumSource(names = {"C64", "C128"})
  void orderOfComplexNumbers(DType t) {
    double[] parts = {0, 1, Double.NaN};
    TensorType type = TensorType.of(t, 81);
    MemorySegment x = Literal.allocate(type);
    MemorySegment y = Literal.allocate(type);
    for (int i = 0; i < 81; i++) {
      Literal.set(t, x, i, parts[i / 27], parts[i / 9 % 3]);
      Literal.set(t, y, i, parts[i / 3 % 3], parts[i % 3]);
    }
    agrees(
        """
        func.func @main(%x: tensor<81xT>, %y: tensor<81xT>) -> (tensor<81xi1>, tensor<81xi1>,
            tensor<81xi1>, tensor<81xi1>, tensor<81xT>, tensor<81xT>) {
          %0 = stablehlo.compare LT, %x, %y, FLOAT : (tensor<81xT>, tensor<81xT>) -> tensor<81xi1>
          %1 = stablehlo.compare LE, %x, %y, FLOAT : (tensor<81xT>, tensor<81xT>) -> tensor<81xi1>
          %2 = stablehlo.compare GT, %x, %y, FLOAT : (tensor<81xT>, tensor<81xT>) -> tensor<81xi1>
          %3 = stablehlo.compare GE, %x, %y, FLOAT : (tensor<81xT>, tensor<81xT>) -> tensor<81xi1>
          %4 = stablehlo.maximum %x, %y : tensor<81xT>
          %5 = stablehlo.minimum %x, %y : tensor<81xT>
          return %0, %1, %2, %3, %4, %5 : tensor<81xi1>, tensor<81xi1>, tensor<81xi1>,
            tensor<81xi1>, tensor<81xT>, tensor<81xT>
        }
        """
            .replace("xT>", "x" + t.mlir() + ">"),
        Literal.wrap(type, x),
        Literal.wrap(type, y));
  }

  /** Whose bytes parsers read as bytes or as bits, depending on their version. */
  @Test
  void manyBooleans() {
    String bits =
        IntStream.range(0, 130)
            .mapToObj(i -> Boolean.toString(i * i % 7 < 3))
            .collect(Collectors.joining(", "));
    agrees(
        """
        func.func @main() -> tensor<130xi1> {
          %0 = stablehlo.constant dense<[BITS]> : tensor<130xi1>
          return %0 : tensor<130xi1>
        }
        """
            .replace("BITS", bits));
  }
}
