package dev.jacobi.trace;

import java.util.Set;

/** A collective names an axis that nothing around it has. */
public final class UnboundAxisException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnboundAxisException(String primitive, String axis, Set<String> bound) {
    super(
        primitive
            + " at "
            + UserCode.line()
            + " works along the axis '"
            + axis
            + "', but "
            + (bound.isEmpty() ? "no axis has a name here" : "the axes here are " + bound)
            + ". Call it in a function of vmap(f).axisName(\""
            + axis
            + "\"), of pmap with that axis name, or of shardMap over a mesh with that axis.");
  }
}
