package dev.jacobi.transform;

import dev.jacobi.jaxpr.Jaxpr;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Remembers what was derived from a jaxpr, as long as the jaxpr lives. */
public final class Memo<R> {
  private final Map<Jaxpr, Map<Object, R>> results =
      Collections.synchronizedMap(new WeakHashMap<>());

  /** Remembers nothing yet. */
  public Memo() {}

  /** The result for a jaxpr and parameters, computed at most once unless threads race. */
  public R get(Jaxpr jaxpr, Object params, Supplier<R> compute) {
    Map<Object, R> of = results.computeIfAbsent(jaxpr, j -> new ConcurrentHashMap<>());
    R known = of.get(params);
    if (known == null) {
      R fresh = compute.get();
      R raced = of.putIfAbsent(params, fresh);
      known = raced == null ? fresh : raced;
    }
    return known;
  }
}
