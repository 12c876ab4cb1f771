package dev.jacobi.hlo.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.interpret.Interpreter;
import dev.jacobi.hlo.text.HloParser;
import dev.jacobi.hlo.text.HloPrinter;
import dev.jacobi.hlo.text.HloSyntaxException;
import dev.jacobi.hlo.text.UnsupportedOpException;
import dev.jacobi.hlo.verify.Verifier;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What older releases wrote: goldens/make_old_bytecode.py and make_compatibility.py. */
class OlderVersionsTest {
  private static Path folder(String name) {
    try {
      return Path.of(OlderVersionsTest.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<String> everyReleaseOfJax() throws IOException {
    try (Stream<Path> files = Files.list(folder("old"))) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  /** Their results say whether each element is what that release's XLA gave. */
  @ParameterizedTest
  @MethodSource
  @Tag("slow")
  void everyReleaseOfJax(String name) throws IOException {
    byte[] bytecode = Files.readAllBytes(folder("old").resolve(name));
    List<Literal> results = Interpreter.run(BytecodeReader.read(name, bytecode), List.of());
    assertThat(results).isNotEmpty();
    for (int i = 0; i < results.size(); i++) {
      Literal result = results.get(i);
      for (long k = 0; k < result.shape().size(); k++) {
        assertThat(result.getBoolean(k)).as("result %d, element %d", i, k).isTrue();
      }
    }
  }

  @Test
  void everyReleaseIsRead() throws IOException {
    for (String name : everyReleaseOfJax()) {
      byte[] bytecode = Files.readAllBytes(folder("old").resolve(name));
      HloModule module = BytecodeReader.read(name, bytecode);
      Verifier.verify(module);
      assertThat(HloPrinter.print(module)).doesNotContain("@mhlo.", "\"chlo.");
    }
  }

  @Test
  void thereAreNineReleases() throws IOException {
    Pattern version = Pattern.compile("-([\\d.]+)\\.mlirbc");
    assertThat(
            everyReleaseOfJax().stream()
                .map(version::matcher)
                .filter(Matcher::find)
                .map(m -> m.group(1))
                .distinct())
        .contains("0.4.30", "0.4.35", "0.5.3", "0.6.2", "0.7.2", "0.8.3", "0.9.2", "0.10.2");
  }

  /** StableHLO's own files, function by function; those of features that are not built are few. */
  @ParameterizedTest
  @CsvSource({"0_9_0, 160", "0_14_0, 160", "1_0_0, 170", "1_20_0, 200"})
  void everyVersionOfVhlo(String version, int least) throws IOException {
    byte[] bytecode = Files.readAllBytes(folder("vhlo").resolve(version + ".mlirbc"));
    Map<String, String> read = functions(BytecodeReader.text(bytecode));
    read.replaceAll((name, text) -> "\"builtin.module\"() ({\n" + text + "}) : () -> ()");
    String printed = Files.readString(folder("vhlo").resolve(version + ".mlir"));
    Map<String, String> expected = functions(printed);
    assertThat(read.keySet()).isEqualTo(expected.keySet());
    List<String> wrong = new ArrayList<>();
    int good = 0;
    for (String name : expected.keySet()) {
      Optional<String> want = normal(expected.get(name));
      Optional<String> got = normal(read.get(name));
      good += want.isPresent() ? 1 : 0;
      if (want.isPresent() && !want.equals(got)) {
        wrong.add(want.get() + "but read: " + got.orElse(read.get(name)));
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(good).isGreaterThanOrEqualTo(least);
  }

  private static final Pattern NAME =
      Pattern.compile("sym_name = \"([^\"]+)\"|func\\.func (?:private |public )?@(\\w+)");

  /** Functions by name: they begin and end on lines that two blanks indent. */
  private static Map<String, String> functions(String module) {
    Map<String, String> functions = new LinkedHashMap<>();
    StringBuilder one = new StringBuilder();
    for (String line : module.lines().toList()) {
      if (!line.startsWith("  ")) {
        continue;
      }
      one.append(line).append('\n');
      boolean isOpen = line.startsWith("   ") || line.endsWith("{");
      if (!isOpen) {
        Matcher m = NAME.matcher(one);
        if (m.find()) {
          functions.put(m.group(1) != null ? m.group(1) : m.group(2), one.toString());
        }
        one.setLength(0);
      }
    }
    return functions;
  }

  /** As this project prints it, if all of it is built. */
  private static Optional<String> normal(String function) {
    try {
      HloModule module = HloParser.parse(function);
      return Optional.of(
          HloPrinter.print(module)
              .replaceAll("(channel_handle<handle = \\d+), type = \\d+>", "$1>"));
    } catch (UnsupportedOpException | HloSyntaxException e) {
      return Optional.empty();
    }
  }
}
