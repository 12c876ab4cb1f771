package dev.jacobi.hlo.partition;

import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How an array lies on a mesh: for each dimension the axes along which it is divided, the first of
 * which makes the largest blocks. Along all other axes devices hold the same.
 */
public record Sharding(List<List<String>> dims) {
  public Sharding {
    dims = dims.stream().map(List::copyOf).toList();
  }

  /** Every device holds the whole array. */
  public static Sharding replicated(int rank) {
    return new Sharding(Collections.nCopies(rank, List.of()));
  }

  /** One axis per dimension; none where the name is empty. */
  public static Sharding of(String... axes) {
    return new Sharding(
        List.of(axes).stream().map(a -> a.isEmpty() ? List.<String>of() : List.of(a)).toList());
  }

  public int rank() {
    return dims.size();
  }

  /** The axes along which a dimension is divided. */
  public List<String> axes(int d) {
    return dims.get(d);
  }

  /** All axes along which the array is divided. */
  public List<String> axes() {
    return dims.stream().flatMap(List::stream).toList();
  }

  public boolean isReplicated() {
    return dims.stream().allMatch(List::isEmpty);
  }

  /** The same but for one dimension. */
  public Sharding with(int d, List<String> axes) {
    List<List<String>> changed = new ArrayList<>(dims);
    changed.set(d, axes);
    return new Sharding(changed);
  }

  /** The same for an array with further dimensions, which are not divided. */
  public Sharding padded(int rank) {
    List<List<String>> all = new ArrayList<>(dims);
    all.addAll(Collections.nCopies(rank - dims.size(), List.of()));
    return new Sharding(all);
  }

  /** The shape of one device's part. */
  public Shape local(Shape shape, Mesh mesh) {
    Shape local = shape;
    for (int d = 0; d < dims.size(); d++) {
      local = local.with(d, shape.dim(d) / mesh.size(dims.get(d)));
    }
    return local;
  }

  /** The block that a device holds, by its place along each dimension. */
  List<Integer> block(int device, Mesh mesh) {
    return dims.stream().map(axes -> mesh.coordinate(device, axes)).toList();
  }

  /**
   * This sharding for an array: without axes that divide nothing, because they have one device or
   * the dimension is empty.
   *
   * @param where what has the sharding, for messages
   * @throws ShardingException if the mesh has no such axis, an axis is used twice, there are more
   *     or fewer dimensions than the array has, or one does not divide evenly
   */
  Sharding checked(Shape shape, Mesh mesh, String where, Loc loc) {
    if (rank() != shape.rank()) {
      throw ShardingException.rank(where, this, shape, loc);
    }
    Set<String> used = new HashSet<>();
    List<List<String>> kept = new ArrayList<>();
    for (int d = 0; d < rank(); d++) {
      for (String axis : dims.get(d)) {
        if (!mesh.has(axis)) {
          throw ShardingException.unknownAxis(where + ShardingException.at(loc), axis, mesh);
        }
        if (!used.add(axis)) {
          throw ShardingException.axisTwice(where, this, axis, loc);
        }
      }
      if (shape.dim(d) % mesh.size(dims.get(d)) != 0) {
        throw ShardingException.uneven(where, this, d, shape, mesh, loc);
      }
      boolean empty = shape.dim(d) == 0;
      kept.add(dims.get(d).stream().filter(a -> !empty && mesh.size(a) > 1).toList());
    }
    return new Sharding(kept);
  }

  /**
   * As in HLO's text, for the attribute {@code mhlo.sharding}: {@code {devices=[2,1,4]<=[8]
   * last_tile_dim_replicate}}. XLA's compilers read it without knowing a mesh.
   */
  public String hlo(Mesh mesh) {
    List<Mesh.Axis> all = mesh.axes().stream().filter(a -> a.size() > 1).toList();
    List<Integer> order = new ArrayList<>();
    List<Mesh.Axis> rest = new ArrayList<>(all);
    for (String name : axes()) {
      Mesh.Axis axis = new Mesh.Axis(name, mesh.size(name));
      if (axis.size() > 1) {
        order.add(all.indexOf(axis));
        rest.remove(axis);
      }
    }
    if (order.isEmpty()) {
      return "{replicated}";
    }
    List<Integer> tiles = new ArrayList<>(dims.stream().map(mesh::size).toList());
    if (!rest.isEmpty()) {
      tiles.add(mesh.size(rest.stream().map(Mesh.Axis::name).toList()));
    }
    rest.forEach(a -> order.add(all.indexOf(a)));
    return "{devices=%s<=%s%s}"
        .formatted(list(tiles), iota(all, order), rest.isEmpty() ? "" : " last_tile_dim_replicate");
  }

  /** The numbers of devices, transposed: {@code [2,4]T(1,0)}; axes that stay neighbours are one. */
  private static String iota(List<Mesh.Axis> axes, List<Integer> order) {
    List<Integer> sizes = new ArrayList<>();
    List<Integer> firsts = new ArrayList<>();
    for (int i = 0; i < axes.size(); i++) {
      int at = order.indexOf(i);
      if (at > 0 && order.get(at - 1) == i - 1) {
        sizes.add(sizes.removeLast() * axes.get(i).size());
      } else {
        sizes.add(axes.get(i).size());
        firsts.add(i);
      }
    }
    List<Integer> turned = order.stream().filter(firsts::contains).map(firsts::indexOf).toList();
    String places =
        turned.size() == 1 ? "" : "T" + list(turned).replace('[', '(').replace(']', ')');
    return list(sizes) + places;
  }

  private static String list(List<Integer> numbers) {
    return numbers.toString().replace(" ", "");
  }

  /** As in Shardy's text: {@code [{"x"}, {}]}. */
  @Override
  public String toString() {
    return dims.stream()
        .map(axes -> axes.stream().map(a -> '"' + a + '"').collect(Collectors.joining(", ")))
        .map(axes -> "{" + axes + "}")
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
