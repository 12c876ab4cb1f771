/** What the example programs share. */
module dev.jacobi.examples {
  requires transitive dev.jacobi.core;
  requires java.desktop;
  requires org.knowm.xchart;

  exports dev.jacobi.examples;
}
