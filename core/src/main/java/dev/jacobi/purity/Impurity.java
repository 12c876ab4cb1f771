package dev.jacobi.purity;

/** The ways in which a function may depend on more than its arguments, or do more than return. */
public enum Impurity {
  MUTABLE_READ(
      "reads",
      "the value seen while tracing is kept; later changes are ignored",
      "make the field final, or pass its value as an argument"),
  WRITE(
      "writes",
      "it happens once, while tracing, and may keep tracers alive",
      "return the new value as a part of the result"),
  PRINT(
      "prints with",
      "it prints once, while tracing, and tracers instead of numbers",
      "print the result after the call"),
  CLOCK(
      "reads the clock with",
      "the time of tracing becomes a constant",
      "read the clock outside and pass the time as an argument"),
  RANDOM(
      "draws random numbers with",
      "the numbers drawn while tracing become constants",
      "take a Key argument and draw with uniform(key, ...), normal(key, ...)"),
  IO(
      "reads or writes outside the program with",
      "it happens once, while tracing",
      "do it outside and pass what was read as an argument"),
  UNREADABLE(
      "calls code that could not be checked:",
      "its class file cannot be read",
      "if it is pure, mark the caller with @Pure"),
  UNRESOLVED(
      "calls code that could not be checked:",
      "which class's method runs is known only when it is called",
      "make the type sealed, or mark the caller with @Pure if whatever may run is pure");

  private final String verb;
  private final String consequence;
  private final String fix;

  Impurity(String verb, String consequence, String fix) {
    this.verb = verb;
    this.consequence = consequence;
    this.fix = fix;
  }

  /** Whether it says that something could not be checked, rather than that it is impure. */
  boolean isDoubt() {
    return this == UNREADABLE || this == UNRESOLVED;
  }

  String verb() {
    return verb;
  }

  String consequence() {
    return consequence;
  }

  String fix() {
    return fix;
  }
}
