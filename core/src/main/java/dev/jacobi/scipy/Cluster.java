package dev.jacobi.scipy;

import dev.jacobi.Array;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Powers;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Promotion;
import dev.jacobi.transform.NamedJit;
import java.util.List;

/** SciPy's vector quantization, {@code jax.scipy.cluster.vq}. */
public final class Cluster {
  private Cluster() {}

  /**
   * Which entry of a code book is nearest to each observation.
   *
   * @param code the entry's number, i32, shape (m)
   * @param dist the distance to it, shape (m)
   */
  public record VqResult(Array code, Array dist) {}

  /**
   * The nearest entry of a code book for each observation. {@code Cluster.vq(array(1f, 9f, 4f),
   * array(0f, 10f)).code()} is {@code [0 1 0]}.
   *
   * @param obs observations (m, n), or (m) of one number each
   * @param codeBook entries (k, n), or (k)
   * @throws LaxTypeException if shapes do not fit, or the code book is empty
   */
  public static VqResult vq(Array obs, Array codeBook) {
    boolean vectors = obs.rank() == 2 && codeBook.rank() == 2 && obs.dim(1) == codeBook.dim(1);
    boolean numbers = obs.rank() == 1 && codeBook.rank() == 1;
    if (!vectors && !numbers || codeBook.dim(0) == 0) {
      throw new LaxTypeException(
          "vq",
          "takes observations and a code book, both vectors or both matrices of one width, not"
              + " shapes "
              + obs.shape()
              + " and "
              + codeBook.shape());
    }
    List<Array> out =
        NamedJit.call(
            "vq", "", x -> nearest(x.get(0), x.get(1)), Promotion.together(obs, codeBook));
    return new VqResult(out.get(0), out.get(1));
  }

  private static List<Array> nearest(Array obs, Array book) {
    long width = obs.rank() == 1 ? 1 : obs.dim(1);
    Array points = obs.reshape(obs.dim(0), 1, width);
    Array entries = book.reshape(1, book.dim(0), width);
    Array[] both = Promotion.promoteInexact("vq", points, entries);
    Array squares = Arithmetic.square(Arithmetic.abs(Arithmetic.sub(both[0], both[1])));
    Array dist = Powers.sqrt(Jnp.sum(squares, -1));
    Array code = Jnp.argmin(dist, -1);
    Array least = Jnp.takeAlongAxis(dist, Jnp.expandDims(code, 1), 1);
    return List.of(code, Jnp.squeeze(least, 1));
  }
}
