package dev.jacobi.bench;

import java.nio.file.Path;

/** The checkout that the launcher runs from: the property {@code jacobi.home}, else here. */
final class Home {
  private Home() {}

  static Path root() {
    return Path.of(System.getProperty("jacobi.home", "."));
  }

  /** The folder of the peers' scripts. */
  static Path peers() {
    return root().resolve("bench").resolve("peers");
  }
}
