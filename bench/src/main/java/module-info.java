/** Benchmarks, alone and against peers. */
module dev.jacobi.bench {
  requires dev.jacobi.core;
  requires java.management;
  requires static org.jspecify;

  exports dev.jacobi.bench;
  exports dev.jacobi.bench.table to
      dev.jacobi.cli;
}
