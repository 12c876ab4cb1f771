package dev.jacobi.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Programs as one writes them in a notebook: they find what scikit-learn, SciPy and JAX find
 * ({@code goldens/notebooks.tsv}), and print what {@code docs/examples.md} shows.
 */
class NotebooksTest {
  private static final PrintedGoldens GOLDENS = PrintedGoldens.of("notebooks.tsv");
  private static final List<String> PAGE = Sources.lines(Sources.ROOT.resolve("docs/examples.md"));
  private static final long SECONDS = 300;

  @TempDir static Path temp;

  static List<String> programs() {
    return GOLDENS.programs();
  }

  private static Launcher.Result run(String name, Path png) throws Exception {
    return Launcher.on(temp, "cpu", SECONDS, "examples/" + name + ".java", png.toString());
  }

  @ParameterizedTest
  @MethodSource("programs")
  @Tag("slow")
  void findsWhatOthersFindAndThePageShows(String name) throws Exception {
    Path png = temp.resolve(name + ".png");
    var result = run(name, png);
    GOLDENS.hold(name, result);
    Printed.isLike(name, result.out(), shown(name));
    assertThat(Files.readAllBytes(png)).startsWith(0x89, 'P', 'N', 'G').hasSizeGreaterThan(5_000);
  }

  /** The block of the page below the comment that names a program. */
  private static String shown(String name) {
    int comment = PAGE.indexOf("<!-- output of examples/" + name + ".java -->");
    assertThat(comment).as("the page has what %s prints", name).isNotNegative();
    assertThat(PAGE.get(comment + 1)).isEqualTo("```text");
    var block = PAGE.stream().skip(comment + 2).takeWhile(line -> !line.equals("```")).toList();
    return String.join("\n", block) + "\n";
  }

  @Test
  void thePageHasThemAllAndNoMore() {
    var shown =
        PAGE.stream()
            .filter(line -> line.startsWith("<!-- output of "))
            .map(line -> line.replaceAll("<!-- output of examples/(.*)\\.java -->", "$1"))
            .toList();
    assertThat(shown).containsExactlyElementsOf(programs()).hasSize(10);
  }

  @Test
  @Tag("slow")
  void thePictureShowsTheNumbers() throws Exception {
    Path png = temp.resolve("pictures.png");
    var result = run("ImageFilter", png);
    assertThat(result.code()).as(result.err()).isZero();
    var image = ImageIO.read(png.toFile());
    assertThat(image.getWidth()).isEqualTo(5 * 192);
    assertThat(image.getHeight()).isEqualTo(225);
    var blurred = GOLDENS.numbers("ImageFilter", "blurred pixels"); // the third picture
    for (int i = 0; i < 16; i++) {
      int grey = image.getRaster().getSample(2 * 192 + 20 + i % 4 * 50, 20 + i / 4 * 60, 0);
      assertThat(grey).isEqualTo((int) Math.round(blurred[i] * 255));
    }
  }
}
