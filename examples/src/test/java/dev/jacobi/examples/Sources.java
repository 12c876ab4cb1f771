package dev.jacobi.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The project's own files, found from the folder that Maven names. */
final class Sources {
  static final Path ROOT = Path.of(System.getProperty("jacobi.root"));
  static final List<String> MODULES =
      List.of("hlo", "core", "cpu", "pjrt", "bench", "cli", "examples");

  private Sources() {}

  /** All Java files of the modules, tests included. */
  static List<Path> java() {
    return MODULES.stream()
        .map(ROOT::resolve)
        .flatMap(
            module -> Stream.of(module.resolve("src/main/java"), module.resolve("src/test/java")))
        .flatMap(folder -> files(folder, ".java").stream())
        .toList();
  }

  /** The example programs, which lie beside the module's own folders. */
  static List<Path> programs() {
    return files(ROOT.resolve("examples"), ".java").stream()
        .filter(file -> file.getParent().equals(ROOT.resolve("examples")))
        .toList();
  }

  /** Java files that are not tests. */
  static List<Path> main() {
    return java().stream().filter(file -> relative(file).contains("/src/main/")).toList();
  }

  static List<Path> files(Path folder, String ending) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file's name from the root, with slashes. */
  static String relative(Path file) {
    return ROOT.relativize(file).toString().replace('\\', '/');
  }
}
