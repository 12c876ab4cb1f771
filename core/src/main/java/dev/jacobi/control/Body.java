package dev.jacobi.control;

import dev.jacobi.Array;
import dev.jacobi.jaxpr.Atom;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.trace.Context;
import dev.jacobi.trace.JaxprTrace;
import dev.jacobi.trace.NamedAxis;
import dev.jacobi.trace.Tracer;
import dev.jacobi.transform.Jaxprs;
import dev.jacobi.transform.Memo;
import dev.jacobi.transform.TreeFn;
import dev.jacobi.tree.TreeDef;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A user's function as a program.
 *
 * @param jaxpr its first inputs are what the function captured
 * @param captured these arrays
 * @param outs structures of its results
 */
public record Body(Jaxpr jaxpr, List<Array> captured, List<TreeDef> outs) {
  private static final Map<Serializable, Map<Key, Body>> KNOWN =
      Collections.synchronizedMap(new WeakHashMap<>());

  private static final Memo<Jaxpr> WITH = new Memo<>();

  private record Key(String what, List<TreeDef> defs, List<Aval> avals, Set<NamedAxis.Key> axes) {}

  /**
   * Traces a function. The same function object is traced once for operands of the same types,
   * unless it captures values that are being traced themselves.
   *
   * @param what the construct, for messages
   * @param source the user's function, by identity
   * @param call applies it to trees and gives its results
   */
  public static Body trace(
      String what,
      Serializable source,
      Function<Object[], Object[]> call,
      List<TreeDef> defs,
      List<Aval> avals) {
    Key key = new Key(what, List.copyOf(defs), List.copyOf(avals), Context.axisKeys());
    Map<Key, Body> of = KNOWN.computeIfAbsent(source, s -> new ConcurrentHashMap<>());
    Body known = of.get(key);
    if (known != null) {
      return known;
    }
    List<TreeDef> outs = new ArrayList<>();
    JaxprTrace.Traced traced =
        Jaxprs.trace(
            what,
            avals,
            leaves -> {
              var results = TreeFn.Args.of(call.apply(TreeFn.unflatten(defs, leaves)));
              outs.addAll(results.defs());
              return results.leaves();
            });
    Body body = new Body(traced.jaxpr(), traced.captured(), List.copyOf(outs));
    if (traced.captured().stream().noneMatch(Tracer.class::isInstance)) {
      of.put(key, body);
    }
    return body;
  }

  /** The program with all of {@code consts} as its first inputs, among them what it captured. */
  public Jaxpr with(List<Array> consts) {
    List<Object> sources = new ArrayList<>(); // the number of a captured array, or a type
    for (Array c : consts) {
      int i = indexOf(captured, c);
      sources.add(i >= 0 ? (Object) i : c.aval());
    }
    return WITH.get(
        jaxpr,
        sources,
        () -> {
          List<Atom.Var> ins = new ArrayList<>();
          for (Object source : sources) {
            ins.add(source instanceof Integer i ? jaxpr.ins().get(i) : new Atom.Var((Aval) source));
          }
          ins.addAll(jaxpr.ins().subList(captured.size(), jaxpr.ins().size()));
          return new Jaxpr(0, ins, jaxpr.eqns(), jaxpr.outs());
        });
  }

  /** What any of the functions captured, each array once. */
  static List<Array> captured(List<Body> bodies) {
    List<Array> all = new ArrayList<>();
    for (Body body : bodies) {
      for (Array array : body.captured) {
        if (indexOf(all, array) < 0) {
          all.add(array);
        }
      }
    }
    return all;
  }

  private static int indexOf(List<Array> arrays, Array array) {
    for (int i = 0; i < arrays.size(); i++) {
      if (arrays.get(i) == array) {
        return i;
      }
    }
    return -1;
  }

  /** Types of the results number {@code tree}. */
  List<Aval> outAvals(int tree) {
    int from = outs.subList(0, tree).stream().mapToInt(TreeDef::leafCount).sum();
    return jaxpr.outAvals().subList(from, from + outs.get(tree).leafCount());
  }
}
