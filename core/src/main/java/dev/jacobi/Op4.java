package dev.jacobi;

/** A pure function of four arrays, giving an array. */
@FunctionalInterface
public interface Op4 extends Fn4<Array, Array, Array, Array, Array> {
  @Override
  Array apply(Array x, Array y, Array z, Array w);
}
