package dev.jacobi.transform;

import dev.jacobi.hlo.config.Dumps;
import dev.jacobi.jaxpr.Jaxpr;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes traced programs where {@code JACOBI_DUMP} asks for {@code jaxpr}. */
final class JaxprDump {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private JaxprDump() {}

  static void write(String function, Jaxpr jaxpr) {
    if (Dumps.wanted().contains("jaxpr")) {
      Dumps.write(COUNT.incrementAndGet() + "-" + function + "-jaxpr", jaxpr.toString());
    }
  }
}
