package dev.jacobi.hlo.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Settings of Jacobi: {@code get("dump")} reads the system property {@code jacobi.dump}, else the
 * environment variable {@code JACOBI_DUMP}. An empty value counts as absent.
 */
public final class Config {

  /** A setting as {@code ./jacobi help} and {@code ./jacobi doctor} show it. */
  public record Setting(String key, String meaning) {
    /** The environment variable's name, such as {@code JACOBI_DUMP_DIR} for {@code dump_dir}. */
    public String variable() {
      return "JACOBI_" + key.toUpperCase(Locale.ROOT);
    }
  }

  /** The settings that users may rely on, in the order in which help lists them. */
  public static final List<Setting> SETTINGS =
      List.of(
          new Setting(
              "cache", "cache folder; default $XDG_CACHE_HOME/jacobi, else ~/.cache/jacobi"),
          new Setting("threads", "threads of the cpu backend; default: as many as it may use"),
          new Setting("backend", "cpu (default), interpreter, or pjrt:NAME-OR-PATH"),
          new Setting("plugins", "folders searched for PJRT plugins"),
          new Setting(
              "devices", "how many devices this machine is to programs on several; default 1"),
          new Setting("cpu_devices", "how many devices a PJRT plugin for CPUs is asked for"),
          new Setting("dump", "steps to print, of jaxpr,hlo,fuse,lanes,loops,llvm,asm"),
          new Setting("dump_dir", "folder that dumps go to, instead of standard error"),
          new Setting(
              "debug_nans", "off (default), nan or inf: the first is an error, with its line"),
          new Setting("disable_jit", "off (default) or on: everything runs step by step in Java"),
          new Setting("purity", "off, warn (default) or strict"),
          new Setting("llvm", "the LLVM library, instead of the one that Jacobi brings"),
          new Setting("openblas", "the OpenBLAS library, instead of the one that Jacobi brings"),
          new Setting("python", "the Python that runs the peers of bench; default python3"));

  private Config() {}

  /** The value of a setting, if the property or the variable is set and not empty. */
  public static Optional<String> get(String key) {
    var property = System.getProperty("jacobi." + key);
    var value = property != null ? property : System.getenv(new Setting(key, "").variable());
    return Optional.ofNullable(value).filter(text -> !text.isEmpty());
  }

  /** The value of a setting that is a whole number of at least {@code least}. */
  public static int getInt(String key, int least, int otherwise) {
    var text = get(key);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      int value = Integer.parseInt(text.get().strip());
      if (value >= least) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Falls through to the error, which says more than the parser does.
    }
    throw new ConfigException(
        "%s is \"%s\", but must be a whole number of at least %d."
            .formatted(new Setting(key, "").variable(), text.get(), least));
  }

  /** The value of a setting that is one of a few words. */
  public static String getWord(String key, List<String> words, String otherwise) {
    var word = get(key).orElse(otherwise);
    if (!words.contains(word)) {
      throw new ConfigException(
          "%s is \"%s\", but must be one of %s."
              .formatted(new Setting(key, "").variable(), word, String.join(", ", words)));
    }
    return word;
  }
}
