package dev.jacobi.parallel;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Zeros;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.sharding.NamedSharding;
import dev.jacobi.trace.Bind;
import dev.jacobi.trace.Context;
import dev.jacobi.trace.NamedAxis;
import dev.jacobi.trace.NullArgumentException;
import dev.jacobi.trace.Tracer;
import dev.jacobi.transform.TreeFn;
import dev.jacobi.transform.Trees;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Collectives as users call them: on trees, along one named axis or several. */
public final class Collectives {
  private Collectives() {}

  /** Marks values as differing along mesh axes. */
  static final NamedAxis.Cast PVARY = (x, axes) -> Bind.bind(new Pvary(axes), x);

  /** How many members an axis has. */
  static long size(String collective, String axis) {
    return Context.axis(collective, axis).size();
  }

  /** How many members the axes have together. */
  public static long axisSize(String... axes) {
    return size("axis_size", names("axis_size", axes));
  }

  private static long size(String collective, List<String> axes) {
    return axes.stream().mapToLong(a -> size(collective, a)).reduce(1, Math::multiplyExact);
  }

  private static List<String> names(String collective, String... axes) {
    NullArgumentException.require(axes, collective, "the axis names");
    List<String> names = new ArrayList<>();
    for (String axis : axes) {
      NullArgumentException.require(axis, collective, "an axis name");
      size(collective, axis);
      names.add(axis);
    }
    if (names.isEmpty()) {
      throw new CollectiveException(collective, "needs the name of an axis");
    }
    if (new HashSet<>(names).size() < names.size()) {
      throw new CollectiveException(collective, "names an axis twice: " + names);
    }
    return List.copyOf(names);
  }

  @SuppressWarnings("unchecked") // the same structure
  private static <T> T each(String collective, T tree, UnaryOperator<Array> f) {
    NullArgumentException.require(tree, collective, "the operand");
    TreeFn.Args args = TreeFn.Args.of(tree);
    return (T) Trees.unflatten(args.defs().getFirst(), args.leaves().stream().map(f).toList());
  }

  /** Axes whose types say along which of them values differ, and the others. */
  private static Map<Boolean, List<String>> checked(String collective, List<String> axes) {
    return axes.stream()
        .collect(Collectors.partitioningBy(a -> Context.axis(collective, a).isChecked()));
  }

  private static Array varied(String collective, Array x, List<String> axes) {
    return Context.varied(x, checked(collective, axes).get(true));
  }

  private static Groups groups(
      String collective, List<String> axes, Optional<int[][]> groups, boolean even) {
    if (groups.isEmpty()) {
      return Groups.ALL;
    }
    if (!checked(collective, axes).get(true).isEmpty()) {
      throw new CollectiveException(
          collective,
          "axisIndexGroups are for shardMap without checkVma and for vmap and pmap: types could not"
              + " say what differs between groups");
    }
    return Groups.of(collective, groups.get(), size(collective, axes), even);
  }

  /** The sum over all members. */
  public static <T> T psum(T tree, Optional<int[][]> groups, String... axisNames) {
    List<String> axes = names("psum", axisNames);
    Groups among = groups("psum", axes, groups, false);
    return each("psum", tree, x -> sum(x, axes, among));
  }

  private static Array sum(Array x, List<String> axes, Groups among) {
    Array numbers = x.dtype().isBool() ? Convert.convertElementType(x, DType.I32) : x;
    boolean even =
        among
            .indices()
            .map(all -> all.stream().allMatch(g -> g.size() == all.getFirst().size()))
            .orElse(true);
    if (!(x instanceof Tracer) && even) { // the same for all members
      return Arithmetic.mul(numbers, Scalars.like(numbers, among.size(size("psum", axes))));
    }
    return reduce(AllReduce.Kind.SUM, numbers, axes, among);
  }

  private static Array reduce(AllReduce.Kind kind, Array x, List<String> axes, Groups among) {
    Map<Boolean, List<String>> checked = checked("psum", axes);
    Array result = x;
    if (!checked.get(false).isEmpty()) {
      result = Bind.bind(new AllReduce(kind, checked.get(false), among, false), result);
    }
    if (!checked.get(true).isEmpty()) {
      Array differing = Context.varied(result, checked.get(true));
      result = Bind.bind(new AllReduce(kind, checked.get(true), among, true), differing);
    }
    return result;
  }

