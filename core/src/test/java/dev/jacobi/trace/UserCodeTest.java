package dev.jacobi.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which frames of a stack are the user's. */
class UserCodeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.util.stream.ReferencePipeline",
        "javax.swing.Timer",
        "jdk.internal.reflect.DirectMethodHandleAccessor",
        "sun.net.httpserver.ServerImpl$Exchange",
        "com.sun.net.httpserver.Filter$Chain",
        "dev.jacobi.Array",
        "dev.jacobi.numpy.Jnp",
      })
  void theLibraryAndTheJdkAreNotTheUser(String name) {
    assertThat(UserCode.isUser(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Digits",
        "Digits$Mlp",
        "javanet.Main",
        "sunny.Day",
        "dev.jacobi.examples.Plot",
        "dev.jacobi.trace.UserCodeTest$Inner",
      })
  void everythingElseIs(String name) {
    assertThat(UserCode.isUser(name)).isTrue();
  }

  @Test
  void theLineIsThatOfTheLambdaThatTheJdkCalls() {
    StackTraceElement here = new Throwable().getStackTrace()[0];
    var lines = List.of(1).stream().sorted(Comparator.naturalOrder()).map(i -> UserCode.line());
    assertThat(lines.toList()).containsExactly("UserCodeTest.java:" + (here.getLineNumber() + 1));
  }
}
