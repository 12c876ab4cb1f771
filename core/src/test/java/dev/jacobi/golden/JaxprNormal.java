package dev.jacobi.golden;

import dev.jacobi.golden.JaxprText.Binder;
import dev.jacobi.golden.JaxprText.Equation;
import dev.jacobi.golden.JaxprText.Program;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The normal form in which a jaxpr of JAX and one of ours are compared. It renames variables, drops
 * dead equations and the parameters that are bookkeeping, orders independent equations alike, and
 * lets elementwise operands that are broadcast (JAX stretches dimensions of size one, we broadcast
 * to the full shape) name their source and where its dimensions go.
 */
final class JaxprNormal {
  /** Parameters without a meaning for the program's value, or implied by the types. */
  private static final Set<String> DROPPED =
      Set.of(
          "computation",
          "sharding",
          "out_sharding",
          "accuracy",
          "precision",
          "dimensions=None",
          "weak_type",
          "num_consts",
          "jvp",
          "bwd",
          "fwd",
          "symbolic_zeros",
          "donated_invars",
          "inline",
          "keep_unused",
          "ctx_mesh",
          "fill_value",
          "indices_are_sorted",
          "unique_indices",
          "mode",
          "update_consts",
          "update_jaxpr",
          "input_dtype",
          "preferred_element_type",
          "shape");

  /** Their operands are stretched in JAX. */
  private static final Set<String> ELEMENTWISE =
      Set.of(
          "add",
          "sub",
          "mul",
          "div",
          "rem",
          "max",
          "min",
          "pow",
          "atan2",
          "nextafter",
          "and",
          "or",
          "xor",
          "eq",
          "ne",
          "lt",
          "le",
          "gt",
          "ge",
          "select_n",
          "add_any",
          "clamp",
          "complex",
          "polygamma",
          "zeta",
          "igamma",
          "igammac",
          "igamma_grad_a",
          "regularized_incomplete_beta",
          "shift_left",
          "shift_right_logical",
          "shift_right_arithmetic");

  private static final Set<String> SHAPED =
      Set.of("iota", "random_bits", "random_split"); // Here the shape is not implied.

  private final Map<String, Equation> sources = new HashMap<>();
  private final Map<String, String> types = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();
  private final StringBuilder out = new StringBuilder();
  private final String indent;

  private JaxprNormal(String indent) {
    this.indent = indent;
  }

  /** The normal form of a jaxpr's text, a line per equation. */
  static String of(String text) {
    return of(JaxprText.parse(text), "");
  }

  private static String of(Program program, String indent) {
    var normal = new JaxprNormal(indent);
    normal.write(PermutingReshapes.split(program));
    return normal.out.toString();
  }

  private void write(Program program) {
    for (Binder in : program.ins()) {
      types.put(in.name(), in.type());
      name(in.name());
    }
    for (Equation e : program.equations()) {
      for (Binder o : e.outs()) {
        types.put(o.name(), o.type());
        if (!o.name().equals("_")) {
          sources.put(o.name(), e);
        }
      }
    }
    out.append(indent).append("in");
    program
        .ins()
        .forEach(in -> out.append(' ').append(name(in.name())).append(':').append(in.type()));
    out.append('\n');
    var written = new HashSet<Equation>();
    program.outs().forEach(o -> writeWhatGives(alias(o), written));
    out.append(indent).append("out");
    program.outs().forEach(o -> out.append(' ').append(resolved(o)));
    out.append('\n');
  }

  /**
   * Writes the equations behind a value, operands first: an order that the results determine, so
   * that independent equations may stand in any order.
   */
  private void writeWhatGives(String value, Set<Equation> written) {
    Equation e = sources.get(value);
    if (e == null || !written.add(e)) {
      return;
    }
    for (String arg : e.args()) {
      boolean isElementwise = ELEMENTWISE.contains(e.primitive());
      writeWhatGives(isElementwise ? origin(arg) : alias(arg), written);
    }
    write(e);
  }

  private void write(Equation e) {
    if (e.primitive().equals("copy")) {
      return;
    }
    var args = e.args().stream().map(arg -> argument(e, arg)).toList();
    out.append(indent);
    e.outs().forEach(o -> out.append(name(o.name())).append(':').append(o.type()).append(' '));
    out.append("= ").append(e.primitive());
    new TreeMap<>(e.params()).forEach((key, value) -> out.append(param(e, key, value)));
    args.forEach(arg -> out.append(' ').append(arg));
    out.append('\n');
    e.params()
        .forEach(
            (key, value) -> {
              if (value instanceof Program p && !DROPPED.contains(key)) {
                out.append(of(p, indent + "    "));
              }
              if (value instanceof List<?> branches) {
                branches.forEach(b -> out.append(of((Program) b, indent + "    ")));
              }
            });
  }

  private static String param(Equation e, String key, Object value) {
    boolean keepShape = key.equals("shape") && SHAPED.contains(e.primitive());
    if ((DROPPED.contains(key) && !keepShape)
        || value instanceof Program
        || value instanceof List) {
      return "";
    }
    String text = value.toString().replace('[', '(').replace(']', ')').replace(",)", ")");
    boolean isImplied =
        text.equals("None")
            || (key.equals("strides") && text.matches("\\(1(, 1)*\\)"))
            || (key.equals("name") && text.contains("lambda"))
            || (key.equals("broadcast_dimensions") && text.equals("()"));
    return isImplied ? "" : " " + key + "=" + text;
  }

