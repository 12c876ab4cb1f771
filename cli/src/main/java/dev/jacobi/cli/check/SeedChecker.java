package dev.jacobi.cli.check;

import dev.jacobi.hlo.fuzz.Fuzzer;
import dev.jacobi.hlo.spi.Backend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs the random program of a seed, and keeps it, made small, if it fails. */
final class SeedChecker {
  private final Fuzzer fuzzer;
  private final Path folder;

  SeedChecker(Backend backend, Path folder) {
    this.fuzzer = new Fuzzer(backend);
    this.folder = folder;
  }

  Outcome check(String seed) {
    return switch (fuzzer.check(Long.parseLong(seed))) {
      case Fuzzer.Agreed() -> new Outcome.Passed();
      case Fuzzer.NotBuilt(var reason) -> new Outcome.Skipped(reason);
      case Fuzzer.Disagreed(var what, var program) ->
          new Outcome.Failed(what + "; the program and its arguments: " + written(seed, program));
    };
  }

  private Path written(String seed, String program) {
    try {
      return Files.writeString(folder.resolve("fuzz-" + seed + ".mlir"), program);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
