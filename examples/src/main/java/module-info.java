/** What the example programs share. */
module dev.jacobi.examples {
  requires dev.jacobi.core;
}
