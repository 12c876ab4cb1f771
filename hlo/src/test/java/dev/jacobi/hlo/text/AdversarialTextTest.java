package dev.jacobi.hlo.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.verify.HloVerifyException;
import dev.jacobi.hlo.verify.Verifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Texts that are wrong on purpose: each gives a program or one of the three named exceptions, soon
 * and in little memory.
 */
@Tag("slow")
class AdversarialTextTest {
  private static final List<String> FILES =
      List.of(
          "operations.mlir",
          "generic.mlir",
          "others.mlir",
          "others.generic.mlir",
          "accepted.mlir",
          "locations.mlir");

  private static final Pattern TOKEN = Pattern.compile("[%@#!^]?[\\w.$-]+|\"[^\"\n]*\"|\\S");

  private static final List<String> NUMBERS =
      List.of(
          "-1",
          "2147483647",
          "2147483648",
          "-9223372036854775808",
          "9223372036854775807",
          "18446744073709551615",
          "99999999999999999999",
          "0x7FFFFFFFFFFFFFFF",
          "1.0e999");

  /** Whether a text is a valid program; throws whatever is not one of the named exceptions. */
  private static boolean isValid(byte[] text) {
    try {
      HloModule module = HloParser.parse("<adversarial>", text);
      Verifier.verify(module);
      HloPrinter.print(module);
      return true;
    } catch (HloSyntaxException e) {
      assertThat(e.line()).isPositive();
      assertThat(e.column()).isPositive();
      return false;
    } catch (UnsupportedOpException | HloVerifyException e) {
      return false;
    }
  }

  private static boolean isValid(String text) {
    return isValid(text.getBytes(UTF_8));
  }

  private static void truncations(int step) {
    for (String file : FILES) {
      byte[] text = Texts.read(file).getBytes(UTF_8);
      for (int n = 0; n < text.length; n += step) {
        isValid(Arrays.copyOf(text, n));
      }
    }
  }

  @Test
  void endsTooSoon() {
    truncations(997);
  }

  @Tag("long")
  @Test
  void endsAfterAnyByte() {
    truncations(1);
  }

  private static void mutations(int count, long seed) {
    Random random = new Random(seed);
    List<List<String>> texts = FILES.stream().map(f -> pieces(Texts.read(f))).toList();
    int valid = 0;
    for (int i = 0; i < count; i++) {
      valid += isValid(mutated(texts.get(random.nextInt(texts.size())), random)) ? 1 : 0;
    }
    assertThat(valid).isLessThan(count / 2);
  }

