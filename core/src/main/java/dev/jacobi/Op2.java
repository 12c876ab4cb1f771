package dev.jacobi;

/** A pure function of two arrays, giving an array. */
@FunctionalInterface
public interface Op2 extends Fn2<Array, Array, Array> {
  @Override
  Array apply(Array x, Array y);
}
