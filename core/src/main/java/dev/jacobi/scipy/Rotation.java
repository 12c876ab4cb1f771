package dev.jacobi.scipy;

import dev.jacobi.Array;
import dev.jacobi.Index;
import dev.jacobi.Key;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Linalg;
import dev.jacobi.random.Random;
import dev.jacobi.scipy.spatial.Euler;
import dev.jacobi.scipy.spatial.Quaternions;
import java.util.List;

/**
 * Rotations of space, {@code jax.scipy.spatial.transform.Rotation}: one, or a batch (..., 4) of
 * them. Begin with {@link #fromQuat} and its like; the canonical constructor takes quaternions as
 * they are.
 *
 * @param quat unit quaternions (..., 4), the scalar last
 */
public record Rotation(Array quat) {
  private static final double DEGREE = Math.PI / 180;

  /**
   * A batch of rotations and batches of them, one after the other. {@code
   * Rotation.concatenate(List.of(Rotation.identity(), Rotation.identity())).magnitude()} is {@code
   * [0. 0.]}.
   */
  public static Rotation concatenate(List<Rotation> rotations) {
    // JAX joins the quaternions of single rotations to one vector; SciPy makes a batch of them.
    List<Array> quats = rotations.stream().map(r -> Jnp.atleast2d(r.quat)).toList();
    return new Rotation(Jnp.concatenate(quats, 0));
  }

  /**
   * The rotation by an angle (...), or angles (..., n), in radians. {@code Rotation.fromEuler("z",
   * scalar(90f), true).asRotvec()} is {@code [0. 0. 1.5707964]}.
   */
  public static Rotation fromEuler(String sequence, Array angles) {
    return fromEuler(sequence, angles, false);
  }

  /**
   * The rotation by angles about axes in turn.
   *
   * @param sequence up to three of X, Y, Z, which turn with the body, or of x, y, z, which stand
   * @param angles of each axis one, shape (..., n); of one axis also a scalar
   * @throws LaxTypeException if the sequence is none
   */
  public static Rotation fromEuler(String sequence, Array angles, boolean degrees) {
    Euler euler = new Euler(sequence);
    Array all = Quaternions.vectors("fromEuler", Jnp.atleast1d(angles), sequence.length());
    return new Rotation(
        Quaternions.program(
            "from_euler",
            List.of(sequence, degrees),
            x -> euler.quaternion(degrees ? x.getFirst().times(DEGREE) : x.getFirst()),
            all));
  }

  /**
   * Of orthogonal matrices (..., 3, 3) with determinant 1. {@code
   * Rotation.fromMatrix(eye(3)).asQuat()} is {@code [0. 0. 0. 1.]}.
   */
  public static Rotation fromMatrix(Array matrix) {
    if (matrix.rank() < 2 || matrix.dim(-2) != 3) {
      throw new LaxTypeException("fromMatrix", "takes matrices (3, 3), not " + matrix.aval());
    }
    Array m = Quaternions.vectors("fromMatrix", matrix, 3);
    return new Rotation(
        Quaternions.program("from_matrix", "", x -> Quaternions.fromMatrix(x.getFirst()), m));
  }

  /**
   * Of modified Rodrigues parameters (..., 3). {@code Rotation.fromMrp(zeros(3)).asQuat()} is
   * {@code [0. 0. 0. 1.]}.
   */
  public static Rotation fromMrp(Array mrp) {
    Array v = Quaternions.vectors("fromMrp", mrp, 3);
    return new Rotation(
        Quaternions.program("from_mrp", "", x -> Quaternions.fromMrp(x.getFirst()), v));
  }

  /**
   * Of quaternions (..., 4) of any length, the scalar last. {@code Rotation.fromQuat(array(0f, 0f,
   * 0f, 2f)).asQuat()} is {@code [0. 0. 0. 1.]}.
   */
  public static Rotation fromQuat(Array quat) {
    Array q = Quaternions.vectors("fromQuat", quat, 4);
    return new Rotation(
        Quaternions.program("from_quat", "", x -> Quaternions.normalized(x.getFirst()), q));
  }

  /**
   * Of axes times angles in radians, (..., 3). {@code Rotation.fromRotvec(zeros(3)).asQuat()} is
   * {@code [0. 0. 0. 1.]}.
   */
  public static Rotation fromRotvec(Array rotvec) {
    return fromRotvec(rotvec, false);
  }

  /** Of axes times angles, (..., 3). */
  public static Rotation fromRotvec(Array rotvec, boolean degrees) {
    Array v = Quaternions.vectors("fromRotvec", rotvec, 3);
    return new Rotation(
        Quaternions.program(
            "from_rotvec",
            degrees,
            x -> Quaternions.fromRotvec(degrees ? x.getFirst().times(DEGREE) : x.getFirst()),
            v));
  }

  /** No rotation, as f32. {@code Rotation.identity().magnitude()} is {@code 0.0}. */
  public static Rotation identity() {
    return identity(DType.F32);
  }

  /** No rotation, of a floating type. */
  public static Rotation identity(DType dtype) {
    return new Rotation(Jnp.array(0f, 0f, 0f, 1f).astype(dtype));
  }

  /**
   * One of all rotations, each as likely; JAX names it and has none. {@code
   * Rotation.random(Random.key(0), 3).asQuat().shape()} is {@code (3, 4)}.
   */
  public static Rotation random(Key key) {
    return fromQuat(Random.normal(key, Jnp.shape(4)));
  }

