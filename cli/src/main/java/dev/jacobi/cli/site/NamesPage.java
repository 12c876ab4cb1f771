package dev.jacobi.cli.site;

import static dev.jacobi.cli.site.Layout.escaped;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table of parity as a page: each public name of JAX, which are NumPy's too, and ours. */
final class NamesPage {
  private static final int JAX_NAME = 0;
  private static final int JAVA = 1;
  private static final int GRAD = 4;
  private static final int VMAP = 5;
  private static final int REASON = 6;

  private NamesPage() {}

  static String of(Path parity) throws IOException {
    Map<String, List<String[]>> modules = new LinkedHashMap<>();
    List<String> lines = Files.readAllLines(parity);
    for (String line : lines.subList(1, lines.size())) {
      String[] row = line.split("\t", -1);
      String name = row[JAX_NAME];
      String module = name.substring(0, Math.max(0, name.lastIndexOf('.')));
      modules.computeIfAbsent(module, m -> new ArrayList<>()).add(row);
    }
    var html = new StringBuilder("<h1>Names of NumPy, SciPy and JAX in Java</h1>\n");
    html.append("<p>").append(lines.size() - 1).append(" public names of JAX 0.10.2. ");
    html.append("<code>jax.numpy.x</code> is <code>numpy.x</code>, and <code>jax.scipy.x</code> ");
    html.append("is <code>scipy.x</code>. An empty cell is a name that is not here, and why.</p>");
    html.append("<p><input id=\"find\" placeholder=\"find a name\" autofocus></p>\n");
    modules.forEach((module, rows) -> html.append(table(module, rows)));
    return html.append(FILTER).toString();
  }

  private static String table(String module, List<String[]> rows) {
    var html = new StringBuilder("<h2>" + escaped(module) + "</h2>\n<table class=\"names\">");
    html.append("<thead><tr><th>JAX</th><th>Java</th><th>grad</th><th>vmap</th><th></th></tr>");
    html.append("</thead>\n<tbody>\n");
    for (String[] row : rows) {
      html.append("<tr><td><code>").append(escaped(row[JAX_NAME])).append("</code></td><td>");
      html.append(row[JAVA].isEmpty() ? "" : "<code>" + escaped(row[JAVA]) + "</code>");
      html.append("</td><td>").append(row[GRAD]).append("</td><td>").append(row[VMAP]);
      html.append("</td><td>").append(escaped(row[REASON])).append("</td></tr>\n");
    }
    return html.append("</tbody></table>\n").toString();
  }

  private static final String FILTER =
      """
      <script>
      document.getElementById("find").addEventListener("input", event => {
        const wanted = event.target.value.toLowerCase();
        for (const row of document.querySelectorAll("table.names tbody tr")) {
          row.hidden = !row.textContent.toLowerCase().includes(wanted);
        }
      });
      </script>
      """;
}
