package dev.jacobi.hlo;

/** An operation was given operands or attributes that StableHLO's type rules forbid. */
public sealed class HloTypeException extends RuntimeException permits UnknownSizeException {
  private static final long serialVersionUID = 1L;

  public HloTypeException(String message) {
    super(message);
  }
}
