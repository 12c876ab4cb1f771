package dev.jacobi.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Java in the documentation is text that the tests compile and run: each block stands under a
 * comment such as {@code <!-- from examples/Selu.java#selu -->}, and equals the lines between
 * {@code // begin selu} and {@code // end selu} there.
 */
class DocsTest {
  private static final Pattern SOURCE = Pattern.compile("<!-- from (\\S+?)(?:#(\\S+))? -->");

  private record Snippet(int line, String source, String text) {}

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "docs/debugging.md",
        "docs/examples.md",
        "docs/export.md",
        "docs/control-flow.md",
        "docs/parallel.md",
        "docs/symbolic.md"
      })
  void snippetsAreTakenFromTestedFiles(String name) {
    for (var snippet : snippets(Sources.ROOT.resolve(name))) {
      var matcher = SOURCE.matcher(snippet.source);
      assertThat(matcher.matches())
          .as("%s:%d: the line above a Java block names its source", name, snippet.line)
          .isTrue();
      assertThat(snippet.text)
          .as("%s:%d", name, snippet.line)
          .isEqualTo(region(Sources.ROOT.resolve(matcher.group(1)), matcher.group(2)));
    }
  }

  private static List<Snippet> snippets(Path file) {
    var lines = Sources.lines(file);
    var snippets = new ArrayList<Snippet>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).equals("```java")) {
        int start = i + 1;
        while (!lines.get(i).equals("```")) {
          i++;
        }
        var above = start >= 2 ? lines.get(start - 2) : "";
        snippets.add(new Snippet(start, above, String.join("\n", lines.subList(start, i))));
      }
    }
    return snippets;
  }

  private static String region(Path file, String name) {
    var lines = Sources.lines(file);
    if (name == null) {
      return String.join("\n", lines);
    }
    var marks = lines.stream().map(String::strip).toList();
    int begin = marks.indexOf("// begin " + name);
    int end = marks.indexOf("// end " + name);
    assertThat(begin).as("%s marks a region %s", file, name).isNotNegative().isLessThan(end);
    return String.join("\n", lines.subList(begin + 1, end)).stripTrailing().stripIndent();
  }

  @Test
  void theReadmeStartsWithTheMainJobAndTheTests() {
    var commands =
        Sources.lines(Sources.ROOT.resolve("README.md")).stream()
            .filter(line -> line.startsWith("./jacobi"))
            .limit(2);
    assertThat(commands).containsExactly("./jacobi examples/Digits.java", "./jacobi test");
  }

  @Test
  void linksPointToFilesThatExist() {
    var link = Pattern.compile("\\]\\((?!https?:)([^)#]+)[^)]*\\)");
    for (var name : List.of("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")) {
      for (var line : Sources.lines(Sources.ROOT.resolve(name))) {
        link.matcher(line)
            .results()
            .forEach(found -> assertThat(Sources.ROOT.resolve(found.group(1))).exists());
      }
    }
  }
}
