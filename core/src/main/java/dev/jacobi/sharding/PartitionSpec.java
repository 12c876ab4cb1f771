package dev.jacobi.sharding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How the dimensions of an array are divided along the axes of a mesh. Written {@code P("x",
 * null)}: the first along x, the second and any further ones not at all.
 *
 * @param axes for each dimension its axes, the first one slowest
 */
public record PartitionSpec(List<List<String>> axes) {
  public PartitionSpec {
    axes = axes.stream().map(List::copyOf).toList();
    List<String> all = axes.stream().flatMap(List::stream).toList();
    if (new HashSet<>(all).size() != all.size()) {
      throw new ShardingException("P", "an axis can divide one dimension only: " + text(axes));
    }
  }

  /**
   * The spec of these entries, one per dimension: the name of an axis, null for none, or a list of
   * names.
   *
   * @throws ShardingException if an entry is something else, or an axis is named twice
   */
  @SuppressWarnings("checkstyle:MethodName") // JAX's name
  public static PartitionSpec P(Object... entries) {
    List<List<String>> axes = new ArrayList<>();
    for (Object entry : entries == null ? new Object[] {null} : entries) {
      axes.add(
          switch (entry) {
            case null -> List.of();
            case String axis -> List.of(axis);
            case String[] several -> Arrays.asList(several);
            case List<?> several -> several.stream().map(String.class::cast).toList();
            default ->
                throw new ShardingException(
                    "P", "takes names of axes, lists of names and null, not " + entry);
          });
    }
    return new PartitionSpec(axes);
  }

  /** The axes of every dimension of an array of that rank. */
  public List<List<String>> padded(int rank) {
    List<List<String>> all = new ArrayList<>(axes);
    all.addAll(Collections.nCopies(Math.max(0, rank - axes.size()), List.of()));
    return all;
  }

  /** All axes that divide some dimension. */
  public List<String> used() {
    return axes.stream().flatMap(List::stream).toList();
  }

  /** With a dimension more that is not divided. */
  public PartitionSpec insert(int dim) {
    if (dim >= axes.size()) {
      return this;
    }
    List<List<String>> more = new ArrayList<>(axes);
    more.add(dim, List.of());
    return new PartitionSpec(more);
  }

  private static String text(List<List<String>> axes) {
    String entries =
        axes.stream()
            .map(
                a ->
                    switch (a.size()) {
                      case 0 -> "None";
                      case 1 -> "'" + a.getFirst() + "'";
                      default -> a.stream().collect(Collectors.joining("', '", "('", "')"));
                    })
            .collect(Collectors.joining(", "));
    return "P(" + entries + (axes.size() == 1 ? ",)" : ")");
  }

  /** As JAX prints it: {@code P('x', None)}. */
  @Override
  public String toString() {
    return text(axes);
  }
}
