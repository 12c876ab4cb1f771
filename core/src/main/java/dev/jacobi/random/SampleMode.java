package dev.jacobi.random;

/**
 * How finely small probabilities are told apart, as JAX's {@code mode}. With {@link #LOW} an f32
 * sampler is biased for events rarer than 1e-7, with {@link #HIGH} than 1e-14, at twice the cost.
 */
public enum SampleMode {
  /** One random number of the type's precision per sample; the default. */
  LOW,
  /** Two of them per sample. */
  HIGH,
  /** 64 random bits per f32 sample; other types do as {@link #HIGH}. */
  HIGHEST
}
