package dev.jacobi;

/** Gradients in all 2 arguments, each shaped like its argument. */
public record Grads2<A, B>(A first, B second) implements Cotangents {
  @Override
  public Object[] toArray() {
    return new Object[] {first, second};
  }
}
