package dev.jacobi.trace;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Warnings that are given once for each subject. */
public final class Warnings {
  private static final System.Logger LOGGER = System.getLogger("dev.jacobi");
  private static final Set<Object> GIVEN = ConcurrentHashMap.newKeySet();

  private Warnings() {}

  /** Logs the warning unless it was given for this subject before. */
  public static void once(Object subject, Supplier<String> message) {
    if (GIVEN.add(subject)) {
      LOGGER.log(System.Logger.Level.WARNING, message.get());
    }
  }
}
