package dev.jacobi;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * A misuse and what it throws.
 *
 * @param says part of the message
 */
public record NamedError(Runnable call, Class<? extends Exception> error, String says) {
  /** One test per entry: exactly this class, this message, and a line of this source file. */
  public static Stream<DynamicTest> tests(Map<String, NamedError> all, String file) {
    return all.entrySet().stream()
        .map(
            e ->
                DynamicTest.dynamicTest(
                    e.getKey(),
                    () ->
                        assertThatThrownBy(e.getValue().call()::run)
                            .isExactlyInstanceOf(e.getValue().error())
                            .hasMessageContaining(e.getValue().says())
                            .hasMessageContaining(file + ":")));
  }
}
