package dev.jacobi.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nested Java arrays and lists become arrays and come back. */
class NestedTest {
  record Row(Object data, String type, double... elements) {}

  static List<Row> rows() {
    return List.of(
        new Row(new float[][] {{1, 2}, {3, 4}, {5, 6}}, "tensor<3x2xf32>", 1, 2, 3, 4, 5, 6),
        new Row(new double[] {1.5}, "tensor<1xf64>", 1.5),
        new Row(new int[][][] {{{1}, {2}}}, "tensor<1x2x1xi32>", 1, 2),
        new Row(new long[] {1L << 40}, "tensor<1xi64>", 1L << 40),
        new Row(new boolean[][] {{true}, {false}}, "tensor<2x1xi1>", 1, 0),
        new Row(new byte[] {-1}, "tensor<1xi8>", -1),
        new Row(new short[] {-2}, "tensor<1xi16>", -2),
        new Row(List.of(List.of(1.0, 2.0), List.of(3.0, 4.0)), "tensor<2x2xf64>", 1, 2, 3, 4),
        new Row(List.of(new float[] {1}, new float[] {2}), "tensor<2x1xf32>", 1, 2),
        new Row(List.of(true, false), "tensor<2xi1>", 1, 0),
        new Row(new Integer[] {7}, "tensor<1xi32>", 7),
        new Row(3.5f, "tensor<f32>", 3.5),
        new Row(List.of(), "tensor<0xf32>"),
        new Row(new double[2][0], "tensor<2x0xf64>"),
        new Row(new int[0][2], "tensor<0x0xi32>"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void copiesIn(Row row) {
    Literal literal = Nested.of(row.data);
    assertThat(literal.type()).hasToString(row.type);
    for (int i = 0; i < row.elements.length; i++) {
      assertThat(literal.getDouble(i)).isEqualTo(row.elements[i]);
    }
    assertThat(literal.shape().size()).isEqualTo(row.elements.length);
  }

  record Ragged(Object data, String path, String message) {}

  static List<Ragged> ragged() {
    return List.of(
        new Ragged(new float[][] {{1, 2}, {3}}, "[1]", "has 1 elements, but the first"),
        new Ragged(new int[][][] {{{1}}, {{2}, {3}}}, "[1]", "has 2 elements"),
        new Ragged(List.of(List.of(1.0), List.of(2.0, 3.0)), "[1]", "2 elements"),
        new Ragged(List.of(List.of(1.0), 2.0), "[1]", "is 2.0"),
        new Ragged(List.of(1.0, List.of(2.0)), "[1]", "is a row"),
        new Ragged(
            List.of(1.0, 2), "[1]", "is a Integer, but the first element is of type float64"),
        new Ragged(Arrays.asList(1.0, null), "[1]", "is null"),
        new Ragged(new float[][] {{1}, null}, "[1]", "is null"),
        new Ragged(new float[][] {null, {1}}, "[0]", "is null"),
        new Ragged(List.of("x"), "[0]", "java.lang.String"),
        new Ragged(new char[] {'x'}, "[0]", "char"));
  }

  @ParameterizedTest
  @MethodSource("ragged")
  void namesThePathOfTheFirstOffender(Ragged ragged) {
    RaggedDataException e =
        catchThrowableOfType(RaggedDataException.class, () -> Nested.of(ragged.data));
    assertThat(e).isNotNull();
    assertThat(e.path()).isEqualTo(ragged.path);
    assertThat(e.getMessage()).contains("at " + ragged.path + " ").contains(ragged.message);
  }

  @Test
  void copiesOut() {
    for (Row row : rows()) {
      Object out = Nested.toJava(Nested.of(row.data));
      if (row.data.getClass().isArray() && !(row.data instanceof Integer[])) {
        assertThat(out).isEqualTo(row.data);
      }
    }
    assertThat(Nested.toJava(Nested.of(List.of(List.of(1.0f))))).isEqualTo(new float[][] {{1}});
    assertThat(Nested.toJava(Literal.scalar(DType.U8, 200L))).isEqualTo((short) 200);
    assertThat(Nested.toJava(Literal.scalar(DType.U16, 65535L))).isEqualTo(65535);
    assertThat(Nested.toJava(Literal.scalar(DType.U32, 0xFFFFFFFFL))).isEqualTo(0xFFFFFFFFL);
    assertThat(Nested.toJava(Literal.scalar(DType.BF16, 1.5))).isEqualTo(1.5f);
    assertThatThrownBy(() -> Nested.toJava(Literal.scalar(DType.U64, -1L)))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("18446744073709551615");
    assertThatThrownBy(() -> Nested.toJava(Literal.scalar(DType.C64, 1)))
        .hasMessageContaining("real(x)");
  }

  @Test
  void copiesSegments() {
    MemorySegment segment = MemorySegment.ofArray(new float[] {1, 2, 3, 4});
    Literal literal = Nested.of(DType.F32, Shape.of(2, 2), segment);
    assertThat(literal).isEqualTo(Literal.ofFloats(Shape.of(2, 2), 1, 2, 3, 4));
    segment.fill((byte) 0);
    assertThat(literal.getDouble(3)).isEqualTo(4);
    assertThatThrownBy(() -> Nested.of(DType.F32, Shape.of(5), segment))
        .isInstanceOf(RaggedDataException.class)
        .hasMessageContaining("has 16 bytes, but " + new TensorType(DType.F32, Shape.of(5)));
  }
}
