package dev.jacobi.pjrt;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.pjrt.struct.Struct;
import dev.jacobi.pjrt.struct.Table;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** The loader would end the process: it reads what lies beyond the end of the file. */
  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.3, 0.8})
  void truncatedLibrary(double share, @TempDir Path folder) throws IOException {
    Path whole = Path.of(System.getProperty("java.home"), "lib", System.mapLibraryName("zip"));
    Assumptions.assumeTrue(whole.toString().endsWith(".so"), "of Linux's format");
    byte[] bytes = Files.readAllBytes(whole);
    byte[] some = Arrays.copyOf(bytes, (int) (bytes.length * share));
    Path part = Files.write(folder.resolve("plugin.so"), some);
    assertThatThrownBy(() -> PjrtApi.load(part))
        .isInstanceOf(PluginException.class)
        .hasMessageContaining(part + " is damaged")
        .hasMessageContaining("Install it anew");
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

  /** A table in memory that lies about itself, and what is said of it. */
  record Lie(String what, Consumer<MemorySegment> told, String message) {
    @Override
    public String toString() {
      return what;
    }
  }

  private static final Path PLUGIN = Path.of("/plugins/lying.so");
  private static final long TABLE = 40 + 8L * Table.functions();

  /** A call of any of its functions would end the process: they lie at address 8. */
  private static MemorySegment table(Arena arena) {
    MemorySegment table = arena.allocate(TABLE, 8);
    table.set(JAVA_LONG, 0, TABLE);
    table.set(JAVA_LONG, 16, 24);
    table.set(JAVA_INT, 36, 81);
    for (long at = 40; at < TABLE; at += 8) {
      table.set(JAVA_LONG, at, 8);
    }
    return table;
  }

  static List<Lie> lies() {
    String damaged = PLUGIN + " is damaged: ";
    String older = " bytes; Jacobi needs at least 624.";
    String says = PLUGIN + " (PJRT C API 0.81) says that its table has ";
    return List.of(
        new Lie(
            "another major version",
            t -> t.set(JAVA_INT, 32, 1),
            PLUGIN
                + " has version 1.81 of the PJRT C API; Jacobi speaks version 0: take another"
                + " release"),
        new Lie(
            "a negative major version",
            t -> t.set(JAVA_INT, 32, -1),
            PLUGIN
                + " has version -1.81 of the PJRT C API; Jacobi speaks version 0: take another"
                + " release"),
        new Lie("no bytes", t -> t.set(JAVA_LONG, 0, 0), says + 0 + older),
        new Lie("a head only", t -> t.set(JAVA_LONG, 0, 40), says + 40 + older),
        new Lie("one function too few", t -> t.set(JAVA_LONG, 0, 616), says + 616 + older),
        new Lie("half a function", t -> t.set(JAVA_LONG, 0, 628), says + 628 + older),
        new Lie("fewer than none", t -> t.set(JAVA_LONG, 0, -8), says + -8 + older),
        new Lie(
            "more than there can be",
            t -> t.set(JAVA_LONG, 0, Long.MAX_VALUE - 7),
            says + (Long.MAX_VALUE - 7) + older),
        new Lie(
            "a version without bytes",
            t -> t.set(JAVA_LONG, 16, 0),
            damaged + "its version says that it has 0 bytes"),
        new Lie(
            "a version of many bytes",
            t -> t.set(JAVA_LONG, 16, 1L << 40),
            damaged + "its version says that it has 1099511627776 bytes"),
        new Lie(
            "no way to run programs",
            t -> t.set(JAVA_LONG, 40 + 8L * Table.index("LoadedExecutable_Execute"), 0),
            PLUGIN
                + " (PJRT C API 0.81) has no function LoadedExecutable_Execute; a newer plugin"
                + " would."),
        new Lie(
            "no errors",
            t -> t.set(JAVA_LONG, 40, 0),
            PLUGIN + " (PJRT C API 0.81) has no function Error_Destroy; a newer plugin would."));
  }

  @ParameterizedTest
  @MethodSource("lies")
  void aTableThatLies(Lie lie) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment table = table(arena);
      assertThat(PjrtApi.at(PLUGIN, table.address()).version()).isEqualTo("0.81");
      lie.told().accept(table);
      assertThatThrownBy(() -> PjrtApi.at(PLUGIN, table.address()))
          .isInstanceOf(PluginException.class)
          .hasMessage(lie.message());
    }
  }

  @Test
  void noTable() {
    assertThatThrownBy(() -> PjrtApi.at(PLUGIN, 0))
        .isInstanceOf(PluginException.class)
        .hasMessage(PLUGIN + " is no usable plugin: GetPjrtApi returned null");
    assertThatThrownBy(() -> PjrtApi.at(PLUGIN, 12))
        .isInstanceOf(PluginException.class)
        .hasMessage(PLUGIN + " is damaged: its table lies at an odd address");
  }

  /** Functions that came later are absent from an older table, and named where they are needed. */
  @Test
  void anOlderTable() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment table = table(arena);
      table.set(JAVA_LONG, 0, 624);
      PjrtApi api = PjrtApi.at(PLUGIN, table.address());
      assertThat(api.has("Buffer_ReadyEvent")).isTrue();
      assertThat(api.has("Buffer_CopyToMemory")).isFalse();
      assertThatThrownBy(() -> api.function("Buffer_CopyToMemory"))
          .isInstanceOf(PluginException.class)
          .hasMessageContaining("has no function Buffer_CopyToMemory");
    }
  }

  @Test
  void extensionsThatLie() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment table = table(arena);
      MemorySegment extension = arena.allocate(Struct.size("FfiExtension"), 8);
      table.set(JAVA_LONG, 8, extension.address());
      extension.set(JAVA_LONG, 0, Struct.size("FfiExtension"));
      extension.set(JAVA_INT, 8, 5);
      PjrtApi api = PjrtApi.at(PLUGIN, table.address());
      assertThat(api.extension(5, "FfiExtension")).isPresent();
      assertThat(api.extension(6, "FfiExtension")).isEmpty();
      extension.set(JAVA_LONG, 0, Struct.size("FfiExtension") - 8);
      assertThat(api.extension(5, "FfiExtension")).as("too short").isEmpty();
      for (long next : new long[] {extension.address(), 12}) {
        extension.set(JAVA_LONG, 16, next);
        assertThatThrownBy(() -> api.extension(6, "FfiExtension"))
            .as("the next lies at " + next)
            .isInstanceOf(PluginException.class)
            .hasMessage(PLUGIN + " is damaged: its list of extensions leads nowhere");
      }
    }
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
