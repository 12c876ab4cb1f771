/**
 * StableHLO: the IR, its text, the verifier, the reference interpreter and the interface of
 * backends.
 */
module dev.jacobi.hlo {
  exports dev.jacobi.hlo.config;
}
