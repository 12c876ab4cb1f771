package dev.jacobi.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Java files look as google-java-format leaves them; {@code mvn spotless:apply} does it. */
@Tag("slow")
class FormatTest {
  @Test
  void everyFileIsFormatted() {
    var formatter = new Formatter();
    var wrong =
        Stream.concat(
                Sources.java().stream(), Sources.programs().stream().filter(FormatTest::hasClass))
            .parallel()
            .filter(file -> !isFormatted(formatter, file))
            .map(Sources::relative)
            .sorted()
            .toList();
    assertThat(wrong).as("files that mvn spotless:apply would change").isEmpty();
  }

  /** google-java-format 1.31 cannot read compact source files (JEP 512). */
  private static boolean hasClass(Path program) {
    return Sources.lines(program).stream().anyMatch(line -> line.startsWith("public final class"));
  }

  private static boolean isFormatted(Formatter formatter, Path file) {
    try {
      var source = Files.readString(file);
      return formatter.formatSourceAndFixImports(source).equals(source);
    } catch (IOException | FormatterException e) {
      throw new AssertionError(file + " cannot be formatted", e);
    }
  }
}
