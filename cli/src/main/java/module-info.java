/** The command line. */
module dev.jacobi.cli {
  requires dev.jacobi.core;
  requires info.picocli;
}