  /** The tokens of a text at the odd places, what is between them at the others. */
  private static List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    int end = 0;
    for (MatchResult t : TOKEN.matcher(text).results().toList()) {
      pieces.add(text.substring(end, t.start()));
      pieces.add(t.group());
      end = t.end();
    }
    pieces.add(text.substring(end));
    return pieces;
  }

  /** One to three tokens swapped, repeated, dropped, taken from elsewhere, or huge. */
  private static String mutated(List<String> text, Random random) {
    List<String> pieces = new ArrayList<>(text);
    int tokens = pieces.size() / 2;
    for (int n = random.nextInt(1, 4); n > 0; n--) {
      int at = 2 * random.nextInt(tokens) + 1;
      String other = pieces.get(2 * random.nextInt(tokens) + 1);
      switch (random.nextInt(5)) {
        case 0 -> {
          int next = Math.min(at + 2, 2 * tokens - 1);
          other = pieces.get(at);
          pieces.set(at, pieces.get(next));
          pieces.set(next, other);
        }
        case 1 -> pieces.set(at, pieces.get(at) + " " + pieces.get(at));
        case 2 -> pieces.set(at, "");
        case 3 -> pieces.set(at, other);
        default -> pieces.set(at, huge(pieces.get(at), random));
      }
    }
    return String.join("", pieces);
  }

  /** The token with its first number replaced by an extreme one. */
  private static String huge(String token, Random random) {
    String number = NUMBERS.get(random.nextInt(NUMBERS.size()));
    return token.matches(".*\\d.*") ? token.replaceFirst("\\d+", number) : number;
  }

  @Test
  void mixedUp() {
    mutations(300, 11);
  }

  @Tag("long")
  @Test
  void mixedUpALot() {
    mutations(100_000, 12);
  }

  @Test
  void anyBytes() {
    Random random = new Random(13);
    for (int i = 0; i < 500; i++) {
      byte[] text = new byte[random.nextInt(200)];
      random.nextBytes(text);
      assertThat(isValid(text)).as(new String(text, ISO_8859_1)).isEqualTo(false);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%0 = stablehlo.iota dim = 0 : tensor<9223372036854775807x9223372036854775807xf32>",
        "%0 = stablehlo.iota dim = 9999999999 : tensor<2xf32>",
        "%0 = stablehlo.constant dense<1.0> : tensor<140737488355328x140737488355328xf32>",
        "%0 = stablehlo.constant dense<1.0> : tensor<1000000000000xf64>",
        "%0 = stablehlo.pad %a, %f, low = [9223372036854775807], high = [9223372036854775807],"
            + " interior = [9223372036854775807] : (tensor<2xf32>, tensor<f32>) -> tensor<2xf32>",
        "%0 = stablehlo.slice %a [-9223372036854775808:9223372036854775807] : (tensor<2xf32>) ->"
            + " tensor<1xf32>",
        "%0 = stablehlo.broadcast %a, sizes = [9223372036854775807, 4] : (tensor<2xf32>) ->"
            + " tensor<4xf32>",
        "%0 = stablehlo.fft %a, type = RFFT, length = [-9223372036854775808] : (tensor<2xf32>) ->"
            + " tensor<2xcomplex<f32>>",
        "%0 = stablehlo.concatenate %a, %a, dim = 2147483648 : (tensor<2xf32>, tensor<2xf32>) ->"
            + " tensor<4xf32>",
        "%0 = stablehlo.transpose %a, dims = [9223372036854775807] : (tensor<2xf32>) ->"
            + " tensor<2xf32>",
        "%0:9223372036854775807 = stablehlo.negate %a : tensor<2xf32>",
        "%0:-5 = stablehlo.negate %a : tensor<2xf32>",
        "%0 = stablehlo.negate %a#99999999999 : tensor<2xf32>",
        "%0 = stablehlo.negate %0 : tensor<2xf32>"
      })
  void hugeAndCircular(String line) {
    String text =
        "func.func @main(%a: tensor<2xf32>, %f: tensor<f32>) {\n" + line + "\nreturn\n}\n";
    Assertions.assertTimeout(
        Duration.ofSeconds(5), () -> assertThat(isValid(text)).as(line).isFalse());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        "[",
        "{",
        "<",
        "{a = ",
        "#a<",
        "tensor<",
        "loc(callsite(",
        "dense<[",
        "\"",
        "^bb0(",
        "%0 = \"stablehlo.if\"(%p) ({\n",
        "module {\n",
        "func.func @f() {\n",
        "tuple<",
        "complex<"
      })
  void nestedDeep(String open) {
    for (String before :
        List.of(
            "",
            "module attributes ",
            "func.func @main(%p: tensor<i1>) attributes ",
            "func.func @main(%p: tensor<i1>) {\n",
            "func.func @main(%p: tensor<i1>) {\n%0 = stablehlo.constant ",
            "func.func @main(%p: ",
            "func.func @main(%p: tensor<i1>) {\n%0 = stablehlo.custom_call @x(%p) ")) {
      assertThat(isValid(before + open.repeat(100_000))).isFalse();
    }
  }

  @Test
  void functionsThatCallEachOther() {
    String text =
        """
        func.func @main() { call @f() : () -> () return }
        func.func @f() { call @g() : () -> () return }
        func.func @g() { call @f() : () -> () return }
        """;
    assertThatThrownBy(() -> Verifier.verify(HloParser.parse(text)))
        .isInstanceOf(HloVerifyException.class)
        .hasMessageStartingWith("call_recursion");
    StringBuilder chain = new StringBuilder("func.func @main() { call @f0() : () -> () return }\n");
    for (int i = 0; i < 20_000; i++) {
      chain.append("func.func @f%d() { call @f%d() : () -> () return }\n".formatted(i, i + 1));
    }
    isValid(chain + "func.func @f20000() { return }\n");
  }
}
