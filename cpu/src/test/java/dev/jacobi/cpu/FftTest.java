package dev.jacobi.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.text.HloParser;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Fourier transforms of all kinds of lengths against the interpreter's, which are by definition.
 */
class FftTest {
  /** The root mean square of the error, in units of the result's and the type's epsilon. */
  private static final double ALLOWED = 4;

  /** A program of one transform, such as {@code RFFT 3 x 4x5 f32}: batch 3, lengths 4 and 5. */
  private static HloModule program(String type, List<Long> batch, List<Long> lengths, String part) {
    long last = lengths.getLast();
    String outer =
        Stream.concat(batch.stream(), lengths.subList(0, lengths.size() - 1).stream())
            .map(n -> n + "x")
            .collect(Collectors.joining());
    String complex = "complex<" + part + ">";
    String half = "tensor<" + outer + (last / 2 + 1) + "x" + complex + ">";
    String real = "tensor<" + outer + last + "x" + part + ">";
    String whole = "tensor<" + outer + last + "x" + complex + ">";
    String from = type.equals("RFFT") ? real : type.equals("IRFFT") ? half : whole;
    String to = type.equals("RFFT") ? half : type.equals("IRFFT") ? real : whole;
    return HloParser.parse(
        """
        func.func public @main(%%x: %s) -> %s {
          %%r = stablehlo.fft %%x, type = %s, length = %s : (%s) -> %s
          return %%r : %s
        }
        """
            .formatted(from, to, type, lengths, from, to, to));
  }

  private static List<Long> longs(String text) {
    return text.isEmpty() ? List.of() : Stream.of(text.split("x")).map(Long::valueOf).toList();
  }

  private static void check(String lengths, String batch, String part) {
    for (String type : List.of("FFT", "IFFT", "RFFT", "IRFFT")) {
      HloModule module = program(type, longs(batch), longs(lengths), part);
      List<Literal> x = Engines.arguments(module, 7);
      Literal exact = Engines.run(Engines.interpreter(), module, x, 1).getFirst();
      Literal one = Engines.run(Engines.CPU, module, x, 1).getFirst();
      String what = type + " " + batch + " of " + lengths + " in " + part;
      assertThat(error(one, exact)).as(what).isLessThan(ALLOWED);
      Literal many = Engines.run(Engines.CPU, module, x, 0).getFirst();
      assertThat(many).as("threads: " + what).isEqualTo(one);
    }
  }

  private static double error(Literal got, Literal exact) {
    assertThat(got.type()).isEqualTo(exact.type());
    DType part = exact.dtype().real();
    long n = exact.shape().size() * (exact.dtype().isComplex() ? 2 : 1);
    double squares = 0;
    double errors = 0;
    for (long i = 0; i < n; i++) {
      double due = Literal.getDouble(part, exact.data(), i);
      double off = Literal.getDouble(part, got.data(), i) - due;
      squares += due * due;
      errors += off * off;
    }
    double epsilon = part == DType.F32 ? 0x1p-23 : 0x1p-52;
    return squares == 0 ? errors : Math.sqrt(errors / squares) / epsilon;
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "15", "16", "17", "3x4"})
  void fewPoints(String lengths) {
    check(lengths, "", "f32");
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "3", "4", "5", "7", "8", "11", "13", "26", "49", "60", "64", "100", "121", "127", "128",
        "169", "210", "256", "1000", "1009", "1024", "2310", "4096", "6x4", "3x5x7", "16x32",
        "33x17"
      })
  void manyPoints(String lengths) {
    check(lengths, "", "f32");
    check(lengths, "3", "f64");
    check(lengths, "2x19", "f32");
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"65536", "2x32768", "9000x3", "59049", "30030"})
  void longLines(String lengths) {
    check(lengths, "", "f64");
  }
}
