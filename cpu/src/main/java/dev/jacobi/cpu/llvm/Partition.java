package dev.jacobi.cpu.llvm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Divides a module into pieces. The cold functions are one, since LLVM's quick code generator takes
 * an eighth of the time; the others are divided evenly, so that threads can compile them side by
 * side. Helpers are copied into every piece that calls them.
 */
final class Partition {
  /** Characters of cold functions that are worth a module of their own. */
  private static final int LEAST_COLD = 1500;

  /** Characters of other functions per piece: some milliseconds of LLVM's time. */
  private static final int LEAST_HOT = 2500;

  private final IrModule module;
  private final Map<String, FnEmitter> functions;
  private final Map<String, String> texts = new HashMap<>(); // of all functions, as if internal
  private final Map<String, Set<String>> named = new HashMap<>();

  Partition(IrModule module, Map<String, FnEmitter> functions) {
    this.module = module;
    this.functions = functions;
    functions.forEach(
        (name, fn) -> {
          String text = fn.text(true);
          texts.put(name, text);
          named.put(name, globals(text));
        });
  }

  /** The names after each {@code @} of a text. */
  private static Set<String> globals(String text) {
    Set<String> names = new HashSet<>();
    for (int at = text.indexOf('@'); at >= 0; ) {
      int end = at + 1;
      while (end < text.length() && isPartOfName(text.charAt(end))) {
        end++;
      }
      names.add(text.substring(at + 1, end));
      at = text.indexOf('@', end);
    }
    return names;
  }

  private static boolean isPartOfName(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '.';
  }

  List<IrPart> parts(int most) {
    Set<String> cold = new LinkedHashSet<>();
    functions.forEach(
        (name, fn) -> {
          if (fn.isCold()) {
            cold.add(name);
          }
        });
    Map<String, Set<String>> closures = closures(cold);
    long coldSize = size(cold);
    long hotSize = closures.values().stream().mapToLong(this::size).sum();
    if (hotSize == 0) {
      return List.of(new IrPart(module.toString(), true));
    }
    int pieces = Math.clamp(hotSize / LEAST_HOT, 1, most);
    boolean apart = coldSize >= LEAST_COLD;
    if (!apart && pieces == 1) {
      return List.of(new IrPart(module.toString(), false));
    }
    if (!apart) {
      cold.forEach(name -> closures.put(name, Set.of(name)));
    }
    List<IrPart> parts = new ArrayList<>();
    for (Set<String> roots : divided(closures, pieces)) {
      parts.add(new IrPart(text(roots, closures), false));
    }
    if (apart) {
      Map<String, Set<String>> alone = new HashMap<>();
      cold.forEach(name -> alone.put(name, Set.of(name)));
      parts.add(new IrPart(text(cold, alone), true));
    }
    return parts;
  }

  private long size(Set<String> names) {
    return names.stream().mapToLong(n -> texts.get(n).length()).sum();
  }

  /** What other pieces may call, each with the helpers that it needs. */
  private Map<String, Set<String>> closures(Set<String> cold) {
    Set<String> called = new HashSet<>();
    cold.forEach(name -> called.addAll(named.get(name)));
    Map<String, Set<String>> closures = new LinkedHashMap<>();
    functions.forEach(
        (name, fn) -> {
          if (!cold.contains(name)
              && (fn.kind() != FnEmitter.Kind.HELPER || called.contains(name))) {
            Set<String> all = new LinkedHashSet<>();
            close(name, cold, all);
            closures.put(name, all);
          }
        });
    return closures;
  }

  private void close(String name, Set<String> cold, Set<String> all) {
    if (all.add(name)) {
      for (String callee : named.get(name)) {
        FnEmitter fn = functions.get(callee);
        if (fn != null && fn.kind() == FnEmitter.Kind.HELPER && !cold.contains(callee)) {
          close(callee, cold, all);
        }
      }
    }
  }

  /** The largest first, each to the piece that is smallest by then. */
  private List<Set<String>> divided(Map<String, Set<String>> closures, int pieces) {
    List<Set<String>> parts = new ArrayList<>();
    long[] sizes = new long[pieces];
    for (int i = 0; i < pieces; i++) {
      parts.add(new LinkedHashSet<>());
    }
    List<String> order = new ArrayList<>(closures.keySet());
    order.sort(Comparator.comparingLong(name -> -size(closures.get(name))));
    for (String name : order) {
      int least = 0;
      for (int i = 1; i < pieces; i++) {
        least = sizes[i] < sizes[least] ? i : least;
      }
      parts.get(least).add(name);
      sizes[least] += size(closures.get(name));
    }
    parts.removeIf(Set::isEmpty);
    return parts;
  }

  private String text(Set<String> roots, Map<String, Set<String>> closures) {
    Set<String> here = new LinkedHashSet<>();
    roots.forEach(root -> here.addAll(closures.get(root)));
    Set<String> needed = new HashSet<>();
    here.forEach(name -> needed.addAll(named.get(name)));
    module.constants(Set.copyOf(needed)::contains, text -> needed.addAll(globals(text)));
    List<String> list = new ArrayList<>();
    for (String name : here) {
      String text = texts.get(name);
      list.add(roots.contains(name) ? text.replaceFirst("internal ", "") : text);
    }
    return module.text(list, here, needed::contains);
  }
}
