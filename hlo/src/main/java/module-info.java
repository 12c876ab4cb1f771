/** The program representation, its text, verifier, reference interpreter and the backend SPI. */
module dev.jacobi.hlo {
  exports dev.jacobi.hlo;
  exports dev.jacobi.hlo.bytecode;
  exports dev.jacobi.hlo.check;
  exports dev.jacobi.hlo.config;
  exports dev.jacobi.hlo.fuzz;
  exports dev.jacobi.hlo.grid;
  exports dev.jacobi.hlo.host;
  exports dev.jacobi.hlo.interpret;
  exports dev.jacobi.hlo.linalg;
  exports dev.jacobi.hlo.memory;
  exports dev.jacobi.hlo.partition;
  exports dev.jacobi.hlo.refine;
  exports dev.jacobi.hlo.shorthand;
  exports dev.jacobi.hlo.spi;
  exports dev.jacobi.hlo.text;
  exports dev.jacobi.hlo.verify;

  uses dev.jacobi.hlo.spi.Backend;
  uses dev.jacobi.hlo.spi.BackendFamily;

  provides dev.jacobi.hlo.spi.Backend with
      dev.jacobi.hlo.interpret.InterpreterBackend;
}
