package dev.jacobi.cli;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * Calls a user's main method. As the JVM would, except that errors show the user's own lines only,
 * and end the process with exit code 1 even if other threads still run.
 */
public final class Run {
  private Run() {}

  /** Called by the launcher with the name of a class and its arguments. */
  public static void main(String[] args) {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, error) ->
            System.err.print("In thread " + thread.getName() + ": " + UserTrace.of(error)));
    try {
      var loader = Thread.currentThread().getContextClassLoader();
      var main = MainMethod.of(Class.forName(args[0], false, loader));
      main.invoke(Arrays.copyOfRange(args, 1, args.length));
    } catch (InvocationTargetException e) {
      fail(UserTrace.of(e.getCause()));
    } catch (ReflectiveOperationException | LinkageError e) {
      fail(UserTrace.of(e));
    }
  }

  private static void fail(String message) {
    System.out.flush();
    System.err.print(message);
    System.exit(1);
  }
}
