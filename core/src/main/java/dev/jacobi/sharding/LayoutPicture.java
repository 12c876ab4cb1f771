package dev.jacobi.sharding;

import dev.jacobi.dispatch.Region;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.spi.Device;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The blocks of an array as boxes, each with the devices that have it: what JAX's {@code
 * visualize_sharding} draws.
 */
public final class LayoutPicture {
  private LayoutPicture() {}

  /**
   * Draws arrays of one or two dimensions.
   *
   * @throws ShardingException if the array has none, or more
   */
  public static String of(Shape shape, Map<Device, Region> parts) {
    if (shape.rank() < 1 || shape.rank() > 2) {
      throw new ShardingException(
          "visualizeArraySharding", "draws arrays of one or two dimensions, not of shape " + shape);
    }
    Map<Region, List<String>> devices = new LinkedHashMap<>();
    parts.forEach(
        (device, region) ->
            devices.computeIfAbsent(region, r -> new ArrayList<>()).add("" + device.id()));
    String platform =
        parts.keySet().iterator().next().platform().toUpperCase(java.util.Locale.ROOT);
    TreeSet<Long> rows = new TreeSet<>();
    TreeSet<Long> columns = new TreeSet<>();
    devices.keySet().forEach(r -> rows.add(shape.rank() == 2 ? r.start().get(0) : 0));
    devices.keySet().forEach(r -> columns.add(r.start().get(shape.rank() - 1)));
    List<List<String>> cells = new ArrayList<>();
    for (long row : rows) {
      List<String> line = new ArrayList<>();
      for (long column : columns) {
        devices.forEach(
            (region, ids) -> {
              boolean here =
                  (shape.rank() == 1 || region.start().get(0) == row)
                      && region.start().get(shape.rank() - 1) == column;
              if (here) {
                line.add(platform + " " + String.join(",", ids));
              }
            });
      }
      cells.add(line);
    }
    return boxes(cells);
  }

  private static String boxes(List<List<String>> cells) {
    int width = cells.stream().flatMap(List::stream).mapToInt(String::length).max().orElse(0) + 2;
    int columns = cells.getFirst().size();
    StringBuilder text = new StringBuilder(edge('┌', '┬', '┐', width, columns));
    for (int i = 0; i < cells.size(); i++) {
      text.append(i == 0 ? "" : edge('├', '┼', '┤', width, columns));
      for (String cell : cells.get(i)) {
        int left = (width - cell.length()) / 2;
        text.append('│').append(" ".repeat(left)).append(cell);
        text.append(" ".repeat(width - cell.length() - left));
      }
      text.append("│\n");
    }
    return text.append(edge('└', '┴', '┘', width, columns)).toString();
  }

  private static String edge(char left, char middle, char right, int width, int columns) {
    List<String> dashes = java.util.Collections.nCopies(columns, "─".repeat(width));
    return left + String.join("" + middle, dashes) + right + "\n";
  }
}
