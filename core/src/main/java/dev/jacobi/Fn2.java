package dev.jacobi;

import java.io.Serializable;

/**
 * A pure function of two arguments, each a tree of arrays: an {@link Array}, a record, list or map
 * of them. Serializable, so that its body can be found and checked for side effects.
 */
@FunctionalInterface
public interface Fn2<A, B, R> extends Serializable {
  R apply(A a, B b);
}
