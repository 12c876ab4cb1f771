package dev.jacobi.hlo.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Literal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Cuts whole arrays into the devices' parts, runs a divided program, and joins its results. */
final class Whole {
  private Whole() {}

  /** The whole results of a divided program, given whole arguments. */
  static List<Literal> run(Partitioned p, List<Literal> arguments) {
    List<List<Literal>> parts = new ArrayList<>();
    for (int device = 0; device < p.mesh().devices(); device++) {
      int k = device;
      parts.add(
          IntStream.range(0, arguments.size())
              .mapToObj(i -> part(arguments.get(i), p.inputs().get(i), k, p.mesh()))
              .toList());
    }
    return joinedAll(p, Lockstep.run(p.module(), parts));
  }

  /** Whole results of the devices' parts. */
  static List<Literal> joinedAll(Partitioned p, List<List<Literal>> results) {
    return IntStream.range(0, p.outputs().size())
        .mapToObj(
            i -> joined(results.stream().map(r -> r.get(i)).toList(), p.outputs().get(i), p.mesh()))
        .toList();
  }

  static Literal part(Literal whole, Sharding sharding, int device, Mesh mesh) {
    Literal part = whole;
    for (int d = 0; d < sharding.rank(); d++) {
      List<String> axes = sharding.axes(d);
      if (!axes.isEmpty()) {
        part = Lockstep.part(part, d, mesh.coordinate(device, axes), mesh.size(axes));
      }
    }
    return part;
  }

  /** Joins parts; devices that hold the same block must hold the same bits. */
  private static Literal joined(List<Literal> parts, Sharding sharding, Mesh mesh) {
    List<Literal> now = new ArrayList<>(parts);
    for (int d = sharding.rank() - 1; d >= 0; d--) {
      List<String> axes = sharding.axes(d);
      List<Literal> next = new ArrayList<>();
      for (int device = 0; device < mesh.devices() && !axes.isEmpty(); device++) {
        int k = device;
        List<Integer> group =
            mesh.groups(axes).stream().filter(g -> g.contains(k)).findFirst().orElseThrow();
        next.add(Lockstep.joined(group.stream().map(now::get).toList(), d));
      }
      now = axes.isEmpty() ? now : next;
    }
    Literal first = now.getFirst();
    assertThat(now).allMatch(l -> difference(first, l, 0).isEmpty(), "all devices agree");
    return first;
  }

  /** The first element that differs by more than {@code error} of the largest; NaNs are equal. */
  static Optional<String> difference(Literal expected, Literal got, double error) {
    if (!expected.type().equals(got.type())) {
      return Optional.of(got.type() + " and not " + expected.type());
    }
    DType t = expected.dtype();
    double largest = 0;
    for (long i = 0; i < expected.shape().size(); i++) {
      double size = Math.max(Math.abs(expected.getDouble(i)), Math.abs(expected.getImag(i)));
      largest = Double.isFinite(size) ? Math.max(largest, size) : largest;
    }
    for (long i = 0; i < expected.shape().size(); i++) {
      boolean same =
          t.isInexact()
              ? near(expected.getDouble(i), got.getDouble(i), error * largest)
                  && near(expected.getImag(i), got.getImag(i), error * largest)
              : expected.getLong(i) == got.getLong(i);
      if (!same) {
        return Optional.of(
            "element %d of %s is (%s, %s), not (%s, %s)"
                .formatted(
                    i,
                    expected.type(),
                    got.getDouble(i),
                    got.getImag(i),
                    expected.getDouble(i),
                    expected.getImag(i)));
      }
    }
    return Optional.empty();
  }

  private static boolean near(double x, double y, double error) {
    return x == y || x != x && y != y || Math.abs(x - y) <= error;
  }
}
