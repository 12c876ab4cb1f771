package dev.jacobi.transform;

import dev.jacobi.Array;
import java.util.List;
import java.util.function.Function;

/** A function of arrays, after its arguments' trees have been flattened. */
@FunctionalInterface
public interface Flat extends Function<List<Array>, List<Array>> {}
