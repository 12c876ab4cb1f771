package dev.jacobi.pjrt;

import dev.jacobi.pjrt.struct.Native;
import dev.jacobi.pjrt.struct.Struct;
import java.lang.foreign.Arena;

/** What a plugin says of itself, for people. */
public final class PluginInfo {
  private PluginInfo() {}

  /**
   * Loads a plugin and describes it: file, version, platform, attributes, devices; a line each.
   *
   * @param nameOrPath as behind {@code pjrt:}
   * @throws PluginException if there is none, or it cannot be used
   */
  public static String of(String nameOrPath) {
    PjrtClient client = PjrtFamily.client(nameOrPath);
    PjrtApi api = client.api();
    StringBuilder out = new StringBuilder();
    line(out, "file", api.path());
    line(out, "PJRT C API", api.version());
    line(out, "platform", client.platform());
    line(out, "version", client.platformVersion().strip().replace("\n", "; "));
    try (Arena arena = Arena.ofConfined()) {
      Struct attributes = api.call("Plugin_Attributes", Struct.make("Plugin_Attributes", arena));
      long stride = Struct.stride("NamedValue");
      for (long i = 0; i < attributes.get("num_attributes"); i++) {
        Struct value =
            Struct.at("NamedValue", Native.at(attributes.get("attributes") + i * stride, stride));
        line(out, value.text("name", "name_size"), text(value));
      }
    }
    for (PjrtClient.LocalDevice d : client.devices()) {
      line(out, d.device().toString(), d.kind() + ", " + d.text() + ", memories " + d.memories());
    }
    return out.toString();
  }

  private static String text(Struct value) {
    return switch ((int) value.get("type")) {
      case 0 -> value.text("value", "value_size");
      case 1 -> Long.toString(value.get("value"));
      case 2 -> java.util.Arrays.toString(value.pointers("value", "value_size"));
      case 3 -> Float.toString(Float.intBitsToFloat((int) value.get("value")));
      case 4 -> Boolean.toString((value.get("value") & 1) != 0);
      default -> "a value of unknown type";
    };
  }

  private static void line(StringBuilder out, String name, Object value) {
    out.append("%-24s %s%n".formatted(name, value));
  }
}