  private String argument(Equation e, String arg) {
    if (!ELEMENTWISE.contains(e.primitive())) {
      return resolved(arg);
    }
    long[] result = sizes(e.outs().getFirst().type());
    String origin = origin(arg);
    long[] shown = sizes(type(origin));
    boolean isWhole = shown.length == 0 || Arrays.equals(shown, result);
    return resolved(origin) + (isWhole ? "" : placement(arg, origin, result.length));
  }

  /** Which dimension of {@code origin} each dimension of the result runs along. */
  private String placement(String arg, String origin, int rank) {
    int[] along = new int[rank];
    long[] size = sizes(type(arg));
    for (int d = 0; d < rank; d++) {
      along[d] = size.length == rank && size[d] != 1 ? d : -1;
    }
    String at = alias(arg);
    while (!at.equals(origin)) {
      Equation view = sources.get(at);
      String source = alias(view.args().getFirst());
      int[] back = back(view, sizes(type(source)), sizes(view.outs().getFirst().type()));
      for (int d = 0; d < rank; d++) {
        along[d] = along[d] < 0 ? -1 : back[along[d]];
      }
      at = source;
    }
    return Arrays.toString(along);
  }

  /** Per dimension of a view's result the source's dimension, or -1 if it only repeats. */
  private static int[] back(Equation view, long[] source, long[] result) {
    int[] back = new int[result.length];
    Arrays.fill(back, -1);
    int[] forward = forward(view, source, result);
    for (int k = 0; k < source.length; k++) {
      if (source[k] != 1 && forward[k] >= 0) {
        back[forward[k]] = k;
      }
    }
    return back;
  }

  private static int[] forward(Equation view, long[] source, long[] result) {
    int[] forward = new int[source.length];
    if (view.primitive().equals("broadcast_in_dim")) {
      long[] dims = numbers(view.params().getOrDefault("broadcast_dimensions", "()").toString());
      for (int k = 0; k < source.length; k++) {
        forward[k] = (int) dims[k];
      }
      return forward;
    }
    int next = 0; // Squeezes and reshapes keep the order of what is not one.
    for (int k = 0; k < source.length; k++) {
      forward[k] = -1;
      if (source[k] != 1) {
        while (result[next] == 1) {
          next++;
        }
        forward[k] = next++;
      }
    }
    return forward;
  }

  /** What an elementwise operand shows, behind broadcasts and dimensions of size one. */
  private String origin(String arg) {
    String at = alias(arg);
    while (isView(sources.get(at))) {
      at = alias(sources.get(at).args().getFirst());
    }
    return at;
  }

  private boolean isView(Equation e) {
    if (e == null) {
      return false;
    }
    return switch (e.primitive()) {
      case "broadcast_in_dim", "squeeze" -> true;
      case "reshape" ->
          Arrays.equals(large(type(alias(e.args().getFirst()))), large(e.outs().getFirst().type()));
      default -> false;
    };
  }

  private static long[] large(String type) {
    return Arrays.stream(sizes(type)).filter(size -> size != 1).toArray();
  }

  /** A variable without the copies that stand between. */
  private String alias(String arg) {
    Equation e = sources.get(arg);
    return e != null && e.primitive().equals("copy") ? alias(e.args().getFirst()) : arg;
  }

  private String type(String arg) {
    String literal = arg.substring(arg.indexOf(':') + 1);
    return types.getOrDefault(arg, literal);
  }

  private String resolved(String arg) {
    String plain = alias(arg);
    return types.containsKey(plain) ? name(plain) : literal(plain);
  }

  /** Floats by value in their type: {@code 0.1:bf16[]} and {@code 0.10009765625:bf16[]} are one. */
  private static String literal(String text) {
    int colon = text.indexOf(':');
    String type = text.substring(colon + 1);
    String value = text.substring(0, colon);
    if (!type.matches("(f16|bf16|f32|f64)\\[\\]") || value.equals("nan")) {
      return text;
    }
    double number =
        switch (value) {
          case "inf" -> Double.POSITIVE_INFINITY;
          case "-inf" -> Double.NEGATIVE_INFINITY;
          default -> Double.parseDouble(value);
        };
    return (type.startsWith("f64") ? number : (float) number) + ":" + type;
  }

  private String name(String variable) {
    if (variable.equals("_")) {
      return "_";
    }
    return names.computeIfAbsent(variable, v -> "v" + names.size());
  }

  private static long[] sizes(String type) {
    String inside = type.substring(type.indexOf('[') + 1, type.indexOf(']'));
    return numbers(inside);
  }

  private static long[] numbers(String text) {
    List<Long> found = new ArrayList<>();
    for (String part : text.split("[^-\\d]+")) {
      if (!part.isEmpty()) {
        found.add(Long.parseLong(part));
      }
    }
    return found.stream().mapToLong(Long::longValue).toArray();
  }
}
