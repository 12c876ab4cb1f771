package dev.jacobi.hlo.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the steps of a compilation print of themselves: {@code JACOBI_DUMP} names the steps, {@code
 * JACOBI_DUMP_DIR} a folder for the files, without which standard error takes them.
 */
public final class Dumps {
  private Dumps() {}

  /** The steps that are asked for, as {@code JACOBI_DUMP} lists them. */
  public static List<String> wanted() {
    return Config.get("dump").map(steps -> List.of(steps.split(","))).orElse(List.of());
  }

  /**
   * Writes one dump.
   *
   * @param title becomes the file's name, with an underscore for what may not stand in one
   * @throws UncheckedIOException if the folder or the file cannot be written
   */
  public static void write(String title, String text) {
    Optional<String> folder = Config.get("dump_dir");
    if (folder.isEmpty()) {
      System.err.println("==== " + title + "\n" + text);
      return;
    }
    String file = title.replaceAll("[^A-Za-z0-9_.-]", "_") + ".txt";
    try {
      Files.writeString(Files.createDirectories(Path.of(folder.get())).resolve(file), text + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
