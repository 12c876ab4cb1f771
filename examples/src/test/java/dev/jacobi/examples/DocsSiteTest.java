package dev.jacobi.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./jacobi docs} as a user runs it. */
@Tag("slow")
class DocsSiteTest {
  private static final Pattern LINK = Pattern.compile("href=\"([^\"#:]+)(?:#[^\"]*)?\"");

  @TempDir private Path temp;

  @Test
  void theSiteIsWholeAndItsLinksLeadSomewhere() throws Exception {
    Path site = temp.resolve("site");
    var result = Launcher.run(temp, "docs", "--out", site.toString());
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.err()).doesNotContain("warning:");
    assertThat(site.resolve("api/dev/jacobi/numpy/Jnp.html")).exists();
    assertThat(site.resolve("names.html")).content().contains("jax.numpy.where", "Jnp.where");
    try (var pages = Files.newDirectoryStream(site, "*.html")) {
      for (Path page : pages) {
        LINK.matcher(Files.readString(page))
            .results()
            .map(link -> link.group(1))
            .forEach(link -> assertThat(site.resolve(link)).as(page.toString()).exists());
      }
    }
  }
}
