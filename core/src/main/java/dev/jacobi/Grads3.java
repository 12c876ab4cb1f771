package dev.jacobi;

/** Gradients in all 3 arguments, each shaped like its argument. */
public record Grads3<A, B, C>(A first, B second, C third) implements Cotangents {
  @Override
  public Object[] toArray() {
    return new Object[] {first, second, third};
  }
}
