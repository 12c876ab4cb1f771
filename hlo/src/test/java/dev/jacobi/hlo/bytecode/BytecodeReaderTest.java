package dev.jacobi.hlo.bytecode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.shorthand.Recompose;
import dev.jacobi.hlo.text.HloParser;
import dev.jacobi.hlo.text.HloPrinter;
import dev.jacobi.hlo.text.HloSyntaxException;
import dev.jacobi.hlo.text.UnsupportedOpException;
import dev.jacobi.hlo.verify.Verifier;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On what real JAX wrote: goldens/make_bytecode.py. */
class BytecodeReaderTest {
  private static final List<String> PROGRAMS = List.of("mlp", "many", "conv", "dtypes", "symbolic");

  private static byte[] resource(String name) throws IOException {
    try (var in = BytecodeReaderTest.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp", "many", "conv", "dtypes", "symbolic"})
  void isTheProgramThatJaxPrints(String name) throws IOException {
    HloModule read = BytecodeReader.read(name, resource(name + ".mlirbc"));
    Verifier.verify(read);
    HloModule printed = Recompose.of(HloParser.parse(name, resource(name + ".mlir")));
    assertThat(HloPrinter.print(read)).isEqualTo(withoutShardings(HloPrinter.print(printed)));
  }

  /** What the partitioner's dialect says of operations is not kept. */
  private static String withoutShardings(String text) {
    return text.replaceAll(", sdy\\.sharding_rule = #sdy\\.op_sharding_rule<.*, custom>", "");
  }

  @Test
  void everyTruncationIsAnErrorWithItsOffset() throws IOException {
    byte[] whole = resource("mlp.mlirbc");
    for (int n = 0; n < whole.length; n++) {
      byte[] part = Arrays.copyOf(whole, n);
      assertThatThrownBy(() -> BytecodeReader.text(part))
          .isInstanceOf(BytecodeException.class)
          .hasMessageContaining("(at byte ");
    }
  }

  @Test
  void damagedBytesGiveAProgramOrANamedError() throws IOException {
    var random = new SplittableRandom(1);
    for (int i = 0; i < 300; i++) {
      byte[] bytes = resource(PROGRAMS.get(i % PROGRAMS.size()) + ".mlirbc");
      for (int k = 1 + random.nextInt(3); k > 0; k--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        BytecodeReader.read("damaged", bytes);
      } catch (BytecodeException | HloSyntaxException | UnsupportedOpException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
  }

  @Test
  void otherBytesAndVersionsFromTheFuture() {
    assertThatThrownBy(() -> BytecodeReader.text("module {}".getBytes(UTF_8)))
        .isInstanceOf(BytecodeException.class)
        .hasMessageContaining("this is no MLIR bytecode");
    byte[] future = {0x4D, 0x4C, (byte) 0xEF, 0x52, (byte) (99 << 1 | 1), 0};
    assertThatThrownBy(() -> BytecodeReader.text(future))
        .isInstanceOf(BytecodeException.class)
        .hasMessageContaining("bytecode of version 99; the newest known is 6");
  }
}
