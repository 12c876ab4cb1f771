package dev.jacobi.random;

import dev.jacobi.Array;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Loc;
import dev.jacobi.jaxpr.Atom;
import dev.jacobi.jaxpr.CallPrimitive;
import dev.jacobi.jaxpr.Eqn;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.trace.HostData;
import dev.jacobi.trace.Observer;
import dev.jacobi.trace.Tracer;
import dev.jacobi.trace.UserCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Finds keys that are consumed twice, by the rules of {@code jax.experimental.key_reuse}: drawing
 * bits and splitting consume a key, folding in does not. Keys with a value are compared by their
 * value; while a function is traced, a key is the value it was made as, and parts of it by where
 * they were cut out.
 */
final class KeyReuse implements Observer {
  /** A traced key: the value that it was cut from, and how. */
  private record Origin(Array root, List<Object> cuts) {}

  private record Use(Origin origin, Loc loc) {}

  private final Map<Long, Loc> words = new HashMap<>();
  private final Map<Array, Origin> origins = new IdentityHashMap<>();
  private final Map<Array, List<Use>> uses = new IdentityHashMap<>();

  static <R> R check(Supplier<R> body) {
    return Observer.during(new KeyReuse(), body);
  }

  @Override
  public synchronized void observe(Primitive primitive, List<Array> operands, List<Array> results) {
    for (int i : consumed(primitive)) {
      consume(operands.get(i));
    }
    if (isSource(primitive) && !(results.getFirst() instanceof Tracer)) {
      elements(results.getFirst()).forEach(words::remove); // made anew: not yet consumed
    }
    boolean cut = operands.size() == 1 && !(primitive instanceof RandomPrimitives.KeyPrimitive);
    if (cut && operands.getFirst().aval().key() && results.getFirst() instanceof Tracer t) {
      Origin from = origin(operands.getFirst());
      List<Object> cuts = new ArrayList<>(from.cuts);
      cuts.add(primitive);
      origins.put(t, new Origin(from.root, cuts));
    }
  }

  private Origin origin(Array key) {
    return origins.getOrDefault(key, new Origin(key, List.of()));
  }

  private void consume(Array key) {
    Loc here = UserCode.loc();
    if (key instanceof Tracer) {
      Origin origin = origin(key);
      List<Use> earlier = uses.computeIfAbsent(origin.root, k -> new ArrayList<>());
      for (Use use : earlier) {
        if (overlap(use.origin.cuts, origin.cuts)) {
          throw new KeyReuseException(use.loc, here);
        }
      }
      earlier.add(new Use(origin, here));
      return;
    }
    for (long element : elements(key)) {
      Loc before = words.putIfAbsent(element, here);
      if (before != null) {
        throw new KeyReuseException(before, here);
      }
    }
  }

  private static boolean isSource(Primitive primitive) {
    return primitive instanceof RandomPrimitives.RandomSeed
        || primitive instanceof RandomPrimitives.RandomWrap
        || primitive instanceof RandomPrimitives.RandomFoldIn;
  }

  /** The two words of every key as one number. */
  private static List<Long> elements(Array keys) {
    Literal data = HostData.of(keys);
    List<Long> all = new ArrayList<>();
    for (long i = 0; i < keys.size(); i++) {
      all.add(data.getLong(2 * i) << 32 | data.getLong(2 * i + 1));
    }
    return all;
  }

  /** One is cut out of the other, or they are cut out alike. */
  private static boolean overlap(List<Object> a, List<Object> b) {
    int n = Math.min(a.size(), b.size());
    return a.subList(0, n).equals(b.subList(0, n));
  }

  /** Which operands a primitive consumes. */
  private static Set<Integer> consumed(Primitive primitive) {
    return switch (primitive) {
      case RandomPrimitives.RandomBits b -> Set.of(0);
      case RandomPrimitives.RandomSplit s -> Set.of(0);
      case RandomGamma g -> Set.of(0);
      case CallPrimitive call -> consumedInputs(call.jaxpr());
      default -> Set.of();
    };
  }

  /** The inputs of a program that are consumed in it as a whole or in part. */
  private static Set<Integer> consumedInputs(Jaxpr jaxpr) {
    Map<Atom, Integer> from = new HashMap<>();
    for (int i = 0; i < jaxpr.ins().size(); i++) {
      if (jaxpr.ins().get(i).aval().key()) {
        from.put(jaxpr.ins().get(i), i);
      }
    }
    Set<Integer> consumed = new TreeSet<>();
    for (Eqn eqn : jaxpr.eqns()) {
      Set<Integer> here = consumed(eqn.primitive());
      for (int i = 0; i < eqn.ins().size(); i++) {
        Integer input = from.get(eqn.ins().get(i));
        if (input != null && here.contains(i)) {
          consumed.add(input);
        } else if (input != null
            && here.isEmpty()
            && eqn.outs().getFirst().aval().key()
            && !(eqn.primitive() instanceof RandomPrimitives.KeyPrimitive)) {
          from.put(eqn.outs().getFirst(), input); // a part of the same keys
        }
      }
    }
    return consumed;
  }
}
