package dev.jacobi.debug;

import java.util.function.Consumer;

/** Who is called at breakpoints. */
public final class Breakpoints {
  private static volatile Consumer<Breakpoint> hook = Breakpoints::show;

  private Breakpoints() {}

  /** Sets who is called; the program goes on when it returns. */
  public static void hook(Consumer<Breakpoint> called) {
    hook = called;
  }

  /** Goes back to printing on {@code System.out}. */
  public static void reset() {
    hook = Breakpoints::show;
  }

  static void hit(Breakpoint breakpoint) {
    hook.accept(breakpoint);
  }

  /** A Java debugger's breakpoint here stops in the middle of compiled programs. */
  private static void show(Breakpoint breakpoint) {
    System.out.println(breakpoint);
  }
}
