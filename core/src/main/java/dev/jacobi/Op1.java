package dev.jacobi;

/** A pure function of one array, giving an array. */
@FunctionalInterface
public interface Op1 extends Fn1<Array, Array> {
  @Override
  Array apply(Array x);
}
