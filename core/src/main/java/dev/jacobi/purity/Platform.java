package dev.jacobi.purity;

import java.util.Optional;
import java.util.Set;

/** The JDK's impure methods, by owner and name. */
final class Platform {
  private static final Set<String> NOW_CLASSES =
      Set.of(
          "java/time/Instant",
          "java/time/LocalDate",
          "java/time/LocalTime",
          "java/time/LocalDateTime",
          "java/time/ZonedDateTime",
          "java/time/OffsetDateTime",
          "java/time/OffsetTime",
          "java/time/Year",
          "java/time/YearMonth",
          "java/time/MonthDay");

  private static final Set<String> RANDOM_CLASSES =
      Set.of(
          "java/util/Random",
          "java/util/SplittableRandom",
          "java/security/SecureRandom",
          "java/util/concurrent/ThreadLocalRandom",
          "java/util/random/RandomGenerator");

  private static final Set<String> IO_CLASSES =
      Set.of(
          "java/io/FileInputStream",
          "java/io/FileOutputStream",
          "java/io/FileReader",
          "java/io/FileWriter",
          "java/io/RandomAccessFile",
          "java/nio/file/Files",
          "java/util/Scanner",
          "java/lang/ProcessBuilder",
          "java/net/Socket",
          "java/net/ServerSocket",
          "java/net/DatagramSocket",
          "java/net/URLConnection");

  private static final Set<String> MUTATORS =
      Set.of(
          "add",
          "addAll",
          "addFirst",
          "addLast",
          "set",
          "setAll",
          "put",
          "putAll",
          "putIfAbsent",
          "computeIfAbsent",
          "computeIfPresent",
          "compute",
          "merge",
          "remove",
          "removeAll",
          "removeIf",
          "removeFirst",
          "removeLast",
          "retainAll",
          "replaceAll",
          "clear",
          "push",
          "pop",
          "poll",
          "offer",
          "append",
          "insert",
          "delete",
          "deleteCharAt",
          "setLength",
          "reverse",
          "sort");

  /** Methods of functional interfaces that call nothing yet. */
  private static final Set<String> COMBINATORS =
      Set.of("andThen", "compose", "and", "or", "negate");

  private Platform() {}

  /** Whether a class is the JDK's, by its internal name. */
  static boolean isPlatform(String owner) {
    return owner.startsWith("java/")
        || owner.startsWith("javax/")
        || owner.startsWith("jdk/")
        || owner.startsWith("sun/")
        || owner.startsWith("[")
        || owner.equals("REPL/$Cancel$"); // the REPL's own, woven into every loop
  }

  /** What is impure about calling a JDK method on any receiver. */
  static Optional<Impurity> call(String owner, String name, String descriptor) {
    return Optional.ofNullable(kind(owner, name, descriptor));
  }

  private static Impurity kind(String owner, String name, String descriptor) {
    if (NOW_CLASSES.contains(owner)) {
      return name.equals("now") ? Impurity.CLOCK : null;
    }
    if (RANDOM_CLASSES.contains(owner)) {
      return Impurity.RANDOM;
    }
    if (IO_CLASSES.contains(owner)) {
      return Impurity.IO;
    }
    return switch (owner) {
      case "java/lang/System" -> ofSystem(name);
      case "java/lang/Math", "java/lang/StrictMath" ->
          name.equals("random") ? Impurity.RANDOM : null;
      case "java/util/UUID" -> name.equals("randomUUID") ? Impurity.RANDOM : null;
      case "java/util/Collections" ->
          name.equals("shuffle") && !descriptor.contains("Random") ? Impurity.RANDOM : null;
      case "java/util/Date" ->
          name.equals("<init>") && descriptor.equals("()V") ? Impurity.CLOCK : null;
      case "java/util/Calendar" -> name.equals("getInstance") ? Impurity.CLOCK : null;
      case "java/time/Clock" ->
          name.equals("instant") || name.equals("millis") ? Impurity.CLOCK : null;
      case "java/lang/IO" -> name.startsWith("print") ? Impurity.PRINT : Impurity.IO;
      case "java/io/PrintStream" -> name.equals("<init>") ? Impurity.IO : Impurity.PRINT;
      case "java/io/Console" -> Impurity.IO;
      case "java/lang/System$Logger", "java/util/logging/Logger" -> Impurity.PRINT;
      case "java/net/URL" -> name.startsWith("open") ? Impurity.IO : null;
      case "java/net/http/HttpClient" -> name.startsWith("send") ? Impurity.IO : null;
      case "java/lang/Thread" ->
          name.equals("start") || name.startsWith("startVirtual") ? Impurity.WRITE : null;
      default -> null;
    };
  }

  private static Impurity ofSystem(String name) {
    return switch (name) {
      case "currentTimeMillis", "nanoTime" -> Impurity.CLOCK;
      case "setProperty", "setOut", "setErr", "setIn", "clearProperty", "exit" -> Impurity.WRITE;
      default -> null;
    };
  }

  /** What is impure about calling a JDK method on an object from outside of the function. */
  static Optional<Impurity> callOnShared(String owner, String name) {
    if (owner.startsWith("java/util/concurrent/atomic/")) {
      return Optional.of(
          name.equals("get") || name.endsWith("Value") || name.equals("getPlain")
              ? Impurity.MUTABLE_READ
              : Impurity.WRITE);
    }
    if (owner.startsWith("java/util/function/")) {
      return COMBINATORS.contains(name) ? Optional.empty() : Optional.of(Impurity.UNRESOLVED);
    }
    boolean mutable =
        owner.startsWith("java/util/")
            || owner.equals("java/lang/StringBuilder")
            || owner.equals("java/lang/StringBuffer");
    return mutable && MUTATORS.contains(name) ? Optional.of(Impurity.WRITE) : Optional.empty();
  }
}
