package dev.jacobi.cli;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A main method by the rules of JEP 512: not private, with {@code String[]} or else without
 * parameters, static or of an instance.
 */
record MainMethod(Class<?> type, Method method) {

  static MainMethod of(Class<?> type) throws NoSuchMethodException {
    var method =
        find(type, String[].class)
            .or(() -> find(type))
            .orElseThrow(
                () ->
                    new NoSuchMethodException(
                        "The class " + type.getName() + " has no main method."));
    method.setAccessible(true);
    return new MainMethod(type, method);
  }

  private static Optional<Method> find(Class<?> type, Class<?>... parameters) {
    return Stream.<Class<?>>iterate(type, c -> c != null, Class::getSuperclass)
        .flatMap(c -> Arrays.stream(c.getDeclaredMethods()))
        .filter(m -> m.getName().equals("main") && m.getReturnType() == void.class)
        .filter(m -> !Modifier.isPrivate(m.getModifiers()))
        .filter(m -> Arrays.equals(m.getParameterTypes(), parameters))
        .findFirst();
  }

  void invoke(String[] arguments) throws ReflectiveOperationException {
    Object instance = null;
    if (!Modifier.isStatic(method.getModifiers())) {
      var constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      instance = constructor.newInstance();
    }
    if (method.getParameterCount() == 0) {
      method.invoke(instance);
    } else {
      method.invoke(instance, (Object) arguments);
    }
  }
}
