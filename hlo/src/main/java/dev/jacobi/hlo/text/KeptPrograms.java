package dev.jacobi.hlo.text;

import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.config.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Keeps programs, each once, in the folder that {@code JACOBI_PROGRAMS} names: those that are
 * printed, and those that backends are given. From there the tests' go to StableHLO's own verifier.
 */
public final class KeptPrograms {
  private KeptPrograms() {}

  /** Keeps the text of a program that is not printed otherwise. */
  public static void keep(HloModule module) {
    if (Config.get("programs").isPresent()) {
      HloPrinter.print(module);
    }
  }

  /** Keeps this text, as HASH.mlir. */
  static void keep(String text) {
    Config.get("programs").ifPresent(folder -> write(Path.of(folder), text));
  }

  private static void write(Path folder, String text) {
    Path file = folder.resolve(hash(text) + ".mlir");
    try {
      Files.createDirectories(folder);
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      return; // The program is kept already.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
