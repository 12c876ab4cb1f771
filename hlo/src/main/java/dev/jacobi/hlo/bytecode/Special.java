package dev.jacobi.hlo.bytecode;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * StableHLO's attributes that VHLO takes apart, put together again. Source: StableHLO's
 * VhloLegalizeToStablehlo.cpp.
 */
final class Special {
  private static final List<String> GATHER =
      List.of(
          "offset_dims",
          "collapsed_slice_dims",
          "operand_batching_dims",
          "start_indices_batching_dims",
          "start_index_map",
          "index_vector_dim");

  private static final List<String> SCATTER =
      List.of(
          "update_window_dims",
          "inserted_window_dims",
          "input_batching_dims",
          "scatter_indices_batching_dims",
          "scatter_dims_to_operand_dims",
          "index_vector_dim");

  private static final List<String> DOT =
      List.of(
          "lhs_batching_dimensions",
          "rhs_batching_dimensions",
          "lhs_contracting_dimensions",
          "rhs_contracting_dimensions");

  static final List<String> ALGORITHM =
      List.of(
          "lhs_precision_type",
          "rhs_precision_type",
          "accumulation_type",
          "lhs_component_count",
          "rhs_component_count",
          "num_primitive_operations",
          "allow_imprecise_accumulation");

  private static final List<String> CONV =
      List.of(
          "input_batch_dimension",
          "input_feature_dimension",
          "input_spatial_dimensions",
          "kernel_input_feature_dimension",
          "kernel_output_feature_dimension",
          "kernel_spatial_dimensions",
          "output_batch_dimension",
          "output_feature_dimension",
          "output_spatial_dimensions");

  /** Names of functions, which VHLO has as strings. */
  private static final Set<String> SYMBOLS = Set.of("callee", "decomposition");

  /** Attributes whose presence says yes. */
  private static final Set<String> FLAGS = Set.of("use_global_device_ids", "has_dynamic_root");

  private Special() {}

  /** The attributes of an operation of StableHLO by those of VHLO's. */
  static Map<String, Attr> of(String op, Map<String, Attr> vhlo) {
    Map<String, Attr> rest = new LinkedHashMap<>(vhlo);
    Map<String, Attr> out = new LinkedHashMap<>();
    switch (op) {
      case "gather", "dynamic_gather" -> out.put("dimension_numbers", join("gather", GATHER, rest));
      case "scatter" -> out.put("scatter_dimension_numbers", join("scatter", SCATTER, rest));
      case "dot_general" -> {
        out.put("dot_dimension_numbers", join("dot", DOT, rest));
        algorithm(rest, out);
      }
      case "send", "recv" -> out.put("channel_handle", channel(rest));
      case "convolution", "dynamic_conv" -> out.put("dimension_numbers", convolution(rest));
      default -> {
        // The attributes are the same.
      }
    }
    rest.forEach((name, value) -> copy(op, name, value, out));
    return out;
  }

  /** {@code #stablehlo.channel_handle<handle = 1, type = 3>}. */
  private static Attr channel(Map<String, Attr> rest) {
    long id = number(rest.remove("channel_id"));
    long type = number(rest.remove("channel_type"));
    return new Attr.Text("#stablehlo.channel_handle<handle = %d, type = %d>".formatted(id, type));
  }

  private static long number(Attr attr) {
    return attr instanceof Attr.Int i ? i.value() : 0;
  }

  private static void copy(String op, String name, Attr value, Map<String, Attr> out) {
    if (isDefault(op, name, value)) {
      return;
    }
    if (value instanceof Attr.Str s && SYMBOLS.contains(name)) {
      out.put(name, new Attr.Text(s.symbol()));
    } else if (name.equals("called_computations") && value instanceof Attr.Array a) {
      out.put(name, new Attr.Array(a.elements().stream().map(Special::symbol).toList()));
    } else if (FLAGS.contains(name)) {
      if (value.text().equals("true")) {
        out.put(name, new Attr.Text("unit"));
      }
    } else if (name.equals("window_reversal")) {
      out.put(name, new Attr.Text(booleans(value.text())));
    } else if (name.equals("channel_id") && value instanceof Attr.Int id) {
      out.put(
          "channel_handle",
          new Attr.Text("#stablehlo.channel_handle<handle = " + id.value() + ", type = 0>"));
    } else if (value instanceof Attr.Longs l && !(op.equals("constant") && name.equals("value"))) {
      out.put(name, new Attr.Text(l.array()));
    } else {
      out.put(name, value);
    }
  }

