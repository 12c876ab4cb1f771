package dev.jacobi.hlo.refine;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp.CustomCall;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.OrderOp;
import dev.jacobi.hlo.RandomOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.WindowOp;
import dev.jacobi.hlo.text.AttrText;
import dev.jacobi.hlo.text.HloSyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Custom calls by which JAX writes what StableHLO has only with constant sizes. Those of other
 * names may state the shapes of their results in operands.
 *
 * @param region a copy of a function's body as a region
 */
record DynamicCalls(Scope scope, HloModule module, Function<Block, Block> region) {
  private static final String SHAPES = "indices_of_shape_operands";
  private static final Pattern PLACE = Pattern.compile("\\{(\\d{1,3})\\}");

  private static final Set<String> NAMES =
      Set.of(
          "shape_assertion",
          "stablehlo.dynamic_top_k",
          "stablehlo.dynamic_approx_top_k",
          "stablehlo.dynamic_rng_bit_generator",
          "stablehlo.dynamic_reduce_window");

  static boolean isDynamic(CustomCall op) {
    return NAMES.contains(op.target()) || op.attrs().containsKey(SHAPES);
  }

  /** The operation that stands for the call; empty if it was a condition, and holds. */
  Optional<Op> of(CustomCall op) {
    try {
      return switch (op.target()) {
        case "shape_assertion" -> {
          check(op);
          yield Optional.empty();
        }
        case "stablehlo.dynamic_top_k" -> {
          require(op, op.operands().size() == 2, "takes an operand and k");
          yield Optional.of(new OrderOp.TopK(use(op, 0), number(op, 1)));
        }
        case "stablehlo.dynamic_approx_top_k" -> Optional.of(approximate(op));
        case "stablehlo.dynamic_rng_bit_generator" -> Optional.of(randomBits(op));
        case "stablehlo.dynamic_reduce_window" -> Optional.of(reduceWindow(op));
        default -> Optional.of(shaped(op));
      };
    } catch (HloSyntaxException e) {
      throw new RefineException("custom_call @" + op.target() + ": " + e.getMessage(), scope.loc());
    }
  }

  private void require(CustomCall op, boolean holds, String why) {
    if (!holds) {
      throw new RefineException("custom_call @" + op.target() + " " + why, scope.loc());
    }
  }

  private Value use(CustomCall op, int operand) {
    return scope.use(op.operands().get(operand));
  }

  private Longs numbers(CustomCall op, int operand) {
    return scope.numbers(op, op.operands().get(operand));
  }

  private long number(CustomCall op, int operand) {
    Longs one = numbers(op, operand);
    require(op, one.size() == 1, "takes one number as operand " + operand);
    return one.get(0);
  }

  // --- conditions ---

  private void check(CustomCall op) {
    require(op, !op.operands().isEmpty() && op.types().isEmpty(), "takes a condition");
    if (number(op, 0) != 0) {
      return;
    }
    String message = AttrText.string(op.attrs().getOrDefault("error_message", "\"\""));
    StringBuilder text = new StringBuilder();
    Matcher m = PLACE.matcher(message);
    while (m.find()) {
      int i = Integer.parseInt(m.group(1)) + 1;
      String value =
          i < op.operands().size()
              ? scope.known(op.operands().get(i)).map(DynamicCalls::text).orElse("?")
              : m.group();
      m.appendReplacement(text, Matcher.quoteReplacement(value));
    }
    throw new ShapeAssertionException(m.appendTail(text).toString(), scope.loc());
  }

  private static String text(Literal l) {
    return l.shape().size() == 1 ? Long.toString(l.getLong(0)) : l.toString();
  }

  // --- operations ---

  private Op randomBits(CustomCall op) {
    require(op, op.operands().size() == 2 && op.types().size() == 2, "takes a state and a shape");
    String stated = op.attrs().getOrDefault("rng_algorithm", "");
    for (RandomOp.RngAlgorithm a : RandomOp.RngAlgorithm.values()) {
      if (stated.matches("#stablehlo<rng_algorithm " + a + ">")) {
        TensorType type = op.types().get(1).withShape(Shape.of(numbers(op, 1)));
        return new RandomOp.RngBitGenerator(a, use(op, 0), type);
      }
    }
    throw scope.unsupported(op, "@" + op.target() + " by " + stated);
  }

