package dev.jacobi.hlo.config;

import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;
import static java.nio.file.attribute.PosixFilePermissions.fromString;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.Set;

/**
 * Where compiled objects, extracted natives, compiled source files and the JDK's AOT cache live:
 * {@code JACOBI_CACHE}, else {@code $XDG_CACHE_HOME/jacobi}, else {@code ~/.cache/jacobi}.
 *
 * <p>What lies in it is run as native code, so it must be ours alone: mode 0700, and never another
 * user's.
 */
public final class CacheFolder {
  private static final Set<PosixFilePermission> PRIVATE = fromString("rwx------");

  private CacheFolder() {}

  /** The folder's place, whether it exists or not. */
  public static Path path() {
    return Config.get("cache")
        .map(Path::of)
        .orElseGet(() -> userCaches().resolve("jacobi"))
        .toAbsolutePath()
        .normalize();
  }

  private static Path userCaches() {
    // The XDG specification asks to ignore relative paths.
    return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
        .filter(text -> !text.isEmpty())
        .map(Path::of)
        .filter(Path::isAbsolute)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"));
  }

  /**
   * The folder, created if it is missing.
   *
   * @throws CacheFolderException if it cannot be created or written, or belongs to another user
   */
  public static Path open() {
    return open(path());
  }

  /** The subfolder {@code name} of the cache folder, created if it is missing. */
  public static Path open(String name) {
    var folder = open().resolve(name);
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new CacheFolderException(folder, e);
    }
  }

  static Path open(Path folder) {
    try {
      boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
      if (!Files.isDirectory(folder)) {
        if (posix) {
          Files.createDirectories(folder.getParent());
          createPrivate(folder);
        } else {
          Files.createDirectories(folder);
        }
      }
      if (posix) {
        makePrivate(folder);
      }
    } catch (IOException e) {
      throw new CacheFolderException(folder, e);
    }
    if (!Files.isWritable(folder)) {
      throw new CacheFolderException(folder, "it is not writable");
    }
    return folder;
  }

  private static void createPrivate(Path folder) throws IOException {
    try {
      Files.createDirectory(folder, asFileAttribute(PRIVATE));
    } catch (IOException e) {
      // Another process may have been faster.
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }

  private static void makePrivate(Path folder) throws IOException {
    var owner = Files.getOwner(folder);
    if (!owner.equals(currentUser(folder))) {
      throw new CacheFolderException(folder, "it belongs to the user " + owner.getName());
    }
    if (!Files.getPosixFilePermissions(folder).equals(PRIVATE)) {
      Files.setPosixFilePermissions(folder, PRIVATE);
    }
  }

  private static UserPrincipal currentUser(Path folder) throws IOException {
    // In a container the user may have no name; the owner of our own process is always right.
    var self = Path.of("/proc/self");
    return Files.exists(self)
        ? Files.getOwner(self)
        : folder
            .getFileSystem()
            .getUserPrincipalLookupService()
            .lookupPrincipalByName(System.getProperty("user.name"));
  }
}
