package dev.jacobi.pjrt.struct;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The PJRT C API as data: {@code pjrt_c_api.txt}, which is kept by hand. */
public final class Table {
  /** The major version that the table describes. */
  public static final int MAJOR = 0;

  private static final String RESOURCE = "pjrt_c_api.txt";
  private static final Map<String, Integer> INDICES = new HashMap<>();
  private static final Map<String, Layout> LAYOUTS = new HashMap<>();

  static {
    read().lines().filter(l -> !l.isBlank() && !l.startsWith("#")).forEach(Table::add);
  }

  private Table() {}

  /** The position of a function in the table of functions. */
  public static int index(String function) {
    return Objects.requireNonNull(INDICES.get(function), function);
  }

  /** The number of functions that the table knows. */
  public static int functions() {
    return INDICES.size();
  }

  /** The argument struct of a function, or a struct that such a struct points to. */
  public static Layout layout(String name) {
    return Objects.requireNonNull(LAYOUTS.get(name), name);
  }

  private static void add(String line) {
    String[] words = line.split(" ");
    switch (words[0]) {
      case "struct" -> layout(words, 1, Layout.HEADER);
      case "bare" -> layout(words, 1, Layout.SIZE_ONLY);
      case "open" -> layout(words, 1, 0);
      default -> {
        INDICES.put(words[0], INDICES.size());
        if (words.length == 1 || !words[1].equals("?")) {
          layout(words, 0, Layout.HEADER);
        }
      }
    }
  }

  private static void layout(String[] words, int name, long header) {
    String[] fields = Arrays.copyOfRange(words, name + 1, words.length);
    LAYOUTS.put(words[name], new Layout(words[name], header, fields));
  }

  private static String read() {
    try (InputStream in = Table.class.getResourceAsStream(RESOURCE)) {
      return new String(
          Objects.requireNonNull(in, RESOURCE).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
