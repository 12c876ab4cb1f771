package dev.jacobi.cli.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./jacobi docs}: writes the site. */
@Command(
    name = "docs",
    description =
        "Writes the documentation, its table of names and the Javadoc as a site of files.")
public final class DocsCommand implements Callable<Integer> {
  @Option(names = "--out", paramLabel = "FOLDER", description = "where to (default: target/site)")
  private Path out;

  @Option(names = "--no-api", description = "leaves the Javadoc out, which takes the most time")
  private boolean noApi;

  @Spec private CommandSpec spec;

  private DocsCommand() {}

  @Override
  public Integer call() throws IOException {
    Path root = Path.of(System.getProperty("jacobi.home", ".")).toAbsolutePath().normalize();
    Path site = (out == null ? root.resolve("target/site") : out).toAbsolutePath().normalize();
    Files.createDirectories(site);
    List<Path> pages = pages(root);
    var layout = new Layout(root, site, pages);
    for (Path page : pages) {
      layout.write(page);
    }
    layout.write("names.html", "Names", NamesPage.of(root.resolve("docs/parity.tsv")));
    if (!noApi) {
      ApiPages.write(root, site.resolve("api"), spec.commandLine().getErr());
    }
    spec.commandLine().getOut().println(site.resolve("index.html"));
    return 0;
  }

  /** The README first, then the guides, then what contributors read. */
  private static List<Path> pages(Path root) throws IOException {
    var pages = new ArrayList<>(List.of(root.resolve("README.md")));
    try (var guides = Files.list(root.resolve("docs"))) {
      guides.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    for (String name : List.of("ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")) {
      pages.add(root.resolve(name));
    }
    return pages;
  }
}
