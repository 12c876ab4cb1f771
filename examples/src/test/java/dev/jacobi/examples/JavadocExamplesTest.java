package dev.jacobi.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Javadoc says that a call gives, it gives; and nearly every function says so. */
class JavadocExamplesTest {
  private static final Path CORE = Sources.ROOT.resolve("core/src/main/java/dev/jacobi");
  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*\\*(.*?)\\*/");
  private static final Pattern METHOD =
      Pattern.compile("(?m)^  public static (?:<[^\\n(]*> )?[\\w.<>,\\[\\]? @]+? (\\w+)\\(");

  /** Functions whose Javadoc has no example yet; this number only goes down. */
  private static final int WITHOUT = 11;

  private static final String HEAD =
      """
      import static dev.jacobi.Jacobi.*;
      import static dev.jacobi.numpy.Jnp.*;

      import dev.jacobi.*;
      import dev.jacobi.control.Step;
      import dev.jacobi.hlo.*;
      import dev.jacobi.image.*;
      import dev.jacobi.hlo.ReductionOp.DotDims;
      import dev.jacobi.hlo.SpectralOp.FftType;
      import dev.jacobi.lax.ConvOptions;
      import dev.jacobi.lax.ConvTransposeOptions;
      import dev.jacobi.lax.GatherDimensionNumbers;
      import dev.jacobi.lax.Lax;
      import dev.jacobi.lax.Padding;
      import dev.jacobi.lax.ScatterDimensionNumbers;
      import dev.jacobi.nn.*;
      import dev.jacobi.numpy.*;
      import dev.jacobi.numpy.Fft;
      import dev.jacobi.numpy.Linalg;
      import dev.jacobi.ops.*;
      import dev.jacobi.random.Random;
      import dev.jacobi.scipy.*;
      import dev.jacobi.scipy.signal.Window;
      import dev.jacobi.scipy.stats.*;
      import java.util.*;
      import java.util.function.*;

      public final class Snippets {
        static void print(Supplier<Object> call) {
          System.out.println(String.valueOf(call.get()).replaceAll("\\\\s+", " "));
        }

      """;

  /** {@code call} is {@code result}. */
  private record Example(String file, String call, String result) {}

  @TempDir private Path temp;

  @Test
  @Tag("slow")
  void callsGiveWhatTheyAreSaidTo() throws Exception {
    List<Example> examples = publicApi().stream().flatMap(file -> examples(file).stream()).toList();
    assertThat(examples).hasSizeGreaterThan(800);
    var result = Launcher.on(temp, "cpu", 300, program(examples).toString());
    assertThat(result.code()).as(result.err()).isZero();
    List<String> printed = result.out().lines().toList();
    assertThat(printed).hasSameSizeAs(examples);
    for (int i = 0; i < printed.size(); i++) {
      Example example = examples.get(i);
      Printed.isLike(example.file + ": " + example.call, printed.get(i), example.result);
    }
  }

  private Path program(List<Example> examples) throws IOException {
    var text = new StringBuilder(HEAD);
    for (int i = 0; i < examples.size(); i++) {
      text.append("  static void e%d() { print(() -> %s); }\n".formatted(i, examples.get(i).call));
    }
    text.append("\n  public static void main(String[] args) {\n");
    IntStream.range(0, examples.size()).forEach(i -> text.append("    e%d();\n".formatted(i)));
    text.append("  }\n}\n");
    return Files.writeString(temp.resolve("Snippets.java"), text);
  }

  @Test
  void everyFunctionHasOne() {
    var all = new TreeSet<String>();
    var shown = new TreeSet<String>();
    publicApi().forEach(file -> functions(file, all, shown));
    all.removeAll(shown);
    Set<String> without = all;
    assertThat(without.size()).as("%s", without).isEqualTo(WITHOUT);
  }

  private static List<Path> publicApi() {
    return Sources.files(CORE, ".java").stream()
        .filter(file -> isPublicApi(CORE.relativize(file).toString()))
        .toList();
  }

  private static boolean isPublicApi(String file) {
    return file.matches("(numpy/(Jnp\\w*|Linalg\\w*|Fft)|lax/Lax\\w*|nn/(Nn|Initializers)).java")
        || file.matches("(ops|image|random|scipy|scipy/stats)/\\w+.java")
            && !file.matches(".*/(RandomPrimitives|Programs).java");
  }

  /** All public functions of a file, and those that have an example. */
  private static void functions(Path file, Set<String> all, Set<String> shown) {
    String text = String.join("\n", Sources.lines(file));
    if (!text.contains("\npublic ")) {
      return;
    }
    // Overloads of one function of NumPy stand in several classes of the chain.
    String type = file.getFileName().toString().replaceAll("\\.java$|^Jnp\\w*\\.java$", "");
    int from = 0;
    for (MatchResult method : METHOD.matcher(text).results().toList()) {
      String name = type + "." + method.group(1);
      all.add(name);
      // What stands between the method before and this one is this one's comment.
      if (!pairs(file, comments(text.substring(from, method.start()))).isEmpty()) {
        shown.add(name);
      }
      from = method.end();
    }
  }

  private static List<Example> examples(Path file) {
    return pairs(file, comments(String.join("\n", Sources.lines(file))));
  }

  /** The words of all documentation comments. */
  private static String comments(String text) {
    return COMMENT
        .matcher(text)
        .results()
        .map(c -> c.group(1).replaceAll("\\n\\s*\\* ?", " ").replaceAll("\\s+", " "))
        .collect(Collectors.joining("\n"));
  }

  private static List<Example> pairs(Path file, String comments) {
    List<Example> all = new ArrayList<>();
    String open = "{@code ";
    String between = " is " + open;
    for (int at = comments.indexOf(open); at >= 0; at = comments.indexOf(open, at + 1)) {
      int end = close(comments, at);
      if (comments.startsWith(between, end + 1)) {
        int second = end + between.length() - open.length() + 1;
        String call = comments.substring(at + open.length(), end);
        String result = comments.substring(second + open.length(), close(comments, second));
        all.add(new Example(file.getFileName().toString(), call, result));
      }
    }
    return all;
  }

  /** The brace that closes the one at a place. */
  private static int close(String text, int open) {
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return text.length() - 1;
  }
}
