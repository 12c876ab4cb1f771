package dev.jacobi.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Narrow;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.spi.Backend;
import dev.jacobi.hlo.spi.CompileOptions;
import dev.jacobi.hlo.text.HloParser;
import dev.jacobi.hlo.text.HloPrinter;
import dev.jacobi.hlo.text.UnsupportedOpException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Narrow types on both engines: converted, moved, computed with, and named where they are not. */
class NarrowTypesTest {
  private static final List<Backend> ENGINES = List.of(Engines.interpreter(), Engines.CPU);

  private static final List<Narrow> FLOATS =
      Arrays.stream(Narrow.values()).filter(Narrow::isFloat).toList();

  /** All floating types in one program: numbers to bits, and all bits to numbers. */
  @Test
  void conversionsAreThoseOfTheTypes() {
    double[] x = samples();
    List<Literal> arguments = new ArrayList<>();
    arguments.add(Literal.ofDoubles(Shape.of(x.length), x));
    List<String> params = new ArrayList<>();
    StringBuilder lines = new StringBuilder();
    for (Narrow t : FLOATS) {
      int n = 1 << t.bits();
      byte[] codes = new byte[n];
      for (int i = 0; i < n; i++) {
        codes[i] = (byte) i;
      }
      TensorType type = TensorType.of(t, n);
      arguments.add(Literal.wrap(type, MemorySegment.ofArray(codes)));
      params.add("%" + t + ": " + type);
      lines.append(
          "%%c%1$s = stablehlo.convert %%x : (tensor<%2$sxf64>) -> tensor<%2$sx%3$s>\n"
              .formatted(t, x.length, t.mlir()));
      lines.append(
          "%%v%1$s = stablehlo.convert %%%1$s : (%2$s) -> tensor<%3$sxf64>\n"
              .formatted(t, type, n));
    }
    String results =
        FLOATS.stream().map(t -> "%c" + t + ", %v" + t).collect(Collectors.joining(", "));
    String types =
        FLOATS.stream()
            .map(t -> TensorType.of(t, x.length) + ", " + TensorType.of(DType.F64, 1 << t.bits()))
            .collect(Collectors.joining(", "));
    HloModule module =
        HloParser.parse(
            "func.func @main(%%x: tensor<%sxf64>, %s) -> (%s) {\n%sreturn %s : %s\n}"
                .formatted(x.length, String.join(", ", params), types, lines, results, types));
    for (Backend engine : ENGINES) {
      List<Literal> out = Engines.run(engine, module, arguments, 1);
      for (int k = 0; k < FLOATS.size(); k++) {
        Narrow t = FLOATS.get(k);
        for (int i = 0; i < x.length; i++) {
          assertThat(out.get(2 * k).getLong(i)).as("%s of %s", t, x[i]).isEqualTo(t.code(x[i]));
        }
        for (int i = 0; i < 1 << t.bits(); i++) {
          Double value = out.get(2 * k + 1).getDouble(i);
          assertThat(value).as("%s %s", t, i).isEqualTo(Double.valueOf(t.value(i)));
        }
      }
    }
  }

  /** Magnitudes around every power of two that a type reaches, halfway cases, and the ends. */
  private static double[] samples() {
    List<Double> x = new ArrayList<>(List.of(0.0, Double.POSITIVE_INFINITY, 1e300, 1e-300));
    for (int e = -20; e <= 18; e++) {
      for (double m :
          new double[] {1, 1.0625, 1.125, 1.1875, 1.25, 1.4999999, 1.5, 1.75, 1.96875}) {
        x.add(Math.scalb(m, e));
      }
    }
    return Stream.concat(
            x.stream().flatMap(v -> Stream.of(v, -v)), Stream.of(Double.NaN, 0x1p-127, 0x1.8p127))
        .mapToDouble(v -> v)
        .toArray();
  }