  /** So many of all rotations. */
  public static Rotation random(Key key, long count) {
    return fromQuat(Random.normal(key, Jnp.shape(count, 4)));
  }

  /** Whether this is one rotation, and no batch. */
  public boolean isSingle() {
    return quat.rank() == 1;
  }

  /** How many there are along the first dimension. */
  public long length() {
    requireBatch("length");
    return quat.dim(0);
  }

  private void requireBatch(String what) {
    if (isSingle()) {
      throw new LaxTypeException("Rotation." + what, "is of a batch of rotations, this is one");
    }
  }

  /** Some of a batch. */
  public Rotation get(Index... place) {
    requireBatch("get");
    return new Rotation(quat.get(place));
  }

  /** One of a batch. */
  public Rotation get(int index) {
    requireBatch("get");
    return new Rotation(quat.get(index));
  }

  /** First the other, then this; batches broadcast. */
  public Rotation times(Rotation other) {
    return new Rotation(
        Quaternions.program(
            "compose", "", x -> Quaternions.product(x.get(0), x.get(1)), quat, other.quat));
  }

  /** Turns vectors (..., 3); batches broadcast. */
  public Array apply(Array vectors) {
    return apply(vectors, false);
  }

  /** Turns vectors (..., 3), or turns them back. */
  public Array apply(Array vectors, boolean inverse) {
    Array v = Quaternions.vectors("apply", vectors, 3);
    return Quaternions.program(
        "apply",
        inverse,
        x -> Quaternions.turned(Quaternions.asMatrix(x.get(0)), x.get(1), inverse),
        quat,
        v);
  }

  /** The angles about three axes, (..., 3), in radians from -pi to pi. */
  public Array asEuler(String sequence) {
    return asEuler(sequence, false);
  }

  /** The angles about three axes, (..., 3), in radians or degrees. */
  public Array asEuler(String sequence, boolean degrees) {
    Euler euler = new Euler(sequence);
    return Quaternions.program(
        "as_euler",
        List.of(sequence, degrees),
        x -> degrees ? euler.angles(x.getFirst()).div(DEGREE) : euler.angles(x.getFirst()),
        quat);
  }

  /** Matrices (..., 3, 3). */
  public Array asMatrix() {
    return Quaternions.program("as_matrix", "", x -> Quaternions.asMatrix(x.getFirst()), quat);
  }

  /** Modified Rodrigues parameters (..., 3). */
  public Array asMrp() {
    return Quaternions.program("as_mrp", "", x -> Quaternions.asMrp(x.getFirst()), quat);
  }

  /** Axes times angles of at most pi, (..., 3). */
  public Array asRotvec() {
    return asRotvec(false);
  }

  /** Axes times angles, in radians or degrees. */
  public Array asRotvec(boolean degrees) {
    return Quaternions.program(
        "as_rotvec",
        degrees,
        x -> {
          Array v = Quaternions.asRotvec(x.getFirst());
          return degrees ? v.div(DEGREE) : v;
        },
        quat);
  }

  /** The quaternions. */
  public Array asQuat() {
    return quat;
  }

  /**
   * The quaternions.
   *
   * @param canonical of the two that are the same rotation, the one with a positive scalar
   * @param scalarFirst whether the scalar is the first element
   */
  public Array asQuat(boolean canonical, boolean scalarFirst) {
    Array q =
        canonical
            ? Quaternions.program("canonical", "", x -> Quaternions.canonical(x.getFirst()), quat)
            : quat;
    return scalarFirst ? Jnp.roll(q, 1, -1) : q;
  }

  /** The inverse rotations. */
  public Rotation inv() {
    return new Rotation(
        Quaternions.program("inverse", "", x -> Quaternions.inverse(x.getFirst()), quat));
  }

  /** The angles, from 0 to pi. */
  public Array magnitude() {
    return Quaternions.program("magnitude", "", x -> Quaternions.magnitude(x.getFirst()), quat);
  }

  /** The mean of a batch (n, 4): the rotation with the least sum of squared distances. */
  public Rotation mean() {
    requireBatch("mean");
    return mean(Jnp.ones(Jnp.shape(quat.dim(0)), quat.dtype()));
  }

  /**
   * The weighted mean of a batch. Source: Markley, Cheng, Crassidis, Oshman, Averaging quaternions,
   * Journal of Guidance, Control, and Dynamics 30 (2007).
   *
   * @param weights shape (n)
   */
  public Rotation mean(Array weights) {
    requireBatch("mean");
    if (quat.rank() != 2 || weights.rank() != 1 || weights.dim(0) != quat.dim(0)) {
      throw new LaxTypeException(
          "Rotation.mean",
          "takes a weight for each rotation, not " + weights.shape() + " for " + quat.shape());
    }
    return new Rotation(
        Quaternions.program(
            "mean",
            "",
            x -> {
              Array q = x.get(0);
              Array w = x.get(1).astype(q.dtype());
              Array k = Jnp.matmul(Jnp.matrixTranspose(q).times(w), q);
              Array v = Linalg.eigh(k).eigenvectors();
              return Jnp.squeeze(v.get(Jnp.all(), Jnp.from(-1)), 1);
            },
            quat,
            weights));
  }
}
