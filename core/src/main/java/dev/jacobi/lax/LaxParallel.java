package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.parallel.CollectiveOptions;
import dev.jacobi.parallel.Collectives;
import java.util.Optional;

/**
 * Collectives of {@code jax.lax}: what the members of a named axis do together. The axis is that of
 * {@code vmap(f).axisName(name)}, of {@code pmap(f, name)}, or one of the mesh of {@code shardMap};
 * several names mean the members of all these axes together, the last one fastest. Trees are taken
 * leaf by leaf.
 *
 * <p>All throw {@link dev.jacobi.trace.UnboundAxisException} if no such axis is around, and {@link
 * dev.jacobi.parallel.CollectiveException} if sizes or groups do not fit.
 */
public abstract class LaxParallel extends LaxDot {
  LaxParallel() {}

  /**
   * The sum over all members, which each gets. Booleans are counted as i32. {@code vmap((Op1) x ->
   * Lax.psum(x, "i")).axisName("i").apply(array(1f, 2f))} is {@code [3. 3.]}.
   */
  public static <T> T psum(T x, String... axisName) {
    return Collectives.psum(x, Optional.empty(), axisName);
  }

  /** The same in groups of places along the axis, each place in one of them. */
  public static <T> T psum(T x, String axisName, int[][] axisIndexGroups) {
    return Collectives.psum(x, Optional.of(axisIndexGroups), axisName);
  }

  /**
   * The mean over all members, which each gets. {@code vmap((Op1) x -> Lax.pmean(x,
   * "i")).axisName("i").apply(array(1f, 2f))} is {@code [1.5 1.5]}.
   */
  public static <T> T pmean(T x, String... axisName) {
    return Collectives.pmean(x, Optional.empty(), axisName);
  }

  /** The same in groups of one size. */
  public static <T> T pmean(T x, String axisName, int[][] axisIndexGroups) {
    return Collectives.pmean(x, Optional.of(axisIndexGroups), axisName);
  }

  /**
   * The greatest of all members' elements, which each gets. Members that attain it share its
   * derivative, as in {@code max}; JAX has none. {@code vmap((Op1) x -> Lax.pmax(x,
   * "i")).axisName("i").apply(array(1f, 2f))} is {@code [2. 2.]}.
   */
  public static <T> T pmax(T x, String... axisName) {
    return Collectives.pmax(x, Optional.empty(), axisName);
  }

  /** The same in groups. */
  public static <T> T pmax(T x, String axisName, int[][] axisIndexGroups) {
    return Collectives.pmax(x, Optional.of(axisIndexGroups), axisName);
  }

  /**
   * The least of all members' elements, which each gets. {@code vmap((Op1) x -> Lax.pmin(x,
   * "i")).axisName("i").apply(array(1f, 2f))} is {@code [1. 1.]}.
   */
  public static <T> T pmin(T x, String... axisName) {
    return Collectives.pmin(x, Optional.empty(), axisName);
  }

  /** The same in groups. */
  public static <T> T pmin(T x, String axisName, int[][] axisIndexGroups) {
    return Collectives.pmin(x, Optional.of(axisIndexGroups), axisName);
  }

  /**
   * All members' arrays along a new leading dimension, which each gets. {@code vmap((Op1) x ->
   * Lax.allGather(x, "i")).axisName("i").apply(array(1f, 2f))} is {@code [[1. 2.] [1. 2.]]}.
   */
  public static <T> T allGather(T x, String... axisName) {
    return Collectives.allGather(x, CollectiveOptions.DEFAULT, axisName);
  }

  /** The same along another dimension, in groups, or tiled. */
  public static <T> T allGather(T x, CollectiveOptions options, String... axisName) {
    return Collectives.allGather(x, options, axisName);
  }

