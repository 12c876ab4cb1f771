package dev.jacobi.cli;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/** Programs of one source file, compiled by the javac of the running JDK against its class path. */
final class SourceProgram {
  private SourceProgram() {}

  /**
   * Compiles {@code source} into class files in {@code folder}.
   *
   * @return the name of the first class of the file that declares a main method, else of the first
   *     class
   */
  static String compile(Path source, Path folder) throws IOException, CompileException {
    var javac = ToolProvider.getSystemJavaCompiler();
    var messages = new DiagnosticCollector<JavaFileObject>();
    // An empty source path: only this file is compiled, because only this file is in the hash.
    var options =
        List.of(
            "-d",
            folder.toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "-sourcepath",
            "",
            "-proc:none",
            "-parameters",
            "-g",
            "-nowarn");
    try (var files = javac.getStandardFileManager(messages, Locale.ROOT, StandardCharsets.UTF_8)) {
      var units = files.getJavaFileObjects(source);
      var task = (JavacTask) javac.getTask(null, files, messages, options, null, units);
      String main = null;
      for (var unit : task.parse()) {
        main = mainClass(unit);
      }
      task.generate();
      var errors =
          messages.getDiagnostics().stream()
              .filter(message -> message.getKind() == Diagnostic.Kind.ERROR)
              .map(Object::toString)
              .collect(Collectors.joining("\n"));
      if (!errors.isEmpty()) {
        throw new CompileException(errors);
      }
      if (main == null) {
        throw new CompileException(source + " declares no class.");
      }
      return main;
    }
  }

  private static String mainClass(CompilationUnitTree unit) {
    var classes =
        unit.getTypeDecls().stream()
            .filter(ClassTree.class::isInstance)
            .map(ClassTree.class::cast)
            .toList();
    var prefix = unit.getPackageName() == null ? "" : unit.getPackageName() + ".";
    return classes.stream()
        .filter(SourceProgram::hasMain)
        .findFirst()
        .or(() -> classes.stream().findFirst())
        .map(type -> prefix + type.getSimpleName())
        .orElse(null);
  }

  private static boolean hasMain(ClassTree type) {
    return type.getMembers().stream()
        .anyMatch(
            member ->
                member instanceof MethodTree method && method.getName().contentEquals("main"));
  }
}
