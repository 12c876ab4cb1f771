package dev.jacobi.hlo.partition;

import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses how an operation is divided: as one of its arrays already lies, and the others follow; of
 * all such ways the one for which devices receive the least, its own work counted in bytes too.
 */
final class Choice {
  /**
   * Bytes that are as dear as one step of an operation. A core multiplies some 3e10 pairs of
   * numbers in the second in which it copies 1e10 bytes.
   */
  private static final double BYTES_PER_STEP = 1.0 / 4;

  /** Arrays of one operation that are asked; a concatenation may have hundreds. */
  private static final int MOST = 12;

  private Choice() {}

  static Parts best(
      Rule rule,
      List<Value> operands,
      List<Value> results,
      List<Sharding> wanted,
      Site site,
      Mesh mesh) {
    List<Value> values = new ArrayList<>(operands);
    values.addAll(results);
    List<Sharding> shardings = new ArrayList<>();
    List<Integer> asked = new ArrayList<>();
    for (int t = 0; t < values.size(); t++) {
      boolean isResult = t >= operands.size();
      Value v = values.get(t);
      Sharding lies = isResult ? wanted.get(t - operands.size()) : site.sharding(v);
      shardings.add(lies);
      if (!lies.isReplicated()) {
        asked.add(t);
      }
    }
    Parts best = null;
    double least = Double.POSITIVE_INFINITY;
    for (Parts parts : ways(rule, values, shardings, asked, mesh)) {
      double cost = cost(parts, operands, results, wanted, site, mesh);
      if (best == null || cost < least) {
        best = parts;
        least = cost;
      }
    }
    return best;
  }

  /** Each array first in turn, with sums divided and without; and not divided at all. */
  private static Iterable<Parts> ways(
      Rule rule, List<Value> values, List<Sharding> shardings, List<Integer> asked, Mesh mesh) {
    Map<List<List<String>>, Parts> ways = new LinkedHashMap<>();
    for (boolean combines : new boolean[] {true, false}) {
      for (int first : asked.subList(0, Math.min(asked.size(), MOST))) {
        List<Integer> order = new ArrayList<>();
        order.add(first);
        asked.stream().filter(t -> t != first).forEach(order::add);
        Parts parts = Parts.following(rule, values, shardings, order, combines, mesh);
        ways.putIfAbsent(parts.axes(), parts);
      }
    }
    Parts whole = Parts.following(rule, values, shardings, List.of(), false, mesh);
    ways.putIfAbsent(whole.axes(), whole);
    return ways.values();
  }

  private static double cost(
      Parts parts,
      List<Value> operands,
      List<Value> results,
      List<Sharding> wanted,
      Site site,
      Mesh mesh) {
    double cost = parts.work() * BYTES_PER_STEP;
    for (int i = 0; i < operands.size(); i++) {
      cost += site.cost(operands.get(i), parts.operand(i));
    }
    for (int i = 0; i < results.size(); i++) {
      Sharding from = parts.result(i);
      List<Reshard.Step> steps = Reshard.plan(from, parts.combined(), wanted.get(i), mesh);
      cost += Reshard.bytes(steps, from, results.get(i).type(), mesh);
    }
    return cost;
  }
}
