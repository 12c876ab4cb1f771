/** XLA as a backend: plugins with the PJRT C API. */
module dev.jacobi.pjrt {
  requires dev.jacobi.hlo;

  provides dev.jacobi.hlo.spi.BackendFamily with
      dev.jacobi.pjrt.PjrtFamily;

  exports dev.jacobi.pjrt to
      dev.jacobi.cli;
}
