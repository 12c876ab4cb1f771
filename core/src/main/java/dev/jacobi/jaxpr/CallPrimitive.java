package dev.jacobi.jaxpr;

import java.util.Set;

/** A primitive that is a whole program; as the outermost one it is compiled as such. */
public interface CallPrimitive extends Inlinable {
  /** Name of the function, for dumps and the module's name. */
  String function();

  /** Inputs whose memory the program may take over. */
  Set<Integer> donated();

  /** Threads that the program may use; 0 for all. */
  int threads();
}
