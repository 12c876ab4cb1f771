package dev.jacobi.random;

import dev.jacobi.hlo.Loc;

/** A key was consumed twice, which would give the same numbers twice. */
public final class KeyReuseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KeyReuseException(Loc first, Loc second) {
    super(
        "a key that was consumed at "
            + first
            + " is consumed again at "
            + second
            + ": both would give the same random numbers. Split it first:"
            + " var keys = key.split(2), and use keys.get(0) and keys.get(1).");
  }
}
