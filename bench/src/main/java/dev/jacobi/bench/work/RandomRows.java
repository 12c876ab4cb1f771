package dev.jacobi.bench.work;

import static dev.jacobi.Jacobi.jit;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.JitFn1;
import dev.jacobi.Key;
import dev.jacobi.hlo.Shape;
import dev.jacobi.random.Random;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Random numbers. */
final class RandomRows {
  private RandomRows() {}

  static Map<String, Workload> all() {
    var rows = new LinkedHashMap<String, Workload>();
    rows.put("uniform_1m", Workload.calls(() -> draws(k -> Random.uniform(k, Shape.of(Data.M)))));
    rows.put("normal_1m", Workload.calls(() -> draws(k -> Random.normal(k, Shape.of(Data.M)))));
    return rows;
  }

  private static Supplier<Array> draws(Fn1<Key, Array> f) {
    JitFn1<Key, Array> compiled = jit(f);
    Key key = Random.key(0);
    return () -> compiled.apply(key);
  }

  static Supplier<Object> compileNormal() {
    Key key = Random.key(0);
    Fn1<Key, Array> f = k -> Random.normal(k, Shape.of(77));
    return () -> jit(f).lower(key).compile();
  }
}
