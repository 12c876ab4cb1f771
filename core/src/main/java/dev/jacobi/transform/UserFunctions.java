package dev.jacobi.transform;

import dev.jacobi.Jacobi;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a function object stands for: its method, and the user's function under transformations. */
final class UserFunctions {
  private static final String FACADE = Jacobi.class.getName().replace('.', '/');

  private UserFunctions() {}

  /** How a lambda or method reference was made; empty for other objects. */
  private static Optional<SerializedLambda> lambda(Serializable function) {
    try {
      Method replace = function.getClass().getDeclaredMethod("writeReplace");
      replace.setAccessible(true);
      return replace.invoke(function) instanceof SerializedLambda l
          ? Optional.of(l)
          : Optional.empty();
    } catch (NoSuchMethodException e) {
      return Optional.empty(); // a class of its own
    } catch (ReflectiveOperationException | RuntimeException e) {
      return Optional.empty(); // not open to us: it has no name and is not looked into
    }
  }

  /** The method that a method reference names; {@code lambda} for everything else. */
  static String name(Serializable function) {
    return lambda(function)
        .map(SerializedLambda::getImplMethodName)
        .filter(name -> !name.startsWith("lambda$") && !name.equals("<init>"))
        .orElse("lambda");
  }

  /**
   * The user's functions that {@code grad(f)}, {@code vmap(f)}, ... transform; else the function.
   */
  static List<Serializable> behind(Serializable function) {
    if (function instanceof Transformed transformed) {
      return behind(transformed.function().source());
    }
    Optional<SerializedLambda> lambda = lambda(function);
    if (lambda.isEmpty() || !lambda.get().getCapturingClass().equals(FACADE)) {
      return List.of(function);
    }
    SerializedLambda l = lambda.get();
    return IntStream.range(0, l.getCapturedArgCount())
        .mapToObj(l::getCapturedArg)
        .flatMap(UserFunctions::captured)
        .toList();
  }

  private static Stream<Serializable> captured(Object argument) {
    return argument instanceof TreeFn fn ? behind(fn.source()).stream() : Stream.empty();
  }
}
