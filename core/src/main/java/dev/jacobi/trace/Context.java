package dev.jacobi.trace;

import dev.jacobi.Array;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Primitive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Where the current thread is: the trace that takes primitives without tracers (eager evaluation,
 * or the innermost {@code jit}), the depth of nesting, and the axes that have names.
 */
public record Context(Trace dynamic, int level, Map<String, NamedAxis> axes) {
  private static final ScopedValue<Context> CURRENT = ScopedValue.newInstance();
  private static final Context EAGER = new Context(EvalTrace.INSTANCE, 0, Map.of());

  public static Context current() {
    return CURRENT.orElse(EAGER);
  }

  /** Whether no {@code jit} surrounds the current code. */
  public static boolean isEager() {
    return !CURRENT.isBound() || CURRENT.get().dynamic == EvalTrace.INSTANCE;
  }

  /** Whether no {@code jit} surrounds the current code, and no axis has a name. */
  public static boolean isPlain() {
    if (!CURRENT.isBound()) {
      return true;
    }
    Context now = CURRENT.get();
    return now.dynamic == EvalTrace.INSTANCE && now.axes.isEmpty();
  }

  /** A level for a new trace, deeper than every trace around it. */
  public static int nextLevel() {
    return current().level + 1;
  }

  /** Runs {@code body} one level deeper, under the same dynamic trace. Ends the trace after it. */
  public static <R> R within(Trace trace, Supplier<R> body) {
    Context now = current();
    return run(new Context(now.dynamic, trace.level(), now.axes), trace, body);
  }

  /**
   * Runs {@code body} so that every primitive in it goes to {@code trace}. Ends the trace after it.
   */
  public static <R> R staged(Trace trace, Supplier<R> body) {
    return run(new Context(trace, trace.level(), current().axes), trace, body);
  }

  /** Runs {@code body} eagerly, whatever surrounds it. */
  public static <R> R eagerly(Supplier<R> body) {
    return ScopedValue.where(CURRENT, new Context(EvalTrace.INSTANCE, current().level, Map.of()))
        .call(body::get);
  }

  /** Runs {@code body} where more axes have names. */
  public static <R> R naming(List<NamedAxis> more, Supplier<R> body) {
    Context now = current();
    Map<String, NamedAxis> all = new LinkedHashMap<>(now.axes);
    more.forEach(axis -> all.put(axis.name(), axis));
    return ScopedValue.where(CURRENT, new Context(now.dynamic, now.level, all)).call(body::get);
  }

  /**
   * The axis of that name.
   *
   * @throws UnboundAxisException if there is none here
   */
  public static NamedAxis axis(String primitive, String name) {
    Map<String, NamedAxis> axes = current().axes;
    NamedAxis axis = axes.get(name);
    if (axis == null) {
      throw new UnboundAxisException(primitive, name, axes.keySet());
    }
    return axis;
  }

  /** What a cached program depends on of the axes that have names here. */
  public static Set<NamedAxis.Key> axisKeys() {
    Map<String, NamedAxis> axes = current().axes;
    return axes.isEmpty()
        ? Set.of()
        : axes.values().stream().map(NamedAxis::key).collect(Collectors.toUnmodifiableSet());
  }

  /** The value, marked as differing along these mesh axes too. */
  public static Array varied(Array x, List<String> axes) {
    List<String> more = axes.stream().filter(a -> !x.aval().varying().contains(a)).toList();
    if (more.isEmpty()) {
      return x;
    }
    NamedAxis.Cast cast = axis("pvary", more.getFirst()).cast();
    if (cast == null) {
      throw new IllegalStateException("types do not say along which axes values differ: " + more);
    }
    return cast.pvary(x, more);
  }

  /** The operands, all differing along the mesh axes along which one of them does. */
  static List<Array> joined(Primitive primitive, List<Array> operands) {
    if (!anyVarying(operands) || !primitive.joinsVarying()) {
      return operands;
    }
    List<String> all = Aval.varying(operands.stream().map(Array::aval).toList());
    List<Array> joined = new ArrayList<>();
    operands.forEach(x -> joined.add(x instanceof ScalarArray ? x : varied(x, all)));
    return joined;
  }

  /** On the way of every operation: without allocation. */
  private static boolean anyVarying(List<Array> operands) {
    for (int i = 0; i < operands.size(); i++) {
      Array x = operands.get(i);
      if (x != null && !x.aval().varying().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private static <R> R run(Context context, Trace trace, Supplier<R> body) {
    try {
      return ScopedValue.where(CURRENT, context).call(body::get);
    } finally {
      trace.end();
    }
  }
}
