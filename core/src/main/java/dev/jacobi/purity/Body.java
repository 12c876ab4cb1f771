package dev.jacobi.purity;

import java.io.Serializable;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The code behind a function object.
 *
 * @param home the class that holds the code
 * @param methods the methods that run when the function is called
 * @param captured the values that a lambda took from around it, or the function object itself
 */
record Body(Class<?> home, List<Entry> methods, List<Object> captured) {
  /**
   * A method where the check starts.
   *
   * @param name its name
   * @param descriptor its descriptor
   * @param captured how many of its leading arguments, the receiver included, are captured
   * @param constructor whether it is a constructor, whose receiver is new
   */
  record Entry(String name, String descriptor, int captured, boolean constructor) {}

  /**
   * Finds the body: a serialisable lambda tells its own, any other object runs its {@code apply}
   * methods.
   *
   * @return empty if the lambda's module does not let us ask
   */
  static Optional<Body> of(Serializable function) {
    Class<?> type = function.getClass();
    if (!type.isHidden() && !type.isSynthetic()) {
      List<Entry> entries = new ArrayList<>();
      for (Method m : type.getMethods()) {
        if (m.getName().equals("apply") && !m.isBridge()) {
          entries.add(new Entry(m.getName(), descriptor(m), 1, false));
        }
      }
      return Optional.of(new Body(type, entries, List.of(function)));
    }
    try {
      Method writeReplace = type.getDeclaredMethod("writeReplace");
      if (!writeReplace.trySetAccessible()
          || !(writeReplace.invoke(function) instanceof SerializedLambda lambda)) {
        return Optional.empty();
      }
      return Optional.of(of(lambda, type.getClassLoader()));
    } catch (NoSuchMethodException | IllegalAccessException | ClassNotFoundException e) {
      return Optional.empty();
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("writeReplace of the lambda " + type, e);
    }
  }

  private static Body of(SerializedLambda lambda, ClassLoader loader)
      throws ClassNotFoundException {
    Class<?> home = Class.forName(lambda.getImplClass().replace('/', '.'), false, loader);
    int captured = lambda.getCapturedArgCount();
    Object[] values = new Object[captured];
    Arrays.setAll(values, lambda::getCapturedArg);
    Entry entry =
        new Entry(
            lambda.getImplMethodName(),
            lambda.getImplMethodSignature(),
            captured,
            lambda.getImplMethodKind() == MethodHandleInfo.REF_newInvokeSpecial);
    return new Body(home, List.of(entry), Arrays.asList(values));
  }

  private static String descriptor(Method m) {
    return MethodType.methodType(m.getReturnType(), m.getParameterTypes()).descriptorString();
  }

  /** Class and method as people call them. */
  String title() {
    String method = methods.isEmpty() ? "apply" : methods.getFirst().name();
    return home.getTypeName() + "." + readable(method);
  }

  /** {@code lambda$main$0} is "a lambda in main". */
  static String readable(String method) {
    if (method.startsWith("lambda$")) {
      String enclosing = enclosing(method);
      return enclosing.isEmpty() ? method : "(a lambda in " + enclosing + ")";
    }
    return method;
  }

  /** The method in which javac found the lambda with this generated name, or "". */
  static String enclosing(String lambda) {
    int end = lambda.lastIndexOf('$');
    int begin = "lambda$".length();
    if (!lambda.startsWith("lambda$") || end <= begin) {
      return "";
    }
    // Serialisable lambdas have a hash between the method's name and the number.
    String middle = lambda.substring(begin, end);
    int hash = middle.lastIndexOf('$');
    return hash > 0 && middle.substring(hash + 1).matches("[0-9a-f]+")
        ? middle.substring(0, hash)
        : middle;
  }
}
