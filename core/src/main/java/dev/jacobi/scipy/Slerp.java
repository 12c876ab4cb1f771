package dev.jacobi.scipy;

import dev.jacobi.Array;
import dev.jacobi.Mode;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.numpy.Jnp;

/**
 * Rotations between given ones, at a constant speed along the shortest way, {@code
 * jax.scipy.spatial.transform.Slerp}. Begin with {@link #init}.
 *
 * @param times when the given rotations are, ascending, shape (n)
 * @param timedelta the distances of these times, shape (n - 1)
 * @param rotations all but the last
 * @param rotvecs how each goes over into the next, shape (n - 1, 3)
 */
public record Slerp(Array times, Array timedelta, Rotation rotations, Array rotvecs) {
  /**
   * Between a batch of rotations (n, 4) at times (n). {@code Slerp.init(array(0f, 1f),
   * Rotation.fromRotvec(array(new float[][] {{0, 0, 0}, {0, 0,
   * 1}}))).apply(scalar(0.5f)).asRotvec()} is {@code [0. 0. 0.5]}.
   *
   * @throws LaxTypeException if there are not at least two, each with its time
   */
  public static Slerp init(Array times, Rotation rotations) {
    Array q = rotations.quat();
    if (q.rank() != 2 || q.dim(0) < 2 || times.rank() != 1 || times.dim(0) != q.dim(0)) {
      throw new LaxTypeException(
          "Slerp",
          "takes a time for each of at least two rotations, not times "
              + times.shape()
              + " for rotations "
              + q.shape());
    }
    Array at = times.astype(q.dtype());
    Rotation first = new Rotation(q.get(Jnp.until(-1)));
    Rotation next = new Rotation(q.get(Jnp.from(1)));
    return new Slerp(at, Jnp.diff(at), first, first.inv().times(next).asRotvec());
  }

  /** The rotation at a time, or the rotations at times (m); before and after, it goes on. */
  public Rotation apply(Array when) {
    if (when.rank() > 1) {
      throw new LaxTypeException("Slerp", "takes a time or a vector of times, not " + when.aval());
    }
    Array at = Jnp.atleast1d(when).astype(times.dtype());
    Array index = Jnp.clip(Jnp.searchsorted(times, at).minus(1), 0, times.dim(0) - 2);
    Array start = Jnp.take(times, index, 0, Mode.CLIP);
    Array length = Jnp.take(timedelta, index, 0, Mode.CLIP);
    Array part = at.minus(start).div(length);
    Array way = Jnp.take(rotvecs, index, 0, Mode.CLIP).times(Jnp.expandDims(part, 1));
    Rotation from = new Rotation(Jnp.take(rotations.quat(), index, 0, Mode.CLIP));
    Rotation result = from.times(Rotation.fromRotvec(way));
    return when.rank() == 0 ? result.get(0) : result;
  }
}
