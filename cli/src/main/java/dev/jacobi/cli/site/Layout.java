package dev.jacobi.cli.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Pages of one look: Markdown between a list of all pages and the style. Links to pages lead to
 * pages, links to other files of the project lead to these.
 */
final class Layout {
  private static final List<Extension> EXTENSIONS =
      List.of(TablesExtension.create(), HeadingAnchorExtension.create());

  private final Path root;
  private final Path site;
  private final List<Path> pages;
  private final Parser parser = Parser.builder().extensions(EXTENSIONS).build();
  private final HtmlRenderer renderer = HtmlRenderer.builder().extensions(EXTENSIONS).build();
  private final String frame = resource("page.html");
  private final String style = resource("style.css");

  Layout(Path root, Path site, List<Path> pages) {
    this.root = root;
    this.site = site;
    this.pages = pages;
  }

  /** Writes the page of a Markdown file. */
  void write(Path markdown) throws IOException {
    Node document = parser.parse(Files.readString(markdown));
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Link link) {
            link.setDestination(target(markdown, link.getDestination()));
            visitChildren(link);
          }
        });
    write(name(markdown), title(document, markdown), renderer.render(document));
  }

  /** Writes a page of HTML. */
  void write(String name, String title, String body) throws IOException {
    String page =
        frame
            .replace("$STYLE", style)
            .replace("$TITLE", escaped(title))
            .replace("$PAGES", navigation(name))
            .replace("$BODY", body);
    Files.writeString(site.resolve(name), page);
  }

  private String navigation(String current) {
    var list = new StringBuilder();
    pages.forEach(page -> list.append(entry(name(page), label(page), current)));
    list.append(entry("names.html", "NumPy's and JAX's names", current));
    return list.append(entry("api/index.html", "Javadoc", current)).toString();
  }

  private static String entry(String file, String label, String current) {
    String mark = file.equals(current) ? " class=\"here\"" : "";
    return "<li><a%s href=\"%s\">%s</a></li>%n".formatted(mark, file, escaped(label));
  }

  private String label(Path page) {
    String name = page.getFileName().toString().replace(".md", "");
    String words = name.replace('-', ' ').toLowerCase(java.util.Locale.ROOT);
    return page.getFileName().toString().equals("README.md")
        ? "Jacobi"
        : Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  /** The page's file: the README is the index. */
  private static String name(Path page) {
    String file = page.getFileName().toString();
    return file.equals("README.md") ? "index.html" : file.replaceAll("\\.md$", ".html");
  }

  private String target(Path from, String link) {
    if (link.matches("[a-z]+:.*") || link.startsWith("#")) {
      return link;
    }
    int hash = link.indexOf('#');
    String anchor = hash < 0 ? "" : link.substring(hash);
    String path = hash < 0 ? link : link.substring(0, hash);
    Path file = Objects.requireNonNull(from.getParent()).resolve(path).normalize();
    if (pages.contains(file)) {
      return name(file) + anchor;
    }
    if (file.equals(root.resolve("docs/parity.tsv"))) {
      return "names.html" + anchor;
    }
    return site.relativize(file).toString().replace('\\', '/') + anchor;
  }

  private static String title(Node document, Path markdown) {
    for (Node n = document.getFirstChild(); n != null; n = n.getNext()) {
      if (n instanceof Heading) {
        var text = new StringBuilder();
        n.accept(
            new AbstractVisitor() {
              @Override
              public void visit(Text part) {
                text.append(part.getLiteral());
              }
            });
        return text.toString();
      }
    }
    return markdown.getFileName().toString();
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String resource(String name) {
    try (var in = Objects.requireNonNull(Layout.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
