package dev.jacobi.parallel;

/** How the result of a sharded function is divided. */
public record OutSpecs(Specs specs) {
  /** The spec of an entry as those of {@link InSpecs#of}. */
  public static OutSpecs of(Object entry) {
    return new OutSpecs(InSpecs.spec(entry));
  }
}