  /**
   * The sum over all members, of which member {@code i} gets entry {@code i} of the first axis.
   * {@code vmap((Op1) x -> Lax.psumScatter(x, "i")).axisName("i").apply(array(1f, 2f, 3f,
   * 4f).reshape(2, 2))} is {@code [4. 6.]}.
   */
  public static <T> T psumScatter(T x, String... axisName) {
    return Collectives.psumScatter(x, CollectiveOptions.DEFAULT, axisName);
  }

  /** The same along another dimension, in groups, or tiled. */
  public static <T> T psumScatter(T x, CollectiveOptions options, String... axisName) {
    return Collectives.psumScatter(x, options, axisName);
  }

  /**
   * Sends arrays from member to member; who is no target gets zeros. Members of several axes are
   * counted in the order of the mesh. {@code vmap((Op1) x -> Lax.ppermute(x, new int[][] {{0, 1}},
   * "i")).axisName("i").apply(array(1f, 2f))} is {@code [0. 1.]}.
   *
   * @param perm pairs of source and target, each member at most once a source and once a target
   */
  public static <T> T ppermute(T x, int[][] perm, String... axisName) {
    return Collectives.ppermute(x, perm, axisName);
  }

  /**
   * The same with a source for every member. {@code vmap((Op1) x -> Lax.pshuffle(x, new int[] {1,
   * 0}, "i")).axisName("i").apply(array(1f, 2f))} is {@code [2. 1.]}.
   *
   * @param perm member {@code i} gets what member {@code perm[i]} has
   */
  public static <T> T pshuffle(T x, int[] perm, String axisName) {
    return Collectives.pshuffle(x, perm, axisName);
  }

  /**
   * Exchanges the members' axis with a dimension of the same size. {@code vmap((Op1) x ->
   * Lax.pswapaxes(x, 0, "i")).axisName("i").apply(array(1f, 2f, 3f, 4f).reshape(2, 2))} is {@code
   * [[1. 3.] [2. 4.]]}.
   */
  public static <T> T pswapaxes(T x, int axis, String axisName) {
    return Collectives.allToAll(x, axis, axis, CollectiveOptions.DEFAULT, axisName);
  }

  /**
   * Member {@code i} gets entry {@code i} along one dimension of all members, put together along
   * another. {@code vmap((Op1) x -> Lax.allToAll(x, 0, 0, "i")).axisName("i").apply(array(1f, 2f,
   * 3f, 4f).reshape(2, 2))} is {@code [[1. 3.] [2. 4.]]}.
   *
   * @param splitAxis the dimension that goes; as large as there are members
   * @param concatAxis where the members come in the result
   */
  public static <T> T allToAll(T x, int splitAxis, int concatAxis, String... axisName) {
    return Collectives.allToAll(x, splitAxis, concatAxis, CollectiveOptions.DEFAULT, axisName);
  }

  /** The same in groups, or tiled: then dimensions stay, one divided and one multiplied. */
  public static <T> T allToAll(
      T x, int splitAxis, int concatAxis, CollectiveOptions options, String... axisName) {
    return Collectives.allToAll(x, splitAxis, concatAxis, options, axisName);
  }

  /**
   * The place along the axis, an i32. {@code vmap((Op1) x ->
   * Lax.axisIndex("i").plus(x)).axisName("i").apply(array(0f, 0f))} is {@code [0. 1.]}.
   */
  public static Array axisIndex(String... axisName) {
    return Collectives.axisIndex(axisName);
  }

  /**
   * How many members there are. {@code vmap((Op1) x ->
   * x.times(Lax.axisSize("i"))).axisName("i").apply(array(1f, 2f))} is {@code [2. 4.]}.
   */
  public static long axisSize(String... axisName) {
    return Collectives.axisSize(axisName);
  }

  /**
   * The array of one member, which each gets. {@code vmap((Op1) x -> Lax.pbroadcast(x, 1,
   * "i")).axisName("i").apply(array(1f, 2f))} is {@code [2. 2.]}.
   *
   * @param source the member's place along the axis
   */
  public static <T> T pbroadcast(T x, int source, String axisName) {
    return Collectives.pbroadcast(x, source, axisName);
  }
}
