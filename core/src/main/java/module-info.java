/** Arrays, tracing, transformations, and the lowering to StableHLO. */
module dev.jacobi.core {
  requires transitive dev.jacobi.hlo;
  requires static transitive org.jspecify;

  exports dev.jacobi;
  exports dev.jacobi.control;
  exports dev.jacobi.debug;
  exports dev.jacobi.dispatch;
  exports dev.jacobi.export;
  exports dev.jacobi.image;
  exports dev.jacobi.implicit;
  exports dev.jacobi.io;
  exports dev.jacobi.jaxpr;
  exports dev.jacobi.lax;
  exports dev.jacobi.lax.linalg;
  exports dev.jacobi.lowering;
  exports dev.jacobi.nn;
  exports dev.jacobi.numpy;
  exports dev.jacobi.ops;
  exports dev.jacobi.optax;
  exports dev.jacobi.parallel;
  exports dev.jacobi.print;
  exports dev.jacobi.purity;
  exports dev.jacobi.random;
  exports dev.jacobi.remat;
  exports dev.jacobi.scipy;
  exports dev.jacobi.scipy.fft;
  exports dev.jacobi.scipy.interpolate;
  exports dev.jacobi.scipy.signal;
  exports dev.jacobi.scipy.stats;
  exports dev.jacobi.sharding;
  exports dev.jacobi.sparse;
  exports dev.jacobi.trace;
  exports dev.jacobi.transform;
  exports dev.jacobi.tree;
}