  /** The mean over all members. */
  public static <T> T pmean(T tree, Optional<int[][]> groups, String... axisNames) {
    List<String> axes = names("pmean", axisNames);
    Groups among = groups("pmean", axes, groups, true);
    long n = among.size(size("pmean", axes));
    return each("pmean", tree, x -> sum(x, axes, among).div(n));
  }

  /** The greatest of all members' elements. */
  public static <T> T pmax(T tree, Optional<int[][]> groups, String... axisNames) {
    List<String> axes = names("pmax", axisNames);
    Groups among = groups("pmax", axes, groups, false);
    return each("pmax", tree, x -> reduce(AllReduce.Kind.MAX, x, axes, among));
  }

  /** The least of all members' elements. */
  public static <T> T pmin(T tree, Optional<int[][]> groups, String... axisNames) {
    List<String> axes = names("pmin", axisNames);
    Groups among = groups("pmin", axes, groups, false);
    return each("pmin", tree, x -> reduce(AllReduce.Kind.MIN, x, axes, among));
  }

  /** All members' arrays in one. */
  public static <T> T allGather(T tree, CollectiveOptions options, String... axisNames) {
    List<String> axes = names("all_gather", axisNames);
    Groups among = groups("all_gather", axes, options.axisIndexGroups(), true);
    long n = among.size(size("all_gather", axes));
    return each(
        "all_gather",
        tree,
        x -> {
          int rank = options.tiled() ? x.rank() : x.rank() + 1;
          int dim = dimension("all_gather", options.axis(), rank, x);
          Primitive gather = new AllGather(dim, axes, among, n, options.tiled(), false);
          return Bind.bind(gather, varied("all_gather", x, axes));
        });
  }

  /** The sum over all members, of which each gets its part. */
  public static <T> T psumScatter(T tree, CollectiveOptions options, String... axisNames) {
    List<String> axes = names("psum_scatter", axisNames);
    Groups among = groups("psum_scatter", axes, options.axisIndexGroups(), true);
    long n = among.size(size("psum_scatter", axes));
    return each(
        "psum_scatter",
        tree,
        x -> {
          int dim = dimension("psum_scatter", options.axis(), x.rank(), x);
          requireParts("psum_scatter", x, dim, n, options.tiled());
          Primitive scatter = new ReduceScatter(dim, axes, among, n, options.tiled());
          return Bind.bind(scatter, varied("psum_scatter", x, axes));
        });
  }

  /** What each member sends to another one. */
  public static <T> T ppermute(T tree, int[][] perm, String... axisNames) {
    List<String> axes = names("ppermute", axisNames);
    long n = size("ppermute", axes);
    List<List<Integer>> pairs = new ArrayList<>();
    HashSet<Integer> sources = new HashSet<>();
    HashSet<Integer> targets = new HashSet<>();
    for (int[] pair : perm) {
      boolean fits = pair.length == 2 && Arrays.stream(pair).allMatch(i -> i >= 0 && i < n);
      if (!fits || !sources.add(pair[0]) || !targets.add(pair[1])) {
        throw new CollectiveException(
            "ppermute",
            "takes pairs of source and target from 0 to %d, each at most once a source and once a"
                    .formatted(n - 1)
                + " target, not "
                + Arrays.deepToString(perm));
      }
      pairs.add(List.of(pair[0], pair[1]));
    }
    return each(
        "ppermute", tree, x -> Bind.bind(new Ppermute(axes, pairs), varied("ppermute", x, axes)));
  }

  /** The same with every member's source. */
  public static <T> T pshuffle(T tree, int[] perm, String axis) {
    int[][] pairs = new int[perm.length][];
    for (int i = 0; i < perm.length; i++) {
      pairs[i] = new int[] {perm[i], i};
    }
    if (perm.length != size("pshuffle", axis)) {
      throw new CollectiveException(
          "pshuffle",
          "needs a source for each of %d members, not %s"
              .formatted(size("pshuffle", axis), Arrays.toString(perm)));
    }
    return ppermute(tree, pairs, axis);
  }

