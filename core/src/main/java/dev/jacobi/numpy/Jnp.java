package dev.jacobi.numpy;

/**
 * NumPy's functions on {@link dev.jacobi.Array}, for {@code import static dev.jacobi.numpy.Jnp.*}.
 * The functions are inherited from the classes of this package, one per subject.
 */
public final class Jnp extends JnpNames {
  private Jnp() {}
}
