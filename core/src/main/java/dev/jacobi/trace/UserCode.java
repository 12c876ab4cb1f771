package dev.jacobi.trace;

import dev.jacobi.hlo.Loc;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Finds the line of the user's program that is being executed. */
public final class UserCode {
  private static final StackWalker WALKER = StackWalker.getInstance();

  /** Packages of the JDK that run user code: by reflection, streams, threads. */
  private static final List<String> JDK = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.");

  /** Engines call Java back. */
  private static final List<String> ENGINES =
      List.of("dev.jacobi.hlo", "dev.jacobi.cpu", "dev.jacobi.pjrt");

  private static final Set<String> LIBRARY =
      Set.of(
          "dev.jacobi",
          "dev.jacobi.control",
          "dev.jacobi.debug",
          "dev.jacobi.dispatch",
          "dev.jacobi.export",
          "dev.jacobi.image",
          "dev.jacobi.implicit",
          "dev.jacobi.io",
          "dev.jacobi.jaxpr",
          "dev.jacobi.lax",
          "dev.jacobi.lax.linalg",
          "dev.jacobi.lowering",
          "dev.jacobi.nn",
          "dev.jacobi.numpy",
          "dev.jacobi.ops",
          "dev.jacobi.optax",
          "dev.jacobi.parallel",
          "dev.jacobi.print",
          "dev.jacobi.purity",
          "dev.jacobi.random",
          "dev.jacobi.remat",
          "dev.jacobi.scipy",
          "dev.jacobi.scipy.fft",
          "dev.jacobi.scipy.interpolate",
          "dev.jacobi.scipy.krylov",
          "dev.jacobi.scipy.linalg",
          "dev.jacobi.scipy.operands",
          "dev.jacobi.scipy.optimize",
          "dev.jacobi.scipy.spatial",
          "dev.jacobi.scipy.signal",
          "dev.jacobi.scipy.special",
          "dev.jacobi.scipy.stats",
          "dev.jacobi.sharding",
          "dev.jacobi.sparse",
          "dev.jacobi.tape",
          "dev.jacobi.trace",
          "dev.jacobi.transform",
          "dev.jacobi.tree");

  private UserCode() {}

  /** The line of the equation that is being performed, when a program is evaluated or derived. */
  private static final ScopedValue<Loc> EQUATION = ScopedValue.newInstance();

  /** Performs an equation of a program: errors and what is derived from it name its line. */
  public static <R> R inProgram(Loc loc, Supplier<R> body) {
    return loc.isKnown() ? ScopedValue.where(EQUATION, loc).call(body::get) : body.get();
  }

  /**
   * File and line of the innermost frame outside the library and the JDK; of the equation, if one
   * is being performed and calls no user code.
   */
  public static Loc loc() {
    boolean inProgram = EQUATION.isBound();
    return WALKER.walk(
        frames ->
            frames
                .takeWhile(f -> !inProgram || !isEquation(f))
                .filter(f -> isUser(f.getClassName()))
                .findFirst()
                .map(
                    f ->
                        new Loc(
                            f.getFileName() == null ? f.getClassName() : f.getFileName(),
                            f.getLineNumber()))
                .orElseGet(() -> inProgram ? EQUATION.get() : Loc.UNKNOWN));
  }

  /** The line of the user's program from which an exception came. */
  public static String line(Throwable e) {
    return Stream.of(e.getStackTrace())
        .filter(f -> isUser(f.getClassName()))
        .findFirst()
        .map(
            f ->
                new Loc(
                    f.getFileName() == null ? f.getClassName() : f.getFileName(),
                    f.getLineNumber()))
        .orElse(Loc.UNKNOWN)
        .toString();
  }

  private static boolean isEquation(StackWalker.StackFrame frame) {
    return frame.getMethodName().equals("inProgram")
        && frame.getClassName().equals(UserCode.class.getName());
  }

  /** The same as text for error messages. */
  public static String line() {
    return loc().toString();
  }

  /** Whether a class is neither the library's nor the JDK's, by its name with dots. */
  static boolean isUser(String name) {
    int dot = name.lastIndexOf('.');
    String pkg = dot < 0 ? "" : name.substring(0, dot);
    boolean library =
        (LIBRARY.contains(pkg) || ENGINES.stream().anyMatch(pkg::startsWith)) && !isTest(name);
    return !library && JDK.stream().noneMatch(pkg::startsWith);
  }

  /** Tests of this library live in its packages and count as user code. */
  private static boolean isTest(String className) {
    int nested = className.indexOf('$');
    return (nested < 0 ? className : className.substring(0, nested)).endsWith("Test");
  }
}
