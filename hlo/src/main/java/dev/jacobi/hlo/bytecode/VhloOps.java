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

/** Which attributes VHLO's operations have: {@code vhlo_ops.txt}. */
final class VhloOps {
  private static final String RESOURCE = "vhlo_ops.txt";
  private static final Map<String, List<String>> ATTRIBUTES = new HashMap<>();

  static {
    try (InputStream in = VhloOps.class.getResourceAsStream(RESOURCE)) {
      byte[] bytes = Objects.requireNonNull(in, RESOURCE).readAllBytes();
      new String(bytes, StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> Arrays.asList(line.split(" ")))
          .forEach(
              w -> ATTRIBUTES.put("vhlo." + w.getFirst(), w.stream().skip(1).sorted().toList()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private VhloOps() {}

  /** The names of an operation's attributes; empty if it has none or is not known. */
  static Optional<List<String>> attributes(String op) {
    return Optional.ofNullable(ATTRIBUTES.get(op));
  }
}