  /** Cuts arrays along one dimension, exchanges the parts, and puts them together along another. */
  public static <T> T allToAll(
      T tree, int splitAxis, int concatAxis, CollectiveOptions options, String... axisNames) {
    List<String> axes = names("all_to_all", axisNames);
    Groups among = groups("all_to_all", axes, options.axisIndexGroups(), true);
    long n = among.size(size("all_to_all", axes));
    return each(
        "all_to_all",
        tree,
        x -> {
          int split = dimension("all_to_all", splitAxis, x.rank(), x);
          int concat = dimension("all_to_all", concatAxis, x.rank(), x);
          requireParts("all_to_all", x, split, n, options.tiled());
          Array differing = varied("all_to_all", x, axes);
          return options.tiled() || split == concat
              ? Bind.bind(new AllToAll(axes, split, concat, among, n, options.tiled()), differing)
              : untiled(differing, split, concat, axes, among, n);
        });
  }

  /** The dimension that is cut goes, and one of the members comes. */
  private static Array untiled(
      Array x, int split, int concat, List<String> axes, Groups among, long n) {
    int to = split < concat ? concat + 1 : concat;
    int from = split < concat ? split : split + 1;
    Array wide = Shapes.expandDims(x, Axes.of(to));
    Array sent = Bind.bind(new AllToAll(axes, from, to, among, n, false), wide);
    return Shapes.squeeze(sent, Axes.of(from));
  }

  /** The place along some axes, the last one fastest. */
  public static Array axisIndex(String... axisNames) {
    return axisIndex(names("axis_index", axisNames));
  }

  static Array axisIndex(List<String> axes) {
    Array index = null;
    for (String axis : axes) {
      NamedAxis named = Context.axis("axis_index", axis);
      List<String> varying = named.isChecked() ? List.of(axis) : List.of();
      Array place = Bind.bind(new AxisIndex(axis, varying), List.of()).getFirst();
      index =
          index == null
              ? place
              : Arithmetic.add(Arithmetic.mul(index, Scalars.of(DType.I32, named.size())), place);
    }
    return index;
  }

  /** One member's array: the sum of it and of the others' zeros. */
  public static <T> T pbroadcast(T tree, int source, String axisName) {
    List<String> axes = names("pbroadcast", axisName);
    long n = size("pbroadcast", axes);
    if (source < 0 || source >= n) {
      throw new CollectiveException(
          "pbroadcast", "there is no member %d of %d along '%s'".formatted(source, n, axisName));
    }
    Array mine = Compare.eq(axisIndex(axes), Scalars.of(DType.I32, source));
    return each(
        "pbroadcast",
        tree,
        x -> reduce(AllReduce.Kind.SUM, Jnp.where(mine, x, Zeros.like(x)), axes, Groups.ALL));
  }

  /** Counts a value that is the same along mesh axes as one of each device. */
  public static <T> T pvary(T tree, String... axisNames) {
    List<String> axes = names("pvary", axisNames);
    return each("pvary", tree, x -> varied("pvary", x, axes));
  }

  /** The arrays of a tree, lying on a mesh as it says. */
  public static <T> T constrained(T tree, NamedSharding sharding) {
    NullArgumentException.require(sharding, "withShardingConstraint", "the sharding");
    ShardingConstraint constraint = new ShardingConstraint(sharding);
    return each("withShardingConstraint", tree, x -> Bind.bind(constraint, x));
  }

  private static void requireParts(String collective, Array x, int dim, long n, boolean tiled) {
    if (tiled ? x.dim(dim) % n != 0 : x.dim(dim) != n) {
      throw new CollectiveException(
          collective,
          "divides dimension %d of %s among %d members: it must be %s"
              .formatted(dim, x.aval(), n, tiled ? "a multiple of that" : n));
    }
  }

  private static int dimension(String collective, int axis, int rank, Array x) {
    int dim = axis < 0 ? axis + rank : axis;
    if (dim < 0 || dim >= rank) {
      throw new CollectiveException(
          collective, "axis %d is out of range for an operand %s".formatted(axis, x.aval()));
    }
    return dim;
  }
}