  private static final String F8 = "tensor<4xf8E4M3FN>";
  private static final String I4 = "tensor<4xi4>";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "F8 | stablehlo.add %x, %x : F8 | [2.000000e+00, -4.000000e+00, 0x7F, 2.500000e-01]",
        "F8 | stablehlo.multiply %x, %y : F8 | [3.000000e+00, -2.000000e+00, 2.400000e+02,"
            + " 0.000000e+00]",
        "F8 | stablehlo.reverse %x, dims = [0] : F8 | [1.250000e-01, 2.400000e+02, -2.000000e+00,"
            + " 1.000000e+00]",
        "F8 | stablehlo.reduce(%x init: %f) applies stablehlo.maximum across dimensions = [0] :"
            + " (F8, tensor<f8E4M3FN>) -> tensor<f8E4M3FN> | 2.400000e+02",
        "F8 | stablehlo.dot_general %x, %y, contracting_dims = [0] x [0] : (F8, F8) -> tensor<f32>"
            + " | 2.410000e+02",
        "F8 | stablehlo.compare LT, %x, %y, FLOAT : (F8, F8) -> tensor<4xi1>"
            + " | [true, true, false, false]",
        "F8 | stablehlo.select %p, %x, %y : tensor<4xi1>, F8 | [1.000000e+00, 1.000000e+00,"
            + " 2.400000e+02, 0.000000e+00]",
        "F8 | stablehlo.bitcast_convert %x : (F8) -> tensor<4xui8> | [56, 192, 119, 32]",
        "F8 | stablehlo.convert %x : (F8) -> tensor<4xi4> | [1, -2, 7, 0]",
        "F8 | stablehlo.convert %x : (F8) -> tensor<4xf8E5M2> | [1.000000e+00, -2.000000e+00,"
            + " 2.560000e+02, 1.250000e-01]",
        "I4 | stablehlo.add %x, %y : I4 | [-8, 2, -5, -2]",
        "I4 | stablehlo.shift_right_logical %x, %y : I4 | [3, 0, 0, 0]",
        "I4 | stablehlo.count_leading_zeros %x : I4 | [1, 0, 0, 2]",
        "I4 | stablehlo.popcnt %x : I4 | [3, 1, 3, 2]",
        "I4 | stablehlo.convert %x : (I4) -> tensor<4xui2> | [3, 0, 1, 3]",
        "I4 | stablehlo.convert %x : (I4) -> tensor<4xf32> | [7.000000e+00, -8.000000e+00,"
            + " -3.000000e+00, 3.000000e+00]",
        "I4 | stablehlo.bitcast_convert %x : (I4) -> tensor<4xui4> | [7, 8, 13, 3]"
      })
  void programs(String type, String op, String expected) {
    boolean floats = type.equals("F8");
    String constants =
        floats
            ? "%x = stablehlo.constant dense<[1.0, -2.0, 240.0, 0.125]> : F8\n"
                + "%y = stablehlo.constant dense<[3.0, 1.0, 1.0, 0.0]> : F8\n"
                + "%f = stablehlo.constant dense<-448.0> : tensor<f8E4M3FN>\n"
                + "%p = stablehlo.constant dense<[true, false, true, false]> : tensor<4xi1>\n"
            : "%x = stablehlo.constant dense<[7, -8, -3, 3]> : I4\n"
                + "%y = stablehlo.constant dense<[1, -6, -2, -5]> : I4\n";
    String result = op.replaceFirst(".*(->|,| :) ", "").trim();
    String text =
        "func.func @main() -> R {\n%s%%r = %s\nreturn %%r : R\n}"
            .formatted(constants, op)
            .replace("R", result)
            .replace("F8", F8)
            .replace("I4", I4);
    HloModule module = HloParser.parse(text);
    assertThat(HloPrinter.print(HloParser.parse(HloPrinter.print(module))))
        .isEqualTo(HloPrinter.print(module));
    for (Backend engine : ENGINES) {
      Literal out = Engines.run(engine, module, List.of(), 1).getFirst();
      assertThat(text(out)).as(engine.name()).isEqualTo(expected);
    }
  }

  /** The elements as a constant's text says them. */
  private static String text(Literal literal) {
    String body = HloPrinter.print(Engines.module(constant(literal)));
    return body.substring(body.indexOf("dense<") + 6, body.indexOf("> :"));
  }

  private static Block constant(Literal literal) {
    HloBuilder b = new HloBuilder();
    return b.build(b.constant(literal));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stablehlo.cholesky %x, lower = true : tensor<2x2xf8E4M3FN> | stablehlo.cholesky of"
            + " f8E4M3FN",
        "stablehlo.bitcast_convert %x : (tensor<2x2xf8E4M3FN>) -> tensor<2xi16>"
            + " | stablehlo.bitcast_convert of f8E4M3FN",
        "chlo.next_after %x, %x : tensor<2x2xf8E4M3FN>, tensor<2x2xf8E4M3FN> ->"
            + " tensor<2x2xf8E4M3FN> | chlo.next_after of f8E4M3FN"
      })
  void namesWhatTheyHaveNot(String op, String what) {
    HloModule module =
        HloParser.parse(
            "func.func @main(%%x: tensor<2x2xf8E4M3FN>) {\n%%r = %s\nreturn\n}".formatted(op));
    for (Backend engine : ENGINES) {
      assertThatThrownBy(() -> engine.compile(module, CompileOptions.DEFAULT))
          .isInstanceOfSatisfying(
              UnsupportedOpException.class, e -> assertThat(e.what()).isEqualTo(what));
    }
  }
}
