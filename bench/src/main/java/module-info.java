/** Benchmarks, alone and against peers. */
module dev.jacobi.bench {
  requires dev.jacobi.core;
}
