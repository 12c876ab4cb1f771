package dev.jacobi.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * The budgets of the project's style: no file, method, package or line grows beyond what one can
 * read.
 */
class BudgetTest {
  private static final int FILE = 500;
  private static final int METHOD = 60;
  private static final int PACKAGE = 25;
  private static final int LINE = 100;
  private static final String TABLE = "a table: one row per function or case";

  /** Files that may be longer, up to 800 lines, with the reason. */
  private static final Map<String, String> LONG_FILES =
      Map.of(
          "core/src/main/java/dev/jacobi/Array.java", "the whole surface of arrays; only delegates",
          "core/src/main/java/dev/jacobi/Jacobi.java", "all transformations; only delegates",
          "cpu/src/main/java/dev/jacobi/cpu/emit/ComplexFns.java",
              "every complex function; to be divided by kind");

  /** Methods that may be longer, as file#method, with the reason. */
  private static final Map<String, String> LONG_METHODS =
      Map.of(
          "cpu/src/main/java/dev/jacobi/cpu/emit/ComplexFns.java#compute", TABLE,
          "cpu/src/main/java/dev/jacobi/cpu/emit/IntFns.java#apply", TABLE,
          "cpu/src/main/java/dev/jacobi/cpu/emit/RealFns.java#apply", TABLE,
          "hlo/src/test/java/dev/jacobi/hlo/verify/ElementwiseConstraintsTest.java#modules", TABLE,
          "core/src/test/java/dev/jacobi/control/ControlErrorsTest.java#elements", TABLE,
          "core/src/test/java/dev/jacobi/io/NpyTest.java#bad", TABLE,
          "core/src/main/java/dev/jacobi/lax/Primitives.java#elementwise", TABLE,
          "core/src/test/java/dev/jacobi/transform/MisuseTest.java#shapes", TABLE);

  /** Packages that may have more files, with the reason. */
  private static final Map<String, String> LARGE_PACKAGES =
      Map.of(
          "core/src/main/java/dev/jacobi", "the public vocabulary, with one type per arity",
          "cpu/src/main/java/dev/jacobi/cpu/emit", "one file per kind of step that is written",
          "core/src/main/java/dev/jacobi/lax", "one file per family of primitives",
          "core/src/main/java/dev/jacobi/numpy",
              "one file per group of functions and its algorithms",
          "core/src/main/java/dev/jacobi/scipy/stats", "one file per distribution",
          "core/src/main/java/dev/jacobi/transform", "one file per transformation and error",
          "hlo/src/main/java/dev/jacobi/hlo", "one file per family of operations",
          "hlo/src/main/java/dev/jacobi/hlo/fuzz", "one file per family of operations",
          "hlo/src/main/java/dev/jacobi/hlo/interpret", "one file per family of operations",
          "hlo/src/main/java/dev/jacobi/hlo/text", "one file per family of operations' forms");

  @Test
  void files() {
    var long_ = new TreeMap<String, Integer>();
    for (var file : Sources.java()) {
      int lines = Sources.lines(file).size();
      int budget = LONG_FILES.containsKey(Sources.relative(file)) ? 800 : FILE;
      if (lines > budget) {
        long_.put(Sources.relative(file), lines);
      }
    }
    assertThat(long_).as("files of more than %d lines", FILE).isEmpty();
  }

  @Test
  void lines() {
    var long_ = new ArrayList<String>();
    for (var file : Sources.java()) {
      var lines = Sources.lines(file);
      boolean text = false;
      for (int i = 0; i < lines.size(); i++) {
        var line = lines.get(i);
        // An import cannot be broken, nor a line of a text block.
        text ^= line.split("\"\"\"", -1).length % 2 == 0;
        if (line.length() > LINE && !text && !line.startsWith("import ")) {
          long_.add(Sources.relative(file) + ":" + (i + 1));
        }
      }
    }
    assertThat(long_).as("lines of more than %d characters", LINE).isEmpty();
  }

  @Test
  void packages() {
    var large =
        Sources.main().stream()
            .collect(Collectors.groupingBy(Path::getParent, TreeMap::new, Collectors.counting()));
    large
        .entrySet()
        .removeIf(
            entry ->
                entry.getValue() <= PACKAGE
                    || LARGE_PACKAGES.containsKey(Sources.relative(entry.getKey())));
    assertThat(large).as("packages of more than %d files", PACKAGE).isEmpty();
  }

  @Test
  void everyPackageSaysWhyItExists() throws IOException {
    var silent = new TreeSet<String>();
    for (var folder : Sources.main().stream().map(Path::getParent).distinct().toList()) {
      var info = folder.resolve("package-info.java");
      boolean isRoot = folder.endsWith("src/main/java");
      if (!isRoot && (!Files.exists(info) || !Files.readString(info).startsWith("/**"))) {
        silent.add(Sources.relative(folder));
      }
    }
    assertThat(silent).as("packages without a reason in package-info.java").isEmpty();
  }

  @Test
  void methods() throws IOException {
    var long_ = new TreeMap<String, Long>();
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
      var units = files.getJavaFileObjectsFromPaths(Sources.java());
      var task = (JavacTask) compiler.getTask(null, files, null, List.of(), null, units);
      var trees = Trees.instance(task);
      for (var unit : task.parse()) {
        new MethodLengths(trees, unit, long_).scan(unit, null);
      }
    }
    long_.keySet().removeAll(LONG_METHODS.keySet());
    assertThat(long_).as("methods of more than %d lines", METHOD).isEmpty();
  }

  private static final class MethodLengths extends TreeScanner<Void, Void> {
    private final Trees trees;
    private final CompilationUnitTree unit;
    private final Map<String, Long> found;

    MethodLengths(Trees trees, CompilationUnitTree unit, Map<String, Long> found) {
      this.trees = trees;
      this.unit = unit;
      this.found = found;
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      if (method.getBody() != null) {
        // From the body's brace: a long list of parameters or annotations is no long method.
        long lines = line(method.getBody(), false) - line(method.getBody(), true) + 1;
        if (lines > METHOD) {
          var file = Sources.relative(Path.of(unit.getSourceFile().toUri()));
          found.merge(file + "#" + method.getName(), lines, Math::max);
        }
      }
      return super.visitMethod(method, unused);
    }

    private long line(Tree tree, boolean start) {
      var positions = trees.getSourcePositions();
      long at =
          start ? positions.getStartPosition(unit, tree) : positions.getEndPosition(unit, tree);
      return unit.getLineMap().getLineNumber(at);
    }
  }

  @Test
  void exceptionsAreStillNeeded() {
    var gone = new TreeSet<String>(LONG_FILES.keySet());
    gone.addAll(LARGE_PACKAGES.keySet());
    LONG_METHODS.keySet().forEach(method -> gone.add(method.substring(0, method.indexOf('#'))));
    gone.removeIf(file -> Files.exists(Sources.ROOT.resolve(file)));
    assertThat(gone).as("listed exceptions that do not exist").isEmpty();
  }
}
