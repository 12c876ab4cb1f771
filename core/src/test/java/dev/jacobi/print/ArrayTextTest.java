package dev.jacobi.print;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Printing against what NumPy printed, see {@code goldens/make_print.py}. */
class ArrayTextTest {
  /** A golden case. */
  private record Case(
      int line, String head, Elements elements, PrintOptions options, String text) {}

  @Test
  void printsAsNumPyDoes() throws IOException {
    List<Case> cases = cases();
    assertThat(cases).hasSizeGreaterThan(400);
    SoftAssertions softly = new SoftAssertions();
    for (Case c : cases) {
      softly
          .assertThat(ArrayText.of(c.elements, c.options))
          .as("line %d: %s", c.line, c.head)
          .isEqualTo(c.text);
    }
    softly.assertAll();
  }

  private static List<Case> cases() throws IOException {
    Path file = Path.of(System.getProperty("jacobi.root", ".."), "goldens", "print", "print.txt");
    List<String> lines = Files.readAllLines(file);
    List<Case> cases = new ArrayList<>();
    for (int at = 1; at < lines.size(); ) {
      int line = at + 1;
      String head = lines.get(at++);
      String bits = lines.get(at++);
      List<String> text = new ArrayList<>();
      while (at < lines.size() && lines.get(at).startsWith("|")) {
        text.add(lines.get(at++).substring(1));
      }
      String[] words = head.split(" ");
      cases.add(
          new Case(
              line,
              head,
              Elements.of(literal(DType.valueOf(words[1]), shape(words[2]), bits)),
              options(Arrays.asList(words).subList(3, words.length)),
              String.join("\n", text)));
    }
    return cases;
  }

  private static Shape shape(String text) {
    return text.equals("-")
        ? Shape.scalar()
        : Shape.of(Arrays.stream(text.split(",")).mapToLong(Long::parseLong).toArray());
  }

  private static Literal literal(DType dtype, Shape shape, String bits) {
    TensorType type = new TensorType(dtype, shape);
    MemorySegment data = Literal.allocate(type);
    int width = dtype.kind() == DType.Kind.COMPLEX ? dtype.bytes() / 2 : dtype.bytes();
    long offset = 0;
    for (String word : bits.isEmpty() ? new String[0] : bits.split(" ")) {
      long value = Long.parseUnsignedLong(word, 16);
      for (int b = 0; b < width; b++) {
        data.set(ValueLayout.JAVA_BYTE, offset++, (byte) (value >>> (8 * b)));
      }
    }
    assertThat(offset).isEqualTo(type.byteSize());
    return Literal.wrap(type, data);
  }

  private static PrintOptions options(List<String> words) {
    PrintOptions options = PrintOptions.DEFAULT;
    for (String word : words) {
      int value = Integer.parseInt(word.substring(word.indexOf('=') + 1));
      options =
          switch (word.substring(0, word.indexOf('='))) {
            case "precision" -> options.withPrecision(value);
            case "threshold" -> options.withThreshold(value);
            case "edgeitems" -> options.withEdgeItems(value);
            case "linewidth" -> options.withLineWidth(value);
            case "suppress" -> options.withSuppress(value != 0);
            default -> throw new AssertionError(word);
          };
    }
    return options;
  }

  /** NumPy has no bfloat16 of its own; these follow from its rules for the other types. */
  @ParameterizedTest
  @CsvSource({
    "1, 1.0",
    "0.1, 0.1",
    "3.140625, 3.14",
    "1e30, 1e+30",
    "0.33203125, 0.332",
    "1e-5, 1e-05"
  })
  void bfloat16HasItsOwnShortestDigits(double value, String text) {
    assertThat(ArrayText.of(Literal.scalar(DType.BF16, value))).isEqualTo(text);
  }
}
