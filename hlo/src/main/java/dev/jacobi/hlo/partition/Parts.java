package dev.jacobi.hlo.partition;

import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One way to divide an operation: the axes along which each factor of its rule is shared out. An
 * axis divides one factor only.
 */
record Parts(Rule rule, List<List<String>> axes, Mesh mesh, List<Value> values) {
  /** Into how many parts a factor is divided. */
  long count(int factor) {
    return mesh.size(axes.get(factor));
  }

  /** How operand {@code i} must lie. */
  Sharding operand(int i) {
    return sharding(rule.operands().get(i));
  }

  /** How result {@code i} lies (once it is combined). */
  Sharding result(int i) {
    return sharding(rule.results().get(i));
  }

  private Sharding sharding(List<List<Integer>> dims) {
    return new Sharding(
        dims.stream()
            .map(factors -> factors.stream().flatMap(f -> axes.get(f).stream()).toList())
            .toList());
  }

  /** The type of a device's part of result {@code i}. */
  TensorType resultType(int i) {
    TensorType whole = values.get(rule.operands().size() + i).type();
    return whole.withShape(result(i).local(whole.shape(), mesh));
  }

  /** The shape of a device's part of operand {@code i}. */
  Shape operandShape(int i) {
    return operand(i).local(values.get(i).shape(), mesh);
  }

  /** The axes along which results must be combined. */
  List<String> combined() {
    List<String> combined = new ArrayList<>();
    for (int f = 0; f < axes.size(); f++) {
      if (rule.factors().get(f).combine().isPresent()) {
        combined.addAll(axes.get(f));
      }
    }
    return combined;
  }

  /** Steps of the formula that one device takes, as a measure of its work. */
  double work() {
    double work = 1;
    for (int f = 0; f < axes.size(); f++) {
      work *= (double) rule.factors().get(f).size() / count(f);
    }
    return work;
  }

  /**
   * Divides factors as some arrays already lie, the first ones first, as far as one can.
   *
   * @param values operands and results
   * @param shardings of these; of some of them
   * @param order of the arrays that are asked
   */
  static Parts following(
      Rule rule,
      List<Value> values,
      List<Sharding> shardings,
      List<Integer> order,
      boolean combines,
      Mesh mesh) {
    List<List<List<Integer>>> tensors = rule.tensors();
    List<List<String>> axes = new ArrayList<>();
    rule.factors().forEach(_ -> axes.add(new ArrayList<>()));
    Set<String> used = new HashSet<>();
    for (int t : order) {
      for (int d = 0; d < tensors.get(t).size(); d++) {
        List<Integer> factors = tensors.get(t).get(d);
        List<List<String>> wanted = project(rule, factors, shardings.get(t).axes(d), mesh);
        for (int i = 0; i < factors.size(); i++) {
          int f = factors.get(i);
          if (combines || rule.factors().get(f).combine().isEmpty()) {
            extend(axes.get(f), wanted.get(i), used);
          }
        }
      }
    }
    clearInner(rule, axes, mesh);
    return new Parts(rule, axes, mesh, values);
  }

  private static void extend(List<String> axes, List<String> wanted, Set<String> used) {
    boolean goesOn = axes.size() < wanted.size() && wanted.subList(0, axes.size()).equals(axes);
    for (int k = axes.size(); goesOn && k < wanted.size() && used.add(wanted.get(k)); k++) {
      axes.add(wanted.get(k));
    }
  }

  /**
   * The axes of a dimension as those of its factors: a factor is divided only where the ones before
   * it are divided into single steps. Axes that do not come out even are left off.
   */
  static List<List<String>> project(
      Rule rule, List<Integer> factors, List<String> axes, Mesh mesh) {
    List<List<String>> projected = new ArrayList<>();
    int k = 0;
    boolean outer = true;
    for (int f : factors) {
      List<String> own = new ArrayList<>();
      long size = rule.factors().get(f).size();
      long parts = 1;
      while (size > 0 && outer && k < axes.size() && size % (parts * mesh.size(axes.get(k))) == 0) {
        parts *= mesh.size(axes.get(k));
        own.add(axes.get(k++));
      }
      outer &= parts == size;
      projected.add(own);
    }
    return projected;
  }

  /** Factors behind one that is not divided into single steps stay whole in any dimension. */
  private static void clearInner(Rule rule, List<List<String>> axes, Mesh mesh) {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (List<List<Integer>> dims : rule.tensors()) {
        for (List<Integer> factors : dims) {
          boolean outer = true;
          for (int f : factors) {
            if (!outer && !axes.get(f).isEmpty()) {
              axes.get(f).clear();
              changed = true;
            }
            outer &= mesh.size(axes.get(f)) == rule.factors().get(f).size();
          }
        }
      }
    }
  }

  /** All axes that divide something. */
  Set<String> used() {
    Set<String> used = new LinkedHashSet<>();
    axes.forEach(used::addAll);
    return used;
  }
}
