package dev.jacobi.pjrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is no plugin is refused before it is called; the table is laid out as C would. */
class PjrtApiTest {
  @Test
  void missingFile(@TempDir Path folder) {
    Path library = folder.resolve("libnone.so");
    assertThatThrownBy(() -> PjrtApi.load(library))
        .isInstanceOf(PluginException.class)
        .hasMessage("there is no file " + library);
  }

  @Test
  void noLibrary(@TempDir Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("plugin.so"), "not a library");
    assertThatThrownBy(() -> PjrtApi.load(text))
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("cannot load " + text);
  }

  @Test
  void libraryWithoutThePluginsFunction() {
    Path other = Path.of(System.getProperty("java.home"), "lib", System.mapLibraryName("zip"));
    assertThatThrownBy(() -> PjrtApi.load(other))
        .isInstanceOf(PluginException.class)
        .hasMessage(other + " is no PJRT plugin: it has no function GetPjrtApi");
  }

  @Test
  void unknownName() {
    assertThatThrownBy(() -> Plugins.find("nowhere"))
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("there is no PJRT plugin 'nowhere'")
        .hasMessageContaining("JACOBI_PLUGINS");
  }

  @Test
  void fieldsAreAlignedAsInC() {
    // Sizes by the C compiler's offsetof on pjrt_c_api.h, version 0.81.
    assertThat(Table.layout("Client_BufferFromHostBuffer").size()).isEqualTo(120);
    assertThat(Table.layout("Client_BufferFromHostBuffer").field("device").offset()).isEqualTo(80);
    assertThat(Table.layout("Device_MemoryStats").size()).isEqualTo(185);
    assertThat(Table.layout("NamedValue").size()).isEqualTo(56);
    assertThat(Table.layout("ExecuteOptions").size()).isEqualTo(112);
    assertThat(Table.layout("LoadedExecutable_Execute").size()).isEqualTo(80);
    assertThat(Table.index("Error_Destroy")).isZero();
    assertThat(Table.index("LoadedExecutable_Execute")).isEqualTo(55);
  }
}
