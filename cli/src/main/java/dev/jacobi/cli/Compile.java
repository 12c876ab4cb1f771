package dev.jacobi.cli;

import dev.jacobi.hlo.config.CacheFolder;
import dev.jacobi.hlo.config.CacheFolderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;

/**
 * Compiles a source file into a folder of the cache. The folder appears at once with everything in
 * it, so that a process beside us never sees half of it; its file {@code main} names the class to
 * run.
 */
public final class Compile {
  private Compile() {}

  /**
   * Called by the launcher with the source file and the folder, which is named after a hash of the
   * source.
   */
  public static void main(String[] args) throws IOException {
    try {
      CacheFolder.open();
      compile(Path.of(args[0]), Path.of(args[1]));
    } catch (CompileException | CacheFolderException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  static void compile(Path source, Path folder) throws IOException, CompileException {
    Files.createDirectories(folder.getParent());
    var fresh = Files.createTempDirectory(folder.getParent(), "new");
    try {
      var main = SourceProgram.compile(source, fresh);
      Files.writeString(fresh.resolve("main"), main + "\n");
      if (!Files.exists(folder.resolve("main"))) {
        Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
      }
    } finally {
      delete(fresh);
    }
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
