package dev.jacobi.cpu.run;

/** Where functions live that an object calls but does not contain. */
@FunctionalInterface
public interface Symbols {
  /** Nothing at all. */
  Symbols NONE = name -> 0;

  /** The address of {@code name}, or 0 if it is unknown here. */
  long address(String name);

  /** These symbols, and where they know none, {@code others}. */
  default Symbols or(Symbols others) {
    return name -> {
      long address = address(name);
      return address != 0 ? address : others.address(name);
    };
  }
}
