package dev.jacobi.cli.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteTest {
  @TempDir private Path root;

  private Path file(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void linksLeadToPagesAndFiles() throws IOException {
    Path readme = file("README.md", "# Jacobi\n\n[a](docs/a.md#part) [code](cli/A.java) `<T>`\n");
    Path guide = file("docs/a.md", "# A & B\n\n## Part\n\n| x | y |\n|---|---|\n| 1 | 2 |\n");
    Path site = Files.createDirectories(root.resolve("target/site"));
    var layout = new Layout(root, site, List.of(readme, guide));
    layout.write(readme);
    layout.write(guide);
    assertThat(site.resolve("index.html"))
        .content()
        .contains("<a href=\"a.html#part\">a</a>", "href=\"../../cli/A.java\"")
        .contains("<code>&lt;T&gt;</code>", "<title>Jacobi</title>");
    assertThat(site.resolve("a.html"))
        .content()
        .contains("<title>A &amp; B</title>", "<h2 id=\"part\">", "<td>1</td>");
  }

  @Test
  void namesStandByModule() throws IOException {
    Path parity =
        file(
            "docs/parity.tsv",
            "jax_name\tjava\tdtypes\tgolden\tgrad\tvmap\treason\n"
                + "jax.numpy.sin\tJnp.sin\tf32\tjnp/a.tsv\tyes\tyes\t\n"
                + "jax.numpy.ufunc\t\t\t\tn/a\tn/a\tPython's <objects>\n");
    assertThat(NamesPage.of(parity))
        .contains("<h2>jax.numpy</h2>", "<code>Jnp.sin</code>", "2 public names")
        .contains("Python's &lt;objects&gt;");
  }
}
