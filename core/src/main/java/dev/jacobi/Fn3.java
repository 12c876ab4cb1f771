package dev.jacobi;

import java.io.Serializable;

/**
 * A pure function of three arguments, each a tree of arrays: an {@link Array}, a record, list or
 * map of them. Serializable, so that its body can be found and checked for side effects.
 */
@FunctionalInterface
public interface Fn3<A, B, C, R> extends Serializable {
  R apply(A a, B b, C c);
}
