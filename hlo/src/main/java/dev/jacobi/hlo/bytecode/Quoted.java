package dev.jacobi.hlo.bytecode;

import java.nio.charset.StandardCharsets;

/** Strings as MLIR's text quotes them. */
final class Quoted {
  private Quoted() {}

  static String of(String value) {
    StringBuilder out = new StringBuilder("\"");
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      if (b == '"' || b == '\\' || b < ' ' || b == 127) {
        out.append('\\').append("%02X".formatted(b & 0xFF));
      } else {
        out.append((char) b);
      }
    }
    return out.append('"').toString();
  }

  /** A name in a dictionary: bare if it may be. */
  static String key(String name) {
    return name.matches("[A-Za-z_][A-Za-z0-9_$.]*") ? name : of(name);
  }
}
