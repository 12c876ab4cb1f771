package dev.jacobi.pjrt;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.jacobi.hlo.memory.NativeCall;
import dev.jacobi.pjrt.struct.Native;
import dev.jacobi.pjrt.struct.Struct;
import dev.jacobi.pjrt.struct.Table;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A loaded plugin: the functions of the PJRT C API, each of which takes one struct and returns an
 * error or null. Libraries stay loaded for the life of the process.
 */
final class PjrtApi {
  private static final Map<Path, PjrtApi> LOADED = new ConcurrentHashMap<>();

  /** The struct of the version: its size, extensions, two ints. */
  private static final long VERSION = 24;

  /** Where the functions begin, behind the table's size, extensions and version. */
  private static final long FUNCTIONS = 16 + VERSION;

  /** No table and no struct is as large, and no list of extensions as long. */
  private static final long LARGEST = 1 << 20;

  private static final int MOST_EXTENSIONS = 1000;

  /** Without these there are not even errors. */
  private static final List<String> NEEDED =
      List.of(
          "Error_Destroy",
          "Error_Message",
          "Error_GetCode",
          "Plugin_Initialize",
          "Event_Destroy",
          "Event_Await",
          "Client_Create",
          "Client_Compile",
          "Client_BufferFromHostBuffer",
          "LoadedExecutable_Destroy",
          "LoadedExecutable_Execute",
          "Buffer_Destroy",
          "Buffer_ToHostBuffer",
          "Buffer_ReadyEvent");

  /** The oldest minor version that has every function that cannot be done without. */
  private static final String LAST_NEEDED = "Buffer_ReadyEvent";

  private final Path path;
  private final int minor;
  private final long[] functions;
  private final long extensions;

  private PjrtApi(Path path, int minor, long[] functions, long extensions) {
    this.path = path;
    this.minor = minor;
    this.functions = functions;
    this.extensions = extensions;
  }

  /**
   * Loads a plugin and checks that it is one, of our major version.
   *
   * @throws PluginException if the file is missing, is no library, is no plugin, or is too old or
   *     too new
   */
  static PjrtApi load(Path library) {
    Path real = library.toAbsolutePath().normalize();
    return LOADED.computeIfAbsent(real, PjrtApi::open);
  }

  private static PjrtApi open(Path path) {
    if (!Files.isRegularFile(path)) {
      throw new PluginException("there is no file " + path);
    }
    ElfFile.requireWhole(path);
    PjrtApi api = at(path, NativeCall.call(entry(path)));
    try (Arena arena = Arena.ofConfined()) {
      api.call("Plugin_Initialize", Struct.make("Plugin_Initialize", arena));
    }
    return api;
  }

  /**
   * The table at an address, of which nothing is called yet.
   *
   * @throws PluginException if it is not of our major version, or says of itself what cannot be
   */
  static PjrtApi at(Path path, long table) {
    if (table == 0) {
      throw new PluginException(path + " is no usable plugin: GetPjrtApi returned null");
    }
    if (table % 8 != 0) {
      throw damaged(path, "its table lies at an odd address");
    }
    MemorySegment head = Native.at(table, FUNCTIONS);
    long size = head.get(JAVA_LONG, 0);
    long versionSize = head.get(JAVA_LONG, 16);
    int major = head.get(JAVA_INT, 32);
    int minor = head.get(JAVA_INT, 36);
    if (versionSize < VERSION || versionSize > LARGEST) {
      throw damaged(path, "its version says that it has " + versionSize + " bytes");
    }
    if (major != Table.MAJOR) {
      throw new PluginException(
          "%s has version %d.%d of the PJRT C API; Jacobi speaks version %d: take another release"
              .formatted(path, major, minor, Table.MAJOR));
    }
    long least = FUNCTIONS + 8L * (Table.index(LAST_NEEDED) + 1);
    if (size < least || size > LARGEST || size % 8 != 0) {
      throw new PluginException(
          "%s (PJRT C API %d.%d) says that its table has %d bytes; Jacobi needs at least %d."
              .formatted(path, major, minor, size, least));
    }
    int count = (int) Math.min((size - FUNCTIONS) / 8, Table.functions());
    long[] functions = Native.at(table + FUNCTIONS, 8L * count).toArray(JAVA_LONG);
    PjrtApi api = new PjrtApi(path, minor, functions, head.get(JAVA_LONG, 8));
    NEEDED.forEach(api::function);
    return api;
  }

