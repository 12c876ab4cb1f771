package dev.jacobi.scipy.spatial;

import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Scalars;
import dev.jacobi.numpy.Jnp;
import java.util.Locale;

/**
 * Angles about three axes in turn.
 *
 * @param sequence axes: X, Y and Z turn with the body, x, y and z stand
 */
public record Euler(String sequence) {
  /** Checks the axes: up to three, of one kind, neighbours different. */
  public Euler {
    boolean axes = sequence.matches("[xyz]{1,3}") || sequence.matches("[XYZ]{1,3}");
    for (int i = 1; axes && i < sequence.length(); i++) {
      axes = sequence.charAt(i) != sequence.charAt(i - 1);
    }
    if (!axes) {
      throw new LaxTypeException(
          "Euler angles",
          "are about up to three of x, y, z or of X, Y, Z, neighbours different, not about \""
              + sequence
              + "\"");
    }
  }

  private int axis(int i) {
    return sequence.toLowerCase(Locale.ROOT).charAt(i) - 'x';
  }

  private boolean isExtrinsic() {
    return Character.isLowerCase(sequence.charAt(0));
  }

  /** The rotation of angles (..., n), one of each axis. */
  public Array quaternion(Array angles) {
    Array all = null;
    for (int i = 0; i < sequence.length(); i++) {
      Array half = Quaternions.at(angles, i).times(0.5);
      Array[] q = new Array[4];
      java.util.Arrays.fill(q, Jnp.zerosLike(half));
      q[axis(i)] = Elementary.sin(half);
      q[3] = Elementary.cos(half);
      Array one = Quaternions.stacked(q);
      all =
          all == null
              ? one
              : isExtrinsic() ? Quaternions.product(one, all) : Quaternions.product(all, one);
    }
    return all;
  }

  /**
   * The angles (..., 3) of a rotation. Where the second leaves the others undetermined, the third
   * is 0. Source: Bernardes, Viollet, Quaternion to Euler angles conversion: a direct, general and
   * computationally efficient method, PLoS ONE 17 (2022).
   */
  public Array angles(Array q) {
    if (sequence.length() != 3) {
      throw new LaxTypeException("Euler angles", "need three axes, not \"" + sequence + "\"");
    }
    boolean extrinsic = isExtrinsic();
    int i = extrinsic ? axis(0) : axis(2);
    int j = axis(1);
    boolean symmetric = axis(0) == axis(2);
    int k = symmetric ? 3 - i - j : extrinsic ? axis(2) : axis(0);
    int sign = (i - j) * (j - k) * (k - i) / 2;
    Array w = Quaternions.at(q, 3);
    Array qi = Quaternions.at(q, i);
    Array qj = Quaternions.at(q, j);
    Array qk = Quaternions.at(q, k).times(sign);
    Array a = symmetric ? w : w.minus(qj);
    Array b = symmetric ? qi : qi.plus(qk);
    Array c = symmetric ? qj : qj.plus(w);
    Array d = symmetric ? qk : qk.minus(qi);
    Array second = Elementary.atan2(Jnp.hypot(c, d), Jnp.hypot(a, b)).times(2);
    Array halfSum = Elementary.atan2(b, a);
    Array halfDifference = Elementary.atan2(d, c);
    Array atZero = Arithmetic.abs(second).le(1e-7);
    Array atPi = Arithmetic.abs(second.minus(Math.PI)).le(1e-7);
    Array plain = Bits.not(Bits.or(atZero, atPi));
    Array difference = halfSum.minus(halfDifference);
    Array sum = halfSum.plus(halfDifference);
    Array degenerate = where(atZero, halfSum.times(2), halfDifference.times(extrinsic ? -2 : 2));
    // the first axis of the rotation that is undetermined carries the whole angle
    Array low = where(plain, extrinsic ? difference : sum, degenerate);
    Array zero = Scalars.like(low, 0);
    Array high = where(plain, extrinsic ? sum : difference, zero);
    Array third = extrinsic ? high : low;
    third = symmetric ? third : third.times(sign);
    Array middle = symmetric ? second : second.minus(Math.PI / 2);
    Array first = extrinsic ? low : third;
    Array last = extrinsic ? third : high;
    return wrapped(Quaternions.stacked(first, middle, last));
  }

  /** From minus pi up to pi. */
  private static Array wrapped(Array angles) {
    return Jnp.remainder(angles.plus(Math.PI), Jnp.weak(2 * Math.PI)).minus(Math.PI);
  }
}
