package dev.jacobi.cpu.run;

import dev.jacobi.cpu.llvm.CodegenOptions;
import dev.jacobi.cpu.llvm.Lazy;
import dev.jacobi.cpu.llvm.Llvm;
import dev.jacobi.cpu.llvm.Target;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The native runtime of this process, and what else generated code may call. */
public final class NativeRuntime {
  public static final boolean HAS_THREADS =
      System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux");

  private NativeRuntime() {}

  private static final Lazy<LoadedCode> CODE = new Lazy<>(NativeRuntime::load);

  private static LoadedCode load() {
    var target = Target.host();
    var text = RuntimeModule.text(target, HAS_THREADS);
    var bytes = ObjectCache.shared().compile("runtime", text, CodegenOptions.of(target));
    return ElfLoader.load(bytes, Libraries.SYMBOLS);
  }

  static LoadedCode code() {
    return CODE.get();
  }

  /**
   * Starts to load, in the background, what the first program will need: while the user's function
   * is still traced, or LLVM's library is still read from disk.
   */
  public static void prepare() {
    Thread.ofPlatform().daemon().name("jacobi-prepare").start(NativeRuntime::prepareNow);
  }

  private static void prepareNow() {
    try {
      if (ObjectCache.shared().isEmpty()) {
        Llvm.load();
      }
      ThreadPool.shared();
    } catch (RuntimeException e) {
      // Whoever compiles first meets the same error, and can tell the user.
      System.getLogger("dev.jacobi").log(System.Logger.Level.DEBUG, "not prepared", e);
    }
  }

  /**
   * {@code jacobi_parallel}, {@code jacobi_fail}, {@code jacobi_callback}, and the C library's
   * functions, which LLVM calls for {@code memcpy} and the like.
   */
  public static Symbols symbols() {
    return name ->
        name.equals(Upcall.NAME)
            ? Upcall.address()
            : code().names().contains(name)
                ? code().address(name)
                : Libraries.SYMBOLS.address(name);
  }

  @SuppressWarnings("restricted")
  private static final class Libraries {
    static final Symbols SYMBOLS = Libraries::find;

    /** What generated code needs is little; anything else is a bug of ours, better not linked. */
    private static final String ALLOWED =
        "syscall|mem(cpy|move|set|cmp)|(exp|log|pow|sin|cos|tan|fma|fmod|remainder|floor|ceil"
            + "|trunc|round|roundeven|rint|nearbyint|exp2|log2|log10|fmin|fmax|ldexp|sqrt)f?"
            + "|__(ext|trunc)[a-z]+f2|__(u?div|u?mod|mul)ti3";

    private static final Map<String, Long> KNOWN = new ConcurrentHashMap<>();

    private static long find(String name) {
      return KNOWN.computeIfAbsent(name, Libraries::lookUp);
    }

    private static long lookUp(String name) {
      if (!name.matches(ALLOWED)) {
        return 0;
      }
      return Linker.nativeLinker()
          .defaultLookup()
          .find(name)
          .or(() -> library("libgcc_s.so.1").flatMap(library -> library.find(name)))
          .map(symbol -> symbol.address())
          .orElse(0L);
    }

    private static Optional<SymbolLookup> library(String name) {
      try {
        return Optional.of(SymbolLookup.libraryLookup(name, Arena.global()));
      } catch (IllegalArgumentException e) {
        return Optional.empty(); // The missing function is named by whoever needs it.
      }
    }
  }
}
