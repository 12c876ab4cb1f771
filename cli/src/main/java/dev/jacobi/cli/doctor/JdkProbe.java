package dev.jacobi.cli.doctor;

import java.lang.management.ManagementFactory;

/**
 * The JDK: its version, whether it has a compiler, whether native access is granted, whether the
 * AOT cache is used.
 */
final class JdkProbe implements Probe {
  private static final int LEAST = 25;

  @Override
  public String name() {
    return "JDK";
  }

  @Override
  public Finding look() {
    var fact =
        "%s (%s), %s"
            .formatted(
                Runtime.version(),
                System.getProperty("java.vendor"),
                System.getProperty("java.home"));
    if (Runtime.version().feature() < LEAST) {
      return new Finding.Bad(fact, "Jacobi needs JDK " + LEAST + " or later: set JAVA_HOME.");
    }
    if (!JdkProbe.class.getModule().isNativeAccessEnabled()) {
      return new Finding.Bad(fact, "Start Java with --enable-native-access=ALL-UNNAMED.");
    }
    boolean aot =
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .anyMatch(argument -> argument.startsWith("-XX:AOTCache="));
    return aot
        ? new Finding.Good(fact + ", with the AOT cache")
        : new Finding.Poor(
            fact,
            "Runs without an AOT cache: the first command after a build records one when it has"
                + " ended.");
  }
}
