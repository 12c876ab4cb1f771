package dev.jacobi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceProgramTest {
  @TempDir Path folder;

  private String compile(String source) throws IOException, CompileException {
    var file = Files.writeString(folder.resolve("Program.java"), source);
    var classes = folder.resolve("classes");
    Compile.compile(file, classes);
    return Files.readString(classes.resolve("main")).strip();
  }

  /** The main method runs, and leaves its mark in a property. */
  private String run(String main) throws Exception {
    System.clearProperty("mark");
    try (var loader = new URLClassLoader(new URL[] {folder.resolve("classes").toUri().toURL()})) {
      MainMethod.of(Class.forName(main, false, loader)).invoke(new String[] {"1", "2"});
      return System.getProperty("mark");
    } finally {
      System.clearProperty("mark");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "void main() { System.setProperty(\"mark\", \"none\"); } | Program | none",
        "void main(String[] args) { System.setProperty(\"mark\", args[1]); } | Program | 2",
        "class A { static void main() { System.setProperty(\"mark\", \"static\"); } } | A | static",
        "record R(int x) {} class B { public static void main(String... a) {"
            + " System.setProperty(\"mark\", a[0]); } } | B | 1",
        "package p.q; class C { protected void main() { System.setProperty(\"mark\", \"pq\"); } } |"
            + " p.q.C | pq",
        "class D extends E {} class E { void main() { System.setProperty(\"mark\", \"E\"); } } | E"
            + " | E",
      })
  void findsAndRunsTheMainMethod(String source, String main, String mark) throws Exception {
    assertThat(compile(source)).isEqualTo(main);
    assertThat(run(main)).isEqualTo(mark);
  }

  @Test
  void anInheritedMainMethodIsFound() throws Exception {
    compile(
        "class D extends E {} class E { void main() { System.setProperty(\"mark\", \"E\"); } }");
    assertThat(run("D")).isEqualTo("E");
  }

  @Test
  void aClassWithoutMainIsNamed() throws Exception {
    var main = compile("class A { private static void main() {} int main; }");
    assertThatThrownBy(() -> run(main))
        .isInstanceOf(NoSuchMethodException.class)
        .hasMessage("The class A has no main method.");
  }

  @Test
  void errorsNameTheLineAndLeaveNothing() throws IOException {
    assertThatThrownBy(() -> compile("class A {\n  int x = \"no\";\n}"))
        .isInstanceOf(CompileException.class)
        .hasMessageContaining("Program.java:2: error: incompatible types");
    try (var left = Files.list(folder)) {
      assertThat(left)
          .extracting(file -> file.getFileName().toString())
          .containsOnly("Program.java");
    }
  }

  @Test
  void anEmptyFileIsNamed() {
    assertThatThrownBy(() -> compile("// nothing"))
        .isInstanceOf(CompileException.class)
        .hasMessageContaining("declares no class");
  }

  @Test
  void otherFilesOfTheFolderAreNotCompiled() throws IOException {
    Files.writeString(folder.resolve("Other.java"), "class Other {}");
    assertThatThrownBy(() -> compile("class A { Other other; void main() {} }"))
        .isInstanceOf(CompileException.class)
        .hasMessageContaining("class Other");
  }
}
