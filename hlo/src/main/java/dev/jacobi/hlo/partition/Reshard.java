package dev.jacobi.hlo.partition;

import dev.jacobi.hlo.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How an array comes from one sharding to another, with little data sent around. */
final class Reshard {
  /** What all devices do at once. */
  sealed interface Step {
    /** How the array lies afterwards. */
    Sharding after();

    /** Bytes that one device receives, given how many it holds of the array before. */
    default double bytes(double local, Mesh mesh) {
      return switch (this) {
        case Cut _ -> 0;
        case Gather s -> local * (mesh.size(s.axes()) - 1);
        case Exchange s -> local * (mesh.size(s.axis()) - 1) / mesh.size(s.axis());
        case Move _ -> local;
        case SumScatter s -> local * (mesh.size(s.axis()) - 1) / mesh.size(s.axis());
        case Sum s -> 2 * local * (mesh.size(s.axes()) - 1) / mesh.size(s.axes());
      };
    }
  }

  /** Each keeps a part of what it has. */
  record Cut(int dim, List<String> axes, Sharding after) implements Step {}

  /** Parts are joined: all_gather. */
  record Gather(int dim, List<String> axes, Sharding after) implements Step {}

  /** An axis moves from one dimension to another: all_to_all. */
  record Exchange(int from, int to, String axis, Sharding after) implements Step {}

  /** Whole blocks change places: collective_permute. */
  record Move(Sharding before, Sharding after) implements Step {}

  /** Parts of a sum are added, and each gets its piece: reduce_scatter. */
  record SumScatter(int dim, String axis, Sharding after) implements Step {}

  /** Parts of a sum are added: all_reduce. */
  record Sum(List<String> axes, Sharding after) implements Step {}

  private final Mesh mesh;
  private final Sharding to;
  private final List<Step> steps = new ArrayList<>();
  private Sharding now;

  private Reshard(Sharding from, Sharding to, Mesh mesh) {
    this.now = from;
    this.to = to;
    this.mesh = mesh;
  }

  /**
   * The steps from one sharding to another.
   *
   * @param partial axes along which devices hold parts of a sum
   */
  static List<Step> plan(Sharding from, List<String> partial, Sharding to, Mesh mesh) {
    if (partial.isEmpty() && from.equals(to)) {
      return List.of();
    }
    Reshard r = new Reshard(from, to, mesh);
    r.sum(new ArrayList<>(partial));
    while (!r.now.equals(to)) {
      if (!r.cut() && !r.move() && !r.exchange()) {
        r.gather();
      }
    }
    return r.steps;
  }

  /** Bytes that a device receives on this way. */
  static double bytes(List<Step> steps, Sharding from, TensorType type, Mesh mesh) {
    double whole = type.byteSize();
    double bytes = 0;
    Sharding now = from;
    for (Step step : steps) {
      bytes += step.bytes(whole / mesh.size(now.axes()), mesh);
      now = step.after();
    }
    return bytes;
  }

  private boolean step(Step step) {
    steps.add(step);
    now = step.after();
    return true;
  }

  private void sum(List<String> partial) {
    for (int d = 0; d < to.rank(); d++) {
      while (goesOn(d) && partial.remove(next(d))) {
        String axis = next(d);
        step(new SumScatter(d, axis, extended(d, List.of(axis))));
      }
    }
    if (!partial.isEmpty()) {
      step(new Sum(partial, now));
    }
  }

  /** Whether dimension {@code d} is divided as it must be, but not far enough. */
  private boolean goesOn(int d) {
    return now.axes(d).size() < to.axes(d).size() && kept(d) == now.axes(d).size();
  }

  private String next(int d) {
    return to.axes(d).get(now.axes(d).size());
  }

  /** How many axes of dimension {@code d} stay. */
  private int kept(int d) {
    int n = 0;
    while (n < now.axes(d).size()
        && n < to.axes(d).size()
        && now.axes(d).get(n).equals(to.axes(d).get(n))) {
      n++;
    }
    return n;
  }

  private Sharding extended(int d, List<String> more) {
    List<String> axes = new ArrayList<>(now.axes(d));
    axes.addAll(more);
    return now.with(d, axes);
  }

  private boolean cut() {
    List<String> used = now.axes();
    for (int d = 0; d < to.rank(); d++) {
      List<String> more = new ArrayList<>();
      if (goesOn(d)) {
        for (String a : to.axes(d).subList(now.axes(d).size(), to.axes(d).size())) {
          if (used.contains(a)) {
            break;
          }
          more.add(a);
        }
      }
      if (!more.isEmpty()) {
        return step(new Cut(d, more, extended(d, more)));
      }
    }
    return false;
  }

  /** If parts have their final size already, blocks only change places. */
  private boolean move() {
    for (int d = 0; d < to.rank(); d++) {
      if (mesh.size(now.axes(d)) != mesh.size(to.axes(d))) {
        return false;
      }
    }
    return step(new Move(now, to));
  }

  private boolean exchange() {
    for (int d = 0; d < to.rank(); d++) {
      for (int from = 0; goesOn(d) && from < to.rank(); from++) {
        List<String> axes = now.axes(from);
        boolean last = from != d && kept(from) < axes.size() && axes.getLast().equals(next(d));
        if (last) {
          List<String> fewer = axes.subList(0, axes.size() - 1);
          String axis = next(d);
          return step(new Exchange(from, d, axis, extended(d, List.of(axis)).with(from, fewer)));
        }
      }
    }
    return false;
  }

  private void gather() {
    for (int d = 0; d < to.rank(); d++) {
      int kept = kept(d);
      List<String> axes = now.axes(d);
      if (kept < axes.size()) {
        List<String> rest = axes.subList(kept, axes.size());
        step(new Gather(d, rest, now.with(d, axes.subList(0, kept))));
        return;
      }
    }
    throw new IllegalStateException("no way from " + now + " to " + to);
  }

  /** Which device sends its block to which; those that have the right one keep it. */
  static List<List<Integer>> pairs(Sharding before, Sharding after, Mesh mesh) {
    Map<List<Integer>, List<Integer>> holders = new HashMap<>();
    for (int device = 0; device < mesh.devices(); device++) {
      holders.computeIfAbsent(before.block(device, mesh), _ -> new ArrayList<>()).add(device);
    }
    List<List<Integer>> pairs = new ArrayList<>();
    List<Integer> waiting = new ArrayList<>();
    for (int device = 0; device < mesh.devices(); device++) {
      if (holders.get(after.block(device, mesh)).remove((Integer) device)) {
        pairs.add(List.of(device, device));
      } else {
        waiting.add(device);
      }
    }
    for (int device : waiting) {
      pairs.add(List.of(holders.get(after.block(device, mesh)).removeFirst(), device));
    }
    return pairs;
  }
}
