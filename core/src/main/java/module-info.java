/** Arrays, tracing, transformations, and the lowering to StableHLO. */
module dev.jacobi.core {
  requires transitive dev.jacobi.hlo;
}
