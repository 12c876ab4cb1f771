package dev.jacobi.cpu.lapack;

import dev.jacobi.cpu.llvm.Lazy;
import dev.jacobi.cpu.llvm.NativeLibraries;
import dev.jacobi.hlo.config.Config;
import dev.jacobi.hlo.memory.NativeCall;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * OpenBLAS, whose LAPACK programs call by address. It is unpacked and loaded when a program needs
 * it first, and runs on the thread that calls it: the pool divides batches itself.
 */
public final class OpenBlas {
  private static final Lazy<SymbolLookup> LIBRARY = new Lazy<>(OpenBlas::open);

  private OpenBlas() {}

  /**
   * The address of a Fortran routine such as {@code dpotrf}; 0 if there is none.
   *
   * @throws OpenBlasMissingException if there is no OpenBLAS, or the system cannot load it
   */
  public static long routine(String name) {
    return LIBRARY.get().find(name + "_").map(symbol -> symbol.address()).orElse(0L);
  }

  /** Unpacks and loads it, if that has not happened yet. */
  public static void load() {
    LIBRARY.get();
  }

  /**
   * The path of the library, unpacked together with what it needs if that has not happened yet.
   *
   * @throws OpenBlasMissingException if there is none for this platform
   */
  public static Path path() {
    var given = Config.get("openblas").map(Path::of);
    if (given.isPresent()) {
      if (!Files.isRegularFile(given.get())) {
        throw new OpenBlasMissingException("JACOBI_OPENBLAS names no file: " + given.get() + ".");
      }
      return given.get();
    }
    var folder = "org/bytedeco/openblas/" + NativeLibraries.platform() + "/";
    try {
      return NativeLibraries.unpackTogether(folder, names())
          .orElseThrow(
              () ->
                  new OpenBlasMissingException(
                      "OpenBLAS is not on the class path: " + folder + names().getLast() + "."));
    } catch (IOException e) {
      throw new OpenBlasMissingException("Cannot unpack OpenBLAS (" + e + ").", e);
    }
  }

  /** The libraries that may lie together in the jar, OpenBLAS last. */
  private static List<String> names() {
    var platform = NativeLibraries.platform();
    if (platform.startsWith("macosx")) {
      return List.of(
          "libgcc_s.1.1.dylib",
          "libquadmath.0.dylib",
          "libgfortran.5.dylib",
          "libopenblas.0.dylib");
    }
    if (platform.startsWith("windows")) {
      return List.of(
          "libgcc_s_seh-1.dll", "libquadmath-0.dll", "libgfortran-5.dll", "libopenblas.dll");
    }
    return List.of("libquadmath.so.0", "libgfortran.so.5", "libopenblas.so.0");
  }

  @SuppressWarnings("restricted")
  private static SymbolLookup open() {
    var path = path();
    try {
      var library = SymbolLookup.libraryLookup(path, Arena.global());
      NativeCall.call(library.findOrThrow("openblas_set_num_threads"), 1);
      return library;
    } catch (IllegalArgumentException | java.util.NoSuchElementException e) {
      throw new OpenBlasMissingException(
          "The system cannot load " + path + " (" + e.getMessage() + ").", e);
    }
  }
}
