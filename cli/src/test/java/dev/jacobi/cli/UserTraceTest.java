package dev.jacobi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class UserTraceTest {
  private static StackTraceElement frame(String type) {
    return new StackTraceElement(type, "f", type + ".java", 7);
  }

  private static String trace(Consumer<Exception> change) {
    var error = new IllegalStateException("boom");
    error.setStackTrace(
        new StackTraceElement[] {
          frame("dev.jacobi.trace.Tracer"),
          frame("java.util.List"),
          frame("Net"),
          frame("dev.jacobi.examples.Data")
        });
    change.accept(error);
    return UserTrace.of(error);
  }

  @Test
  void showsTheUsersFramesOnly() {
    assertThat(trace(error -> {}).lines())
        .containsExactly(
            "java.lang.IllegalStateException: boom",
            "    at Net.f(Net.java:7)",
            "    at dev.jacobi.examples.Data.f(dev.jacobi.examples.Data.java:7)",
            "(JACOBI_TRACE=full shows the 2 frames of Jacobi and the JDK)");
  }

  @Test
  void showsCauses() {
    var cause = new RuntimeException("inner");
    cause.setStackTrace(new StackTraceElement[] {frame("Net")});
    assertThat(trace(error -> error.initCause(cause)))
        .contains("Caused by: java.lang.RuntimeException: inner\n    at Net.f(Net.java:7)\n");
  }

  @Test
  void cutsDeepRecursion() {
    var deep =
        trace(
            error ->
                error.setStackTrace(
                    Collections.nCopies(1000, frame("Net")).toArray(StackTraceElement[]::new)));
    assertThat(deep.lines()).hasSize(22).last().isEqualTo("    ... 980 more");
  }

  @Test
  void theSettingShowsEverything() {
    System.setProperty("jacobi.trace", "full");
    try {
      assertThat(trace(error -> {}).lines().toList())
          .isEqualTo(
              List.of(
                  "java.lang.IllegalStateException: boom",
                  "\tat dev.jacobi.trace.Tracer.f(dev.jacobi.trace.Tracer.java:7)",
                  "\tat java.util.List.f(java.util.List.java:7)",
                  "\tat Net.f(Net.java:7)",
                  "\tat dev.jacobi.examples.Data.f(dev.jacobi.examples.Data.java:7)"));
    } finally {
      System.clearProperty("jacobi.trace");
    }
  }
}
