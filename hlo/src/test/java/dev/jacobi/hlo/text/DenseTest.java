package dev.jacobi.hlo.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Constants: text to bits and back. */
class DenseTest {
  private static Literal read(String text) {
    return new Dense(new Reader(new Lexer("<dense>", text.getBytes(UTF_8)))).literal();
  }

  private static String hex(Literal literal) {
    return HexFormat.of().formatHex(literal.data().toArray(ValueLayout.JAVA_BYTE));
  }

  private static String print(Literal literal) {
    StringBuilder out = new StringBuilder();
    DenseText.write(literal, out);
    return out.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dense<1.0> : tensor<2xf32>                          | 0000803f0000803f",
        "dense<-0.0> : tensor<f32>                           | 00000080",
        "dense<0x7FC00001> : tensor<f32>                     | 0100c07f",
        "dense<[0x7F800000, 0xFF800000]> : tensor<2xf32>     | 0000807f000080ff",
        "dense<1.5e-2> : tensor<f64>                         | b81e85eb51b88e3f",
        "dense<0x7FF0000000000000> : tensor<f64>             | 000000000000f07f",
        "dense<[1.0, 0x7E01]> : tensor<2xf16>                | 003c017e",
        "dense<0x7F81> : tensor<bf16>                        | 817f",
        "dense<3.140630e+00> : tensor<bf16>                  | 4940",
        "dense<(1.0,-2.0)> : tensor<complex<f32>>            | 0000803f000000c0",
        "dense<[(0.0, 1.0), (0x7FC00000,0.0)]> : tensor<2xcomplex<f32>>"
            + "| 000000000000803f0000c07f00000000",
        "dense<[[1, 2], [-3, 4]]> : tensor<2x2xi8>           | 0102fd04",
        "dense<255> : tensor<i8>                             | ff",
        "dense<0xFF> : tensor<2xui8>                         | ffff",
        "dense<18446744073709551615> : tensor<ui64>          | ffffffffffffffff",
        "dense<-9223372036854775808> : tensor<i64>           | 0000000000000080",
        "dense<[true, false]> : tensor<2xi1>                 | 0100",
        "dense<true> : tensor<3xi1>                          | 010101",
        "dense<1> : tensor<i1>                               | 01",
        "dense<> : tensor<0x3xf32>                           | ''",
        "dense<[]> : tensor<0xi32>                           | ''",
        "dense<[[], []]> : tensor<2x0xi32>                   | ''",
        "dense<7> : tensor<0xi32>                            | ''",
        "dense<\"0x0100000002000000\"> : tensor<2xi32>       | 0100000002000000",
        "dense<\"0x0A0b\"> : tensor<4xi16>                   | 0a0b0a0b0a0b0a0b",
        "dense<\"0xFF00FF\"> : tensor<3xi1>                  | 010001",
        "dense<\"0x0502\"> : tensor<10xi1>                   | 01000100000000000001"
      })
  void reads(String text, String bytes) {
    assertThat(hex(read(text))).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dense<1> : tensor<f32>                  | a number of type f32",
        "dense<-0x7F800000> : tensor<f32>        | a number of type f32",
        "dense<0x1FFFFFFFF> : tensor<f32>        | bits do not fit f32",
        "dense<1.0e999> : tensor<f64>            | too large",
        "dense<1.0> : tensor<i32>                | an element of type i32",
        "dense<256> : tensor<i8>                 | does not fit i8",
        "dense<-129> : tensor<i8>                | does not fit i8",
        "dense<-1> : tensor<ui8>                 | does not fit ui8",
        "dense<18446744073709551616> : tensor<ui64> | does not fit 64 bits",
        "dense<[1, 2, 3]> : tensor<2xi32>        | shape of tensor<2xi32>",
        "dense<[1]> : tensor<2xi32>              | needs 2 elements here, but got 1",
        "dense<[[1, 2], [3]]> : tensor<2x2xi32>  | needs 2 elements here, but got 1",
        "dense<[[1], [2], [3]]> : tensor<2x1xi32> | shape of tensor<2x1xi32>",
        "dense<[[1, 2]]> : tensor<2xi32>         | nested deeper than tensor<2xi32>",
        "dense<[1, 2]> : tensor<1x2xi32>         | shape of tensor<1x2xi32>",
        "dense<> : tensor<2xi32>                 | missing",
        "dense<1> : tensor<?xi32>                | static shape",
        "dense<\"0x01\"> : tensor<2xi32>         | takes 8 bytes, but the string has 1",
        "dense<\"0x0G\"> : tensor<i8>            | not a hexadecimal digit",
        "dense<\"0x012\"> : tensor<i8>           | two hexadecimal digits",
        "dense<\"01\"> : tensor<i8>              | two hexadecimal digits",
        "dense<(1.0)> : tensor<complex<f32>>     | expected ','",
        "dense<[1, 2> : tensor<2xi32>            | bracket is not closed",
        "dense<yes> : tensor<i1>                 | expected true or false"
      })
  void rejects(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(HloSyntaxException.class)
        .hasMessageContaining(message);
  }

  /** Texts that MLIR's printer gave for these bits (jaxlib 0.10.2). */
  @ParameterizedTest
  @CsvSource({
    "F32, 0.1, 1.000000e-01",
    "F32, 3.14159265, 3.14159274",
    "F32, -0.833161831, -0.83316183",
    "F32, 1e10, 1.000000e+10",
    "F32, 16777217, 0x4B800000",
    "F16, -0.587890625, -5.878900e-01",
    "F64, 9.675809035373237e-11, 9.6758090353732369E-11",
    "F64, -0.97707148751442663, -0.97707148751442662",
    "F64, 0, 0.000000e+00",
    "F64, -0.0, -0.000000e+00",
    "BF16, NaN, 0x7FC0",
    "F64, -Infinity, 0xFFF0000000000000"
  })
  void writesNumbersAsMlirDoes(DType dtype, double value, String text) {
    Literal literal = Literal.scalar(dtype, value);
    assertThat(Numbers.text(dtype, literal.data(), 0)).isEqualTo(text);
  }

  @Property
  void everyPatternComesBack(@ForAll DType dtype, @ForAll long seed) {
    TensorType type = TensorType.of(dtype, 3, 2);
    byte[] bytes = new byte[(int) type.byteSize()];
    new Random(seed).nextBytes(bytes);
    if (dtype == DType.BOOL) {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] &= 1;
      }
    }
    Literal literal = Literal.copyOf(type, MemorySegment.ofArray(bytes));
    assertThat(read(print(literal))).isEqualTo(literal);
  }

  @Test
  void longConstantsAreStringsOfBytes() {
    float[] values = new float[1 << 16];
    Random random = new Random(0);
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat(random.nextInt());
    }
    Literal literal = Literal.ofFloats(Shape.of(256, 256), values);
    String text = print(literal);
    assertThat(text).startsWith("dense<\"0x").hasSizeLessThan(8 * values.length + 60);
    assertThat(read(text)).isEqualTo(literal);
  }
}
