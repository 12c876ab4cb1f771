package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Jacobi;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Shape;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Shapes;
import dev.jacobi.trace.AbstractArray;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A function of arrays of few dimensions, mapped over all dimensions in front of them. */
final class Vectorized {
  private static final Pattern SIGNATURE =
      Pattern.compile("(\\([^()]*\\)(?:,\\([^()]*\\))*)?->(\\([^()]*\\)(?:,\\([^()]*\\))*)");
  private static final Pattern CORE = Pattern.compile("\\(([^()]*)\\)");

  private final Fn1<List<Array>, List<Array>> f;
  private final String signature;
  private final List<List<String>> inputs;
  private final List<List<String>> outputs;

  Vectorized(Fn1<List<Array>, List<Array>> f, String signature) {
    Matcher all = SIGNATURE.matcher(signature.replace(" ", ""));
    if (!all.matches()) {
      throw new LaxTypeException(
          "vectorize", "no signature: " + signature + "; one is \"(n,m),(m)->(n)\"");
    }
    this.f = f;
    this.signature = signature;
    this.inputs = all.group(1) == null ? List.of() : names(all.group(1));
    this.outputs = names(all.group(2));
  }

  /** All core dimensions empty. */
  static Fn1<List<Array>, List<Array>> elementwise(Fn1<List<Array>, List<Array>> f) {
    return x -> mapped(f, x, Collections.nCopies(x.size(), 0));
  }

  private static List<List<String>> names(String cores) {
    List<List<String>> all = new ArrayList<>();
    Matcher core = CORE.matcher(cores);
    while (core.find()) {
      all.add(core.group(1).isEmpty() ? List.of() : List.of(core.group(1).split(",")));
    }
    return all;
  }

  Fn1<List<Array>, List<Array>> function() {
    return this::apply;
  }

  private List<Array> apply(List<Array> x) {
    if (x.size() != inputs.size()) {
      throw new LaxTypeException(
          "vectorize", x.size() + " operands for the signature " + signature);
    }
    Map<String, Long> sizes = new HashMap<>();
    for (int k = 0; k < x.size(); k++) {
      check(sizes, x.get(k), inputs.get(k));
    }
    Fn1<List<Array>, List<Array>> checked =
        a -> {
          List<Array> y = f.apply(a);
          if (y.size() != outputs.size()) {
            throw new LaxTypeException(
                "vectorize", y.size() + " results for the signature " + signature);
          }
          for (int k = 0; k < y.size(); k++) {
            if (y.get(k).rank() != outputs.get(k).size()) {
              throw new LaxTypeException(
                  "vectorize", "result " + y.get(k).aval() + " for the signature " + signature);
            }
            check(sizes, y.get(k), outputs.get(k));
          }
          return y;
        };
    return mapped(checked, x, inputs.stream().map(List::size).toList());
  }

  private void check(Map<String, Long> sizes, Array x, List<String> core) {
    boolean fits = x.rank() >= core.size();
    for (int d = 0; fits && d < core.size(); d++) {
      long size = x.dim(d - core.size());
      Long known = sizes.putIfAbsent(core.get(d), size);
      fits = known == null || known == size;
    }
    if (!fits) {
      throw new LaxTypeException(
          "vectorize",
          "shape "
              + x.shape()
              + " does not fit "
              + core
              + " of the signature "
              + signature
              + " where sizes are "
              + sizes);
    }
  }

  /** Maps over the common dimensions in front; an operand that has one with size 1 is shared. */
  private static List<Array> mapped(
      Fn1<List<Array>, List<Array>> f, List<Array> x, List<Integer> cores) {
    Array[] probes = new Array[x.size()];
    for (int k = 0; k < probes.length; k++) {
      Shape front = x.get(k).shape().select(Axes.range(x.get(k).rank() - cores.get(k)));
      probes[k] = new AbstractArray(Aval.of(x.get(k).dtype(), front));
    }
    Shape common = Promotion.commonShape("vectorize", probes);
    Fn1<List<Array>, List<Array>> g = f;
    List<Array> operands = new ArrayList<>(x);
    List<Integer> added = new ArrayList<>();
    for (int d = common.rank() - 1; d >= 0; d--) {
      boolean[] own = new boolean[probes.length];
      boolean any = false;
      for (int k = 0; k < own.length; k++) {
        int at = d - (common.rank() - probes[k].rank());
        own[k] = at >= 0 && probes[k].dim(at) != 1;
        any |= own[k];
      }
      if (any) {
        g = along(g, own);
      } else {
        added.add(d);
      }
    }
    for (int k = 0; k < probes.length; k++) {
      Shape front = probes[k].shape();
      Axes ones =
          Axes.of(
              java.util.stream.IntStream.range(0, front.rank())
                  .filter(d -> front.dim(d) == 1)
                  .toArray());
      operands.set(k, ones.isEmpty() ? operands.get(k) : Shapes.squeeze(operands.get(k), ones));
    }
    List<Array> results = g.apply(operands);
    Axes back = Axes.of(added.stream().mapToInt(d -> d).toArray()).sorted();
    return back.isEmpty()
        ? results
        : results.stream().map(r -> Shapes.expandDims(r, back)).toList();
  }

  /** Mapped over the first dimension of the operands that have one of their own. */
  private static Fn1<List<Array>, List<Array>> along(
      Fn1<List<Array>, List<Array>> f, boolean[] own) {
    return x -> {
      List<Array> moving = new ArrayList<>();
      for (int k = 0; k < own.length; k++) {
        if (own[k]) {
          moving.add(x.get(k));
        }
      }
      Fn1<List<Array>, List<Array>> inner =
          some -> {
            List<Array> all = new ArrayList<>(x);
            int next = 0;
            for (int k = 0; k < own.length; k++) {
              if (own[k]) {
                all.set(k, some.get(next++));
              }
            }
            return f.apply(all);
          };
      return Jacobi.vmap(inner).apply(moving);
    };
  }
}
