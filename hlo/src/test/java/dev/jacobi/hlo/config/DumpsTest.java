package dev.jacobi.hlo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DumpsTest {
  @TempDir Path folder;

  @AfterEach
  void clear() {
    System.clearProperty("jacobi.dump");
    System.clearProperty("jacobi.dump_dir");
  }

  @Test
  void theSettingListsTheSteps() {
    System.setProperty("jacobi.dump", "");
    assertThat(Dumps.wanted()).isEmpty();
    System.setProperty("jacobi.dump", "jaxpr,llvm");
    assertThat(Dumps.wanted()).containsExactly("jaxpr", "llvm");
  }

  @Test
  void aDumpIsAFileInTheFolderUnderASafeName() throws IOException {
    System.setProperty("jacobi.dump_dir", folder.resolve("new/dumps").toString());
    Dumps.write("1-(a lambda in main)/../x-jaxpr", "text");
    try (var files = Files.list(folder.resolve("new/dumps"))) {
      assertThat(files)
          .containsExactly(folder.resolve("new/dumps/1-_a_lambda_in_main__.._x-jaxpr.txt"));
    }
    assertThat(folder.resolve("new/dumps/1-_a_lambda_in_main__.._x-jaxpr.txt"))
        .hasContent("text\n");
  }

  @Test
  void aFolderThatCannotBeMadeIsAnError() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    System.setProperty("jacobi.dump_dir", file.resolve("below").toString());
    assertThatThrownBy(() -> Dumps.write("1", "text")).isInstanceOf(UncheckedIOException.class);
  }
}
