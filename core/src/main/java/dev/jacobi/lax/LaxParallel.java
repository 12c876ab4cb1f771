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

  /** The sum over all members, which each gets. Booleans are counted as i32. */
  public static <T> T psum(T x, String... axisName) {
    return Collectives.psum(x, Optional.empty(), axisName);
  }

  /** The same in groups of places along the axis, each place in one of them. */
  public static <T> T psum(T x, String axisName, int[][] axisIndexGroups) {
    return Collectives.psum(x, Optional.of(axisIndexGroups), axisName);
  }

  /** The mean over all members, which each gets. */
  public static <T> T pmean(T x, String... axisName) {
    return Collectives.pmean(x, Optional.empty(), axisName);
  }

  /** The same in groups of one size. */
  public static <T> T pmean(T x, String axisName, int[][] axisIndexGroups) {
    return Collectives.pmean(x, Optional.of(axisIndexGroups), axisName);
  }

  /**
   * The greatest of all members' elements, which each gets. Members that attain it share its
   * derivative, as in {@code max}; JAX has none.
   */
  public static <T> T pmax(T x, String... axisName) {
    return Collectives.pmax(x, Optional.empty(), axisName);
  }

  /** The same in groups. */
  public static <T> T pmax(T x, String axisName, int[][] axisIndexGroups) {
    return Collectives.pmax(x, Optional.of(axisIndexGroups), axisName);
  }

  /** The least of all members' elements, which each gets. */
  public static <T> T pmin(T x, String... axisName) {
    return Collectives.pmin(x, Optional.empty(), axisName);
  }

  /** The same in groups. */
  public static <T> T pmin(T x, String axisName, int[][] axisIndexGroups) {
    return Collectives.pmin(x, Optional.of(axisIndexGroups), axisName);
  }

  /** All members' arrays along a new leading dimension, which each gets. */
  public static <T> T allGather(T x, String... axisName) {
    return Collectives.allGather(x, CollectiveOptions.DEFAULT, axisName);
  }

  /** The same along another dimension, in groups, or tiled. */
  public static <T> T allGather(T x, CollectiveOptions options, String... axisName) {
    return Collectives.allGather(x, options, axisName);
  }

  /** The sum over all members, of which member {@code i} gets entry {@code i} of the first axis. */
  public static <T> T psumScatter(T x, String... axisName) {
    return Collectives.psumScatter(x, CollectiveOptions.DEFAULT, axisName);
  }

  /** The same along another dimension, in groups, or tiled. */
  public static <T> T psumScatter(T x, CollectiveOptions options, String... axisName) {
    return Collectives.psumScatter(x, options, axisName);
  }

  /**
   * Sends arrays from member to member; who is no target gets zeros. Members of several axes are
   * counted in the order of the mesh.
   *
   * @param perm pairs of source and target, each member at most once a source and once a target
   */
  public static <T> T ppermute(T x, int[][] perm, String... axisName) {
    return Collectives.ppermute(x, perm, axisName);
  }

  /**
   * The same with a source for every member.
   *
   * @param perm member {@code i} gets what member {@code perm[i]} has
   */
  public static <T> T pshuffle(T x, int[] perm, String axisName) {
    return Collectives.pshuffle(x, perm, axisName);
  }

  /** Exchanges the members' axis with a dimension of the same size. */
  public static <T> T pswapaxes(T x, int axis, String axisName) {
    return Collectives.allToAll(x, axis, axis, CollectiveOptions.DEFAULT, axisName);
  }

  /**
   * Member {@code i} gets entry {@code i} along one dimension of all members, put together along
   * another.
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

  /** The place along the axis, an i32. */
  public static Array axisIndex(String... axisName) {
    return Collectives.axisIndex(axisName);
  }

  /** How many members there are. */
  public static long axisSize(String... axisName) {
    return Collectives.axisSize(axisName);
  }
}
