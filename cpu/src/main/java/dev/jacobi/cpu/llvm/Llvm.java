package dev.jacobi.cpu.llvm;

import dev.jacobi.hlo.config.Config;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * LLVM as a function from IR text to an ELF object or to assembly. Thread-safe; every compile has
 * its own LLVM context.
 *
 * <p>LLVM runs on threads of our own, for two reasons. Its recursion needs more stack than a Java
 * thread has. And after a fatal error ({@code report_fatal_error}) LLVM ends the process when its
 * handler returns: ours never does. It reports the error to the caller and leaves the thread, and
 * what that thread holds, parked for ever.
 */
public final class Llvm {
  /** The version of the library and of the way we call it; part of every cache key. */
  public static final String VERSION = "llvm-20.1.7-1";

  /** How hard the code generator works. */
  public enum OptLevel {
    /** FastISel: a third of the compile time, slow code. */
    NONE,
    /** Greedy register allocation, few passes. */
    LESS,
    /** What {@code llc -O2} does. */
    DEFAULT,
    /** What {@code llc -O3} does. */
    AGGRESSIVE
  }

  private static final long STACK_BYTES = 64L << 20; // Reserved, not touched unless needed.
  private static final AtomicInteger DUMPS = new AtomicInteger();

  private Llvm() {}

  /**
   * Compiles a module.
   *
   * @param name a name for messages and dumps
   * @param ir the module's text, without target triple and data layout
   * @return a relocatable ELF object
   * @throws LlvmException if LLVM refuses the text
   * @throws LlvmMissingException if there is no LLVM
   */
  public static byte[] compile(String name, String ir, CodegenOptions options) {
    return join(start(name, ir, options));
  }

  /** Starts what {@link #compile} does; the future's failures are the same, on joining it. */
  public static CompletableFuture<byte[]> start(String name, String ir, CodegenOptions options) {
    return onCompilerThread(() -> Compilation.emit(name, ir, options, true))
        .exceptionally(
            e -> {
              throw failure(name, ir, e);
            });
  }

  /** The assembly of what {@link #compile} would make, for people to read. */
  public static String assembly(String name, String ir, CodegenOptions options) {
    var bytes = now(name, ir, () -> Compilation.emit(name, ir, options, false));
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Loads libLLVM now, so that the first compile does not wait for it. */
  public static void load() {
    now("load", "", Compilation::hostCpu);
  }

  /** The library's own version, such as {@code 20.1.7}. */
  public static String libraryVersion() {
    return now("version", "", Compilation::version);
  }

  static String hostCpu() {
    return now("host", "", Compilation::hostCpu);
  }

  static String hostFeatures() {
    return now("host", "", Compilation::hostFeatures);
  }

  private static <T> CompletableFuture<T> onCompilerThread(Supplier<T> task) {
    var result = new CompletableFuture<T>();
    Threads.POOL.execute(
        () -> {
          try {
            NativeLibraries.loadLlvm(); // Before a class that cannot be initialised without it.
            Compilation.begin(result);
            result.complete(task.get());
          } catch (Throwable e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  private static <T> T now(String name, String ir, Supplier<T> task) {
    return join(
        onCompilerThread(task)
            .exceptionally(
                e -> {
                  throw failure(name, ir, e);
                }));
  }

  private static <T> T join(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException it -> throw it;
        case Error it -> throw it;
        default -> throw e;
      }
    }
  }

  private static RuntimeException failure(String name, String ir, Throwable cause) {
    return switch (cause) {
      case LlvmException e ->
          new LlvmException("LLVM refused " + name + ": " + e.getMessage() + dump(name, ir), e);
      case RuntimeException e -> e;
      case Error e -> throw e;
      default -> new IllegalStateException(cause);
    };
  }

  /** Writes refused IR where the user asked for dumps, and says where. */
  private static String dump(String name, String ir) {
    var folder = Config.get("dump_dir");
    if (folder.isEmpty()) {
      return " (set JACOBI_DUMP_DIR to keep the IR)";
    }
    var safe = name.replaceAll("[^A-Za-z0-9_.-]", "_");
    var file = Path.of(folder.get(), "refused-" + safe + "-" + DUMPS.incrementAndGet() + ".ll");
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, ir);
      return " (IR in " + file + ")";
    } catch (IOException e) {
      return " (the IR could not be written to " + file + ": " + e + ")";
    }
  }

  private static final class Threads {
    static final ExecutorService POOL = Executors.newCachedThreadPool(Threads::newThread);

    private static Thread newThread(Runnable task) {
      var thread = new Thread(null, task, "jacobi-llvm", STACK_BYTES);
      thread.setDaemon(true);
      return thread;
    }
  }
}
