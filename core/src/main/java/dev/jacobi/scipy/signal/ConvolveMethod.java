package dev.jacobi.scipy.signal;

/** How a convolution is computed. */
public enum ConvolveMethod {
  /** By sums of products, as JAX does; SciPy chooses by size. */
  AUTO,
  /** By sums of products. */
  DIRECT,
  /** By products of Fourier transforms: fewer operations where both arrays are large. */
  FFT
}
