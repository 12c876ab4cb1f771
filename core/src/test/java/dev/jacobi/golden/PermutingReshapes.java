package dev.jacobi.golden;

import dev.jacobi.golden.JaxprText.Binder;
import dev.jacobi.golden.JaxprText.Equation;
import dev.jacobi.golden.JaxprText.Program;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** JAX's reshape may permute dimensions first: that is a transpose, and a reshape if need be. */
final class PermutingReshapes {
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private PermutingReshapes() {}

  static Program split(Program program) {
    Map<String, String> types = new HashMap<>();
    program.ins().forEach(in -> types.put(in.name(), in.type()));
    List<Equation> equations = new ArrayList<>();
    for (Equation e : program.equations()) {
      Object dimensions = e.params().getOrDefault("dimensions", "None");
      boolean permutes = e.primitive().equals("reshape") && !dimensions.equals("None");
      equations.addAll(permutes ? both(e, types.get(e.args().getFirst())) : List.of(e));
      e.outs().forEach(o -> types.put(o.name(), o.type()));
    }
    return new Program(program.ins(), equations, program.outs());
  }

  private static List<Equation> both(Equation reshape, String type) {
    String permutation = reshape.params().get("dimensions").toString();
    List<String> sizes = numbers(type.substring(type.indexOf('[')));
    List<String> moved =
        numbers(permutation).stream().map(d -> sizes.get(Integer.parseInt(d))).toList();
    Binder result = reshape.outs().getFirst();
    String between = type.substring(0, type.indexOf('[')) + "[" + String.join(",", moved) + "]";
    boolean isWhole = between.equals(result.type());
    Binder middle = isWhole ? result : new Binder(result.name() + "'", between);
    Map<String, Object> order = new LinkedHashMap<>(Map.of("permutation", permutation));
    var transpose = new Equation(List.of(middle), "transpose", order, reshape.args());
    Map<String, Object> rest = new LinkedHashMap<>(reshape.params());
    rest.put("dimensions", "None");
    var plain = new Equation(List.of(result), "reshape", rest, List.of(middle.name()));
    return isWhole ? List.of(transpose) : List.of(transpose, plain);
  }

  private static List<String> numbers(String text) {
    return NUMBER.matcher(text).results().map(MatchResult::group).toList();
  }
}