  private static PluginException damaged(Path path, String how) {
    return new PluginException(path + " is damaged: " + how);
  }

  @SuppressWarnings("restricted")
  private static MemorySegment entry(Path path) {
    try {
      return SymbolLookup.libraryLookup(path, Arena.global())
          .find("GetPjrtApi")
          .orElseThrow(
              () ->
                  new PluginException(path + " is no PJRT plugin: it has no function GetPjrtApi"));
    } catch (IllegalArgumentException e) {
      throw new PluginException("the system cannot load " + path + ": " + e.getMessage(), e);
    }
  }

  Path path() {
    return path;
  }

  /** The version of the PJRT C API that the plugin was built with. */
  String version() {
    return Table.MAJOR + "." + minor;
  }

  /** Whether the plugin, which may be older than the table, has a function. */
  boolean has(String function) {
    int i = Table.index(function);
    return i < functions.length && functions[i] != 0;
  }

  /**
   * An extension of the table.
   *
   * @param type its number in {@code PJRT_Extension_Type}
   * @param struct its name in the table; a plugin's may be longer, and counts as absent if shorter
   */
  Optional<Struct> extension(int type, String struct) {
    long next = extensions;
    for (int i = 0; next != 0; i++) {
      if (i == MOST_EXTENSIONS || next % 8 != 0) {
        throw damaged(path, "its list of extensions leads nowhere");
      }
      Struct extension = Struct.at("Extension", next);
      if (extension.get("type") == type && extension.get("struct_size") >= Struct.size(struct)) {
        return Optional.of(Struct.at(struct, next));
      }
      next = extension.get("next");
    }
    return Optional.empty();
  }

  /** The address of a function, for callers that count nanoseconds. */
  MemorySegment function(String function) {
    if (!has(function)) {
      throw new PluginException(
          "%s (PJRT C API %s) has no function %s; a newer plugin would."
              .formatted(path, version(), function));
    }
    return MemorySegment.ofAddress(functions[Table.index(function)]);
  }

  /** Calls a function; an error that it returns is thrown. */
  Struct call(String function, Struct arguments) {
    return callAt(function, function(function), arguments);
  }

  /** Calls a function of an extension; an error that it returns is thrown. */
  Struct callAt(String name, MemorySegment function, Struct arguments) {
    check(name, NativeCall.call(function, arguments.address()));
    return arguments;
  }

  /** Throws an error that a function returned, and frees it. */
  void check(String function, long error) {
    if (error != 0) {
      throw exception(function, error);
    }
  }

  private PjrtException exception(String function, long error) {
    try (Arena arena = Arena.ofConfined()) {
      Struct message = Struct.make("Error_Message", arena).set("error", error);
      NativeCall.call(function("Error_Message"), message.address());
      String text = message.text("message", "message_size");
      Struct code = Struct.make("Error_GetCode", arena).set("error", error);
      long failed = NativeCall.call(function("Error_GetCode"), code.address());
      Struct destroy = Struct.make("Error_Destroy", arena);
      for (long each : failed == 0 ? new long[] {error} : new long[] {error, failed}) {
        NativeCall.call(function("Error_Destroy"), destroy.set("error", each).address());
      }
      var kind = PjrtException.Code.of(failed == 0 ? code.get("code") : -1);
      return new PjrtException(path.getFileName().toString(), function, kind, text);
    }
  }

  @Override
  public String toString() {
    return path
        + " (PJRT C API "
        + version()
        + ", "
        + Arrays.stream(functions).filter(f -> f != 0).count()
        + " functions)";
  }
}
