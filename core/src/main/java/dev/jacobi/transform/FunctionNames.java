package dev.jacobi.transform;

import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;

/** What a function is called. */
final class FunctionNames {
  private FunctionNames() {}

  /** The method that a method reference names; {@code lambda} for everything else. */
  static String of(Serializable function) {
    try {
      Method replace = function.getClass().getDeclaredMethod("writeReplace");
      replace.setAccessible(true);
      if (replace.invoke(function) instanceof SerializedLambda lambda) {
        String name = lambda.getImplMethodName();
        return name.startsWith("lambda$") || name.equals("<init>") ? "lambda" : name;
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      return "lambda"; // a class of the user's own, or one that is not open: the name is only for
      // dumps
    }
    return "lambda";
  }
}
