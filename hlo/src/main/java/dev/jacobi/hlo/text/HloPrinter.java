package dev.jacobi.hlo.text;

import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.TensorType;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes a program as StableHLO's own printer does, down to the names of values, so that its tools
 * and XLA read it and people can compare it with what JAX shows.
 */
public final class HloPrinter {
  private HloPrinter() {}

  /** The program without the lines that it came from: equal programs have equal text. */
  public static String print(HloModule module) {
    return print(module, false);
  }

  /** The program with {@code loc("file":line:0)} behind operations whose line is known. */
  public static String printWithLocations(HloModule module) {
    return print(module, true);
  }

  private static String print(HloModule module, boolean locations) {
    StringBuilder out = new StringBuilder("module");
    if (!module.name().isEmpty()) {
      out.append(' ').append(Writer.symbol(module.name()));
    }
    if (!module.attrs().isEmpty()) {
      out.append(" attributes ").append(Writer.dictionaryText(module.attrs()));
    }
    out.append(" {\n");
    for (HloFunc func : module.funcs().values()) {
      function(func, locations, out);
    }
    String text = out.append("}\n").toString();
    if (!locations) {
      KeptPrograms.keep(text);
    }
    return text;
  }

  private static void function(HloFunc func, boolean locations, StringBuilder out) {
    Names names = new Names(func.body());
    out.append("  func.func ")
        .append(func.isPublic() ? "public " : "private ")
        .append(Writer.symbol(func.name()));
    out.append(
        IntStream.range(0, func.inputs().size())
            .mapToObj(
                i ->
                    names.of(func.body().params().get(i))
                        + ": "
                        + typed(func.inputs().get(i), func.argAttrs().get(i)))
            .collect(Collectors.joining(", ", "(", ")")));
    if (!func.outputs().isEmpty()) {
      out.append(" -> ").append(outputs(func));
    }
    if (!func.attrs().isEmpty()) {
      out.append(" attributes ").append(Writer.dictionaryText(func.attrs()));
    }
    out.append(' ');
    new Writer(out, names, locations, 2).body(func.body());
    out.append('\n');
  }

  private static String outputs(HloFunc func) {
    List<TensorType> types = func.outputs();
    String list =
        IntStream.range(0, types.size())
            .mapToObj(i -> typed(types.get(i), func.resultAttrs().get(i)))
            .collect(Collectors.joining(", "));
    boolean bare = types.size() == 1 && func.resultAttrs().getFirst().isEmpty();
    return bare ? list : "(" + list + ")";
  }

  private static String typed(TensorType type, Map<String, String> attrs) {
    return attrs.isEmpty() ? type.toString() : type + " " + Writer.dictionaryText(attrs);
  }
}
