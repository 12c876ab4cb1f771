package dev.jacobi.tree;

/**
 * Marks the classes whose values are leaves of trees: what transformations differentiate, batch and
 * trace. Everything that is neither a leaf nor a container is static structure.
 */
public interface Leaf {}
