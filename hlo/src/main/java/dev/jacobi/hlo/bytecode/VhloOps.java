package dev.jacobi.hlo.bytecode;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Which attributes the operations of VHLO and CHLO have: {@code vhlo_ops.txt}. */
final class VhloOps {
  private static final String RESOURCE = "vhlo_ops.txt";
  private static final Map<String, List<Named>> ATTRIBUTES = new HashMap<>();

  static {
    try (InputStream in = VhloOps.class.getResourceAsStream(RESOURCE)) {
      byte[] bytes = Objects.requireNonNull(in, RESOURCE).readAllBytes();
      new String(bytes, StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> Arrays.asList(line.split(" ")))
          .forEach(VhloOps::put);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An attribute; others than VHLO's may be left out. */
  record Named(String name, boolean isOptional) {}

  private VhloOps() {}

  private static void put(List<String> words) {
    String op = words.getFirst();
    ATTRIBUTES.put(
        op.startsWith("chlo.") ? op : "vhlo." + op,
        words.stream()
            .skip(1)
            .sorted()
            .map(w -> new Named(w.replace("?", ""), w.endsWith("?")))
            .toList());
  }

  /** The names of an operation's attributes; empty if it has none or is not known. */
  static Optional<List<Named>> attributes(String op) {
    return Optional.ofNullable(ATTRIBUTES.get(op));
  }
}
