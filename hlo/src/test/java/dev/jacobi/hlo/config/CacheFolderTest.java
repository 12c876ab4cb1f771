package dev.jacobi.hlo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheFolderTest {
  @TempDir Path temp;

  @BeforeEach
  void posixOnly() {
    assumeThat(FileSystems.getDefault().supportedFileAttributeViews()).contains("posix");
  }

  @Test
  void aMissingFolderIsMadeAndPrivate() throws IOException {
    var folder = CacheFolder.open(temp.resolve("a/b/jacobi"));
    assertThat(mode(folder)).isEqualTo("rwx------");
  }

  @Test
  void anOpenFolderIsMadePrivate() throws IOException {
    Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxrwxrwx"));
    CacheFolder.open(temp);
    assertThat(mode(temp)).isEqualTo("rwx------");
  }

  @Test
  void aFileInItsPlaceIsNamed() throws IOException {
    var file = Files.createFile(temp.resolve("file"));
    assertThatThrownBy(() -> CacheFolder.open(file))
        .isInstanceOf(CacheFolderException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("JACOBI_CACHE");
  }

  @Test
  void aFolderOfAnotherUserIsRefused() throws IOException {
    var foreign = temp.resolve("foreign");
    Files.createDirectory(foreign);
    boolean root = Files.getOwner(foreign).getName().equals("root");
    if (root) {
      Files.setAttribute(foreign, "unix:uid", 12345);
    } else {
      foreign = Path.of("/");
    }
    var folder = foreign;
    assertThatThrownBy(() -> CacheFolder.open(folder))
        .isInstanceOf(CacheFolderException.class)
        .hasMessageContaining("belongs to the user");
  }

  @Test
  void theSettingNamesTheFolder() {
    var before = System.getProperty("jacobi.cache");
    System.setProperty("jacobi.cache", temp.resolve("x/../cache").toString());
    try {
      assertThat(CacheFolder.path()).isEqualTo(temp.resolve("cache"));
      assertThat(CacheFolder.open("objects"))
          .isEqualTo(temp.resolve("cache/objects"))
          .isDirectory();
    } finally {
      if (before == null) {
        System.clearProperty("jacobi.cache");
      } else {
        System.setProperty("jacobi.cache", before);
      }
    }
  }

  private static String mode(Path folder) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
  }
}
