package dev.jacobi.hlo.text;

/** A text is not MLIR; the message shows the place, its line and a caret. */
public final class HloSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  HloSyntaxException(String message, Place place) {
    super(place + ": " + message + "\n  " + place.excerpt() + "\n  " + place.caret());
    this.line = place.line();
    this.column = place.column();
  }

  /** Line of the error, from 1. */
  public int line() {
    return line;
  }

  /** Column of the error in characters, from 1. */
  public int column() {
    return column;
  }
}
