package dev.jacobi.trace;

import dev.jacobi.hlo.Loc;
import java.util.Set;

/** Finds the line of the user's program that is being executed. */
public final class UserCode {
  private static final StackWalker WALKER = StackWalker.getInstance();
  private static final Set<String> LIBRARY =
      Set.of(
          "dev.jacobi",
          "dev.jacobi.dispatch",
          "dev.jacobi.io",
          "dev.jacobi.jaxpr",
          "dev.jacobi.lax",
          "dev.jacobi.lowering",
          "dev.jacobi.nn",
          "dev.jacobi.numpy",
          "dev.jacobi.print",
          "dev.jacobi.purity",
          "dev.jacobi.random",
          "dev.jacobi.trace",
          "dev.jacobi.transform",
          "dev.jacobi.tree");

  private UserCode() {}

  /** File and line of the innermost frame outside the library and the JDK. */
  public static Loc loc() {
    return WALKER.walk(
        frames ->
            frames
                .filter(UserCode::isUser)
                .findFirst()
                .map(
                    f ->
                        new Loc(
                            f.getFileName() == null ? f.getClassName() : f.getFileName(),
                            f.getLineNumber()))
                .orElse(Loc.UNKNOWN));
  }

  /** The same as text for error messages. */
  public static String line() {
    return loc().toString();
  }

  private static boolean isUser(StackWalker.StackFrame frame) {
    String name = frame.getClassName();
    int dot = name.lastIndexOf('.');
    String pkg = dot < 0 ? "" : name.substring(0, dot);
    boolean library = LIBRARY.contains(pkg) && !isTest(name);
    return !library && !pkg.startsWith("java.") && !pkg.startsWith("jdk.");
  }

  /** Tests of this library live in its packages and count as user code. */
  private static boolean isTest(String className) {
    int nested = className.indexOf('$');
    return (nested < 0 ? className : className.substring(0, nested)).endsWith("Test");
  }
}