  /** {@code array<i1: false, false>} for {@code dense<false> : tensor<2xi1>}. */
  private static String booleans(String dense) {
    String words = dense.replaceFirst("dense<\\[?([a-z, ]*)]?> : .*", "$1");
    String count = dense.replaceFirst(".*tensor<(\\d{1,3})xi1>", "$1");
    boolean all = !words.contains(",") && count.matches("\\d+");
    String list =
        all ? String.join(", ", Collections.nCopies(Integer.parseInt(count), words)) : words;
    return "array<i1" + (list.isEmpty() ? "" : ": ") + list + ">";
  }

  /** What VHLO writes always, and StableHLO's text only if it is not the default. */
  private static boolean isDefault(String op, String name, Attr value) {
    String text = value.text();
    return switch (name) {
      case "result_accuracy" -> text.contains("<DEFAULT>");
      case "compare_type" -> text.contains("NOTYPE");
      case "result_layouts",
          "operand_layouts",
          "called_computations",
          "output_operand_aliases",
          "result_tilings",
          "arg_attrs",
          "res_attrs" ->
          text.equals("[]");
      case "precision_config" -> op.equals("dot") && !text.contains(" HIGH");
      case "channel_id" -> text.startsWith("0 ");
      case "has_side_effect" -> text.equals("false");
      case "version" -> op.equals("composite") && text.startsWith("0 ");
      case "backend_config", "sym_visibility" -> text.equals("\"\"") || text.equals("{}");
      case "api_version" -> op.equals("custom_call") && text.startsWith("1 ");
      case "known_expanding_dimensions", "known_nonexpanding_dimensions" -> isEmpty(value);
      case "source_target_pairs" -> !op.equals("collective_permute") && isEmpty(value);
      default -> false;
    };
  }

  private static boolean isEmpty(Attr value) {
    return value instanceof Attr.Longs l && l.values().isEmpty();
  }

  private static Attr symbol(Attr name) {
    return name instanceof Attr.Str s ? new Attr.Text(s.symbol()) : name;
  }

  /** {@code #stablehlo.gather<offset_dims = [1], ...>} from attributes of their own. */
  private static Attr join(String attr, List<String> names, Map<String, Attr> parts) {
    StringBuilder out = new StringBuilder("#stablehlo." + attr + "<");
    String comma = "";
    for (String name : names) {
      Attr part = parts.remove(name);
      if (part != null) {
        out.append(comma).append(name).append(" = ").append(inner(part));
        comma = ", ";
      }
    }
    return new Attr.Text(out.append('>').toString());
  }

  private static String inner(Attr part) {
    return switch (part) {
      case Attr.Longs l -> l.list();
      case Attr.Int i -> Long.toString(i.value());
      default -> part.text();
    };
  }

  private static void algorithm(Map<String, Attr> rest, Map<String, Attr> out) {
    boolean none =
        !rest.containsKey("lhs_component_count")
            || rest.get("lhs_component_count") instanceof Attr.OfType;
    if (none) {
      ALGORITHM.forEach(rest::remove);
    } else {
      out.put("algorithm", join("dot_algorithm", ALGORITHM, rest));
    }
  }

  /** {@code [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]}. */
  private static Attr convolution(Map<String, Attr> rest) {
    String in = dims(rest, "b", CONV.get(0), "f", CONV.get(1), CONV.get(2));
    String kernel = dims(rest, "i", CONV.get(3), "o", CONV.get(4), CONV.get(5));
    String result = dims(rest, "b", CONV.get(6), "f", CONV.get(7), CONV.get(8));
    CONV.forEach(rest::remove);
    return new Attr.Text("#stablehlo.conv<" + in + "x" + kernel + "->" + result + ">");
  }

  private static String dims(
      Map<String, Attr> rest, String a, String aName, String b, String bName, String spatial) {
    Map<Long, String> places = new TreeMap<>();
    if (rest.get(aName) instanceof Attr.Int i && rest.get(bName) instanceof Attr.Int j) {
      places.put(i.value(), a);
      places.put(j.value(), b);
    }
    if (rest.get(spatial) instanceof Attr.Longs l) {
      for (int d = 0; d < l.values().size(); d++) {
        places.put(l.values().get(d), Integer.toString(d));
      }
    }
    return "[" + String.join(", ", places.values()) + "]";
  }
}