  /** N inputs, N initial values, and five lists of numbers. */
  private Op reduceWindow(CustomCall op) {
    int n = op.types().size();
    require(op, n > 0 && op.operands().size() == 2 * n + 5, "takes N inputs, N values, 5 lists");
    List<Longs> lists = new ArrayList<>();
    int rank = scope.type(op.operands().getFirst()).rank();
    for (int i = 0; i < 5; i++) {
      lists.add(numbers(op, 2 * n + i));
      require(op, lists.get(i).size() == (i < 4 ? rank : 2 * rank), "has lists of other lengths");
    }
    long[] low = new long[rank];
    long[] high = new long[rank];
    for (int d = 0; d < rank; d++) {
      low[d] = lists.get(4).get(2 * d);
      high[d] = lists.get(4).get(2 * d + 1);
    }
    List<String> called = AttrText.elements(op.attrs().getOrDefault("called_computations", "[]"));
    require(op, called.size() == 1, "calls one function");
    HloFunc body = module.funcs().get(AttrText.symbol(called.getFirst()));
    require(op, body != null, "calls " + called.getFirst() + ", which the module has not");
    return new WindowOp.ReduceWindow(
        Op.map(op.operands().subList(0, n), scope::use),
        Op.map(op.operands().subList(n, 2 * n), scope::use),
        new WindowOp.Window(lists.get(0), lists.get(1), Longs.of(low), Longs.of(high)),
        lists.get(2),
        lists.get(3),
        region.apply(body.body()));
  }

  /** {@code k} is the last operand before the shapes; the static call has it in its settings. */
  private Op approximate(CustomCall op) {
    Map<String, String> attrs = new TreeMap<>(op.attrs());
    Map<String, String> config =
        new TreeMap<>(AttrText.dictionary(attrs.getOrDefault("mhlo.backend_config", "{}")));
    int k = op.operands().size() - 1 - shapes(op).size();
    require(op, k >= 0, "takes k");
    config.put("top_k", number(op, k) + " : i64");
    StringBuilder text = new StringBuilder("{");
    config.forEach((name, v) -> text.append(name).append(" = ").append(v).append(", "));
    text.setLength(text.length() - 2);
    attrs.put("mhlo.backend_config", text.append("}").toString());
    CustomCall known =
        new CustomCall("ApproxTopK", op.operands(), op.types(), op.hasSideEffect(), attrs);
    return without(known, Set.of(k));
  }

  // --- results whose shapes are operands ---

  private static Longs shapes(CustomCall op) {
    String indices = op.attrs().get(SHAPES);
    return indices == null ? Longs.of() : AttrText.integers(indices);
  }

  private Op shaped(CustomCall op) {
    return without(op, Set.of());
  }

  private Op without(CustomCall op, Set<Integer> operands) {
    Longs indices = shapes(op);
    if (indices.size() == 0) {
      return kept(op, op.types(), operands);
    }
    require(op, indices.size() == op.types().size(), "has a shape for each result");
    Set<Integer> dropped = new HashSet<>(operands);
    List<TensorType> types = new ArrayList<>();
    for (int i = 0; i < indices.size(); i++) {
      long at = indices.get(i);
      require(op, at >= 0 && at < op.operands().size(), "has no operand " + at);
      dropped.add((int) at);
      types.add(op.types().get(i).withShape(Shape.of(numbers(op, (int) at))));
    }
    return kept(op, types, dropped);
  }

  private Op kept(CustomCall op, List<TensorType> types, Set<Integer> dropped) {
    Map<String, String> attrs = new LinkedHashMap<>(op.attrs());
    attrs.remove(SHAPES);
    attrs.computeIfPresent(
        "operand_layouts", (_, text) -> "[" + String.join(", ", rest(text, dropped)) + "]");
    return new CustomCall(
        op.target(),
        rest(op.operands(), dropped).stream().map(scope::use).toList(),
        types,
        op.hasSideEffect(),
        attrs);
  }

  private static List<String> rest(String list, Set<Integer> dropped) {
    return rest(AttrText.elements(list), dropped);
  }

  private static <T> List<T> rest(List<T> list, Set<Integer> dropped) {
    List<T> rest = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      if (!dropped.contains(i)) {
        rest.add(list.get(i));
      }
    }
    return rest;
  }
}
