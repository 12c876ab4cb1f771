package dev.jacobi;

/** A pure function of three arrays, giving an array. */
@FunctionalInterface
public interface Op3 extends Fn3<Array, Array, Array, Array> {
  @Override
  Array apply(Array x, Array y, Array z);
}
