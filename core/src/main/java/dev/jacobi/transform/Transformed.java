package dev.jacobi.transform;

/** A function that transforms one of the user's, which checks look at in its place. */
public interface Transformed {
  /** The user's function. */
  TreeFn function();
}
