package dev.jacobi.jaxpr;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The nested programs that are printed once, before the whole: those that are called more than once
 * and those of more than ten equations. Each has a unique name, made from that of its function.
 */
record SharedJaxprs(Map<Jaxpr, String> names) {
  private static final int LONG = 10;

  static SharedJaxprs of(Jaxpr whole) {
    Map<Jaxpr, Integer> counts = new LinkedHashMap<>(); // jaxprs are equal by identity
    Map<Jaxpr, String> functions = new IdentityHashMap<>();
    Deque<Jaxpr> rest = new ArrayDeque<>();
    rest.add(whole);
    while (!rest.isEmpty()) {
      Jaxpr jaxpr = rest.remove();
      boolean isLong = jaxpr != whole && jaxpr.eqns().size() > LONG;
      counts.merge(jaxpr, isLong ? 2 : 1, Integer::sum);
      for (Eqn eqn : jaxpr.eqns()) {
        Map<String, Object> params = eqn.primitive().params();
        Object name = params.getOrDefault("name", "jaxpr");
        for (Object param : params.values()) {
          for (Jaxpr nested : programs(param)) {
            rest.add(nested);
            functions.putIfAbsent(nested, name.toString());
          }
        }
      }
    }
    return new SharedJaxprs(unique(counts, functions));
  }

  private static List<Jaxpr> programs(Object param) {
    return switch (param) {
      case Jaxpr one -> List.of(one);
      case List<?> l when !l.isEmpty() && l.getFirst() instanceof Jaxpr ->
          l.stream().map(Jaxpr.class::cast).toList();
      default -> List.of();
    };
  }

  private static Map<Jaxpr, String> unique(
      Map<Jaxpr, Integer> counts, Map<Jaxpr, String> functions) {
    Map<Jaxpr, String> names = new LinkedHashMap<>();
    Map<String, Integer> used = new HashMap<>();
    counts.forEach(
        (jaxpr, count) -> {
          if (count > 1) {
            String name = functions.getOrDefault(jaxpr, "jaxpr");
            int before = used.merge(name, 1, Integer::sum) - 1;
            names.put(jaxpr, before == 0 ? name : name + before);
          }
        });
    return names;
  }
}
