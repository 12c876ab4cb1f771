package dev.jacobi.hlo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {
  private static final String KEY = "config_test";

  @AfterEach
  void clear() {
    System.clearProperty("jacobi." + KEY);
  }

  @Test
  void absentAndEmptySettingsAreAbsent() {
    assertThat(Config.get(KEY)).isEmpty();
    System.setProperty("jacobi." + KEY, "");
    assertThat(Config.get(KEY)).isEmpty();
    assertThat(Config.getInt(KEY, 1, 7)).isEqualTo(7);
  }

  @Test
  void aPropertyIsRead() {
    System.setProperty("jacobi." + KEY, "3");
    assertThat(Config.get(KEY)).contains("3");
    assertThat(Config.getInt(KEY, 1, 7)).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-4", "three", "1e3", "99999999999"})
  void aBadNumberIsNamed(String text) {
    System.setProperty("jacobi." + KEY, text);
    assertThatThrownBy(() -> Config.getInt(KEY, 1, 7))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("JACOBI_CONFIG_TEST")
        .hasMessageContaining("\"" + text + "\"")
        .hasMessageContaining("at least 1");
  }

  @Test
  void aBadWordIsNamed() {
    System.setProperty("jacobi." + KEY, "maybe");
    assertThatThrownBy(() -> Config.getWord(KEY, List.of("off", "warn"), "warn"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("off, warn");
  }

  @Test
  void variablesAreUpperCase() {
    assertThat(Config.SETTINGS).extracting(Config.Setting::variable).contains("JACOBI_DUMP_DIR");
  }
}
