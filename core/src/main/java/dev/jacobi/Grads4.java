package dev.jacobi;

/** Gradients in all 4 arguments, each shaped like its argument. */
public record Grads4<A, B, C, D>(A first, B second, C third, D fourth) implements Cotangents {
  @Override
  public Object[] toArray() {
    return new Object[] {first, second, third, fourth};
  }
}
