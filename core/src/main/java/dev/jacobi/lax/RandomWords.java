package dev.jacobi.lax;

import dev.jacobi.Array;

/** Random bits and the state that follows. */
public record RandomWords(Array key, Array bits) {}
