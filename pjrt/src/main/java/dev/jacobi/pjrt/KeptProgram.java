package dev.jacobi.pjrt;

import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * A program as long as it may be called. The plugin may have dropped it for others meanwhile
 * ({@link LoadedPrograms}): then a call compiles it again.
 */
final class KeptProgram {
  private final LoadedPrograms programs;
  private final Supplier<byte[]> text;
  private final ToLongFunction<byte[]> compiler;

  private volatile LoadedProgram loaded;
  private boolean closed;

  /**
   * Compiles a program.
   *
   * @param text StableHLO, for as often as it must be compiled
   * @param compiler gives the address of the compiled program
   * @throws PjrtException if the plugin refuses it
   */
  KeptProgram(LoadedPrograms programs, Supplier<byte[]> text, ToLongFunction<byte[]> compiler) {
    this.programs = programs;
    this.text = text;
    this.compiler = compiler;
    this.loaded = programs.load(text.get(), this, compiler);
  }

  /** The program, present until it is unpinned. */
  LoadedProgram pinned() {
    LoadedProgram program = loaded;
    return program.pin(programs.now()) ? program : pinnedAgain();
  }

  private synchronized LoadedProgram pinnedAgain() {
    while (true) {
      if (closed) {
        throw new IllegalStateException("this compiled program was closed");
      }
      if (loaded.pin(programs.now())) {
        return loaded;
      }
      loaded = programs.load(text.get(), this, compiler);
    }
  }

  synchronized void close() {
    closed = true;
    loaded.close();
  }
}
