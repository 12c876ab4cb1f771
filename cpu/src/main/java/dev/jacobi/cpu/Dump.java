package dev.jacobi.cpu;

import dev.jacobi.hlo.config.Dumps;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Writes what {@code JACOBI_DUMP} asks for of one program: {@code
 * hlo,fuse,lanes,loops,copies,llvm,asm,time}.
 */
final class Dump {
  private static final AtomicInteger PROGRAMS = new AtomicInteger();

  private final List<String> wanted;
  private final String name;
  private int count;
  private long since = System.nanoTime();

  private Dump(List<String> wanted, String name) {
    this.wanted = wanted;
    this.name = name;
  }

  static Dump of(String module) {
    List<String> wanted = Dumps.wanted();
    String name = wanted.isEmpty() ? module : PROGRAMS.incrementAndGet() + "-" + module;
    return new Dump(wanted, name);
  }

  void write(String kind, Supplier<String> text) {
    write(kind, "", text);
  }

  void write(String kind, String detail, Supplier<String> text) {
    if (wanted.contains(kind)) {
      String title = name + "-" + count++ + "-" + kind + (detail.isEmpty() ? "" : "-" + detail);
      Dumps.write(title, text.get());
    }
  }

  /** Notes the time since the last note. */
  void time(String what) {
    if (wanted.contains("time")) {
      long now = System.nanoTime();
      System.err.printf("%s: %s %.3f ms%n", name, what, (now - since) / 1e6);
      since = now;
    }
  }
}
