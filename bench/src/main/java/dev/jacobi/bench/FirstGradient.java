package dev.jacobi.bench;

import static dev.jacobi.Jacobi.grad;
import static dev.jacobi.numpy.Jnp.array;
import static dev.jacobi.numpy.Jnp.sin;
import static dev.jacobi.numpy.Jnp.tanh;

import dev.jacobi.Op1;

/**
 * The program that {@code bench cold} starts: prints one gradient. Its peer is first_gradient.py.
 */
public final class FirstGradient {
  private FirstGradient() {}

  public static void main(String[] args) {
    Op1 gradient = grad(x -> tanh(x).times(sin(x)));
    System.out.println(gradient.apply(array(0.5f).reshape()));
  }
}
