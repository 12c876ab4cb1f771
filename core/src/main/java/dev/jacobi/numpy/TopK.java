package dev.jacobi.numpy;

import dev.jacobi.Array;

/** The largest elements, the largest first, and where they are. */
public record TopK(Array values, Array indices) {}
