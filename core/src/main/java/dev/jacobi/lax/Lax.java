package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Fn2;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.SpectralOp.FftType;
import dev.jacobi.numpy.TopK;
import dev.jacobi.random.RngBits;
import dev.jacobi.trace.Bind;
import dev.jacobi.transform.ApproxTopK;
import dev.jacobi.transform.Composite;
import dev.jacobi.transform.Staging;
import dev.jacobi.transform.TreeFn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code jax.lax}: operations close to those of the compiler, by JAX's names in camelCase. Unlike
 * the functions of {@code Jnp} they neither broadcast nor promote: operands have one element type
 * and one shape, or are scalars; {@link LaxTypeException} says what does not fit.
 *
 * <p>Functions of one array have one method each, so that {@code vmap(Lax::exp)} resolves; the
 * accuracy that some take in JAX comes first: {@code AccuracyMode.HIGHEST.exp(x)}. What Python
 * passes by keyword is an option record ({@link ConvOptions}, {@link IndexOptions}). The chain of
 * classes above this one is only a division of the file: call everything as {@code Lax.name}.
 */
public final class Lax extends LaxParallel {
  private Lax() {}

  /**
   * See {@link Convolution#convGeneralDilated}. {@code Lax.convGeneralDilated(ones(1, 1, 4),
   * ones(1, 1, 2), ConvOptions.of(Padding.VALID, 1))} is {@code [[[2. 2. 2.]]]}.
   */
  public static Array convGeneralDilated(Array lhs, Array rhs, ConvOptions options) {
    return Convolution.convGeneralDilated(lhs, rhs, options);
  }

  /**
   * A convolution with a kernel of its own at every place; see {@link LocalConvolution}. {@code
   * Lax.convGeneralDilatedLocal(ones(1, 1, 3), ones(1, 2, 2), Longs.of(2),
   * ConvOptions.of(Padding.VALID, 1))} is {@code [[[2. 2.]]]}.
   */
  public static Array convGeneralDilatedLocal(
      Array lhs, Array rhs, Longs filterShape, ConvOptions options) {
    return LocalConvolution.convGeneralDilatedLocal(lhs, rhs, filterShape, options);
  }

  /**
   * See {@link Convolution#convGeneralDilatedPatches}. {@code
   * Lax.convGeneralDilatedPatches(array(1f, 2f, 3f).reshape(1, 1, 3), Longs.of(2),
   * ConvOptions.of(Padding.VALID, 1))} is {@code [[[1. 2.] [2. 3.]]]}.
   */
  public static Array convGeneralDilatedPatches(Array lhs, Longs filterShape, ConvOptions options) {
    return Convolution.convGeneralDilatedPatches(lhs, filterShape, options);
  }

  /**
   * See {@link Convolution#convTranspose}. {@code Lax.convTranspose(ones(1, 2, 1), ones(2, 1, 1),
   * ConvTransposeOptions.of(Padding.VALID, 1)).shape()} is {@code (1, 3, 1)}.
   */
  public static Array convTranspose(Array lhs, Array rhs, ConvTransposeOptions options) {
    return Convolution.convTranspose(lhs, rhs, options);
  }

  /**
   * A convolution of {@code NCHW} by {@code OIHW}. {@code Lax.conv(ones(1, 1, 3, 3), ones(1, 1, 2,
   * 2), Padding.VALID, 1, 1)} is {@code [[[[4. 4.] [4. 4.]]]]}.
   */
  public static Array conv(Array lhs, Array rhs, Padding padding, long... windowStrides) {
    return Convolution.conv(lhs, rhs, padding, windowStrides);
  }

  /**
   * The same with dilations. {@code Lax.convWithGeneralPadding(ones(1, 1, 4), ones(1, 1, 2),
   * Longs.of(1), Padding.VALID, Optional.empty(), Optional.of(Longs.of(2)))} is {@code [[[2.
   * 2.]]]}.
   */
  public static Array convWithGeneralPadding(
      Array lhs,
      Array rhs,
      Longs windowStrides,
      Padding padding,
      Optional<Longs> lhsDilation,
      Optional<Longs> rhsDilation) {
    return Convolution.convWithGeneralPadding(
        lhs, rhs, windowStrides, padding, lhsDilation, rhsDilation);
  }

  /**
   * Which dimension is which, by letters: {@code ("NHWC", "HWIO", "NHWC")}. {@code
   * Lax.convGeneralDilated(ones(1, 3, 1), ones(2, 1, 1), ConvOptions.of(Padding.VALID,
   * 1).withDimensionNumbers(Lax.convDimensionNumbers("NWC", "WIO", "NWC"))).shape()} is {@code (1,
   * 2, 1)}.
   */
  public static ConvDimensionNumbers convDimensionNumbers(String lhs, String rhs, String out) {
    return ConvDimensionNumbers.of(lhs, rhs, out);
  }

  /**
   * See {@link Fft#fft}. {@code Lax.fft(array(1f, 2f, 3f, 4f), FftType.RFFT, 4)} is {@code [10.+0.j
   * -2.+2.j -2.+0.j]}.
   */
  public static Array fft(Array x, FftType fftType, long... fftLengths) {
    return Fft.fft(x, fftType, Longs.of(fftLengths));
  }

  /**
   * The value as a constant of differentiation. {@code grad(x ->
   * x.times(Lax.stopGradient(x))).apply(scalar(3f))} is {@code 3.0}.
   */
  public static Array stopGradient(Array x) {
    return Convert.stopGradient(x);
  }

  /**
   * The value itself: in Java every operand is an array already. {@code Lax.stage(array(1f, 2f))}
   * is {@code [1. 2.]}.
   */
  public static Array stage(Array x) {
    return x;
  }

  /**
   * An array of any values; ours are 0. {@code Lax.empty(shape(2, 3), DType.F32).shape()} is {@code
   * (2, 3)}.
   */
  public static Array empty(Shape shape, DType dtype) {
    return Barrier.empty(shape, dtype);
  }

  /**
   * The same tree, whose arrays a compiler may not look through: what comes before is neither
   * merged nor computed together with equal operations behind it. Linear; batches pass. {@code
   * Lax.optimizationBarrier(array(1f))} is {@code [1.]}.
   */
  @SuppressWarnings("unchecked") // the tree has the structure of the operand
  public static <T> T optimizationBarrier(T operand) {
    return (T) Staging.optimizationBarrier(operand);
  }

  /**
   * A function as a named operation, which some compilers may know; others, ours among them, take
   * its decomposition. It has no derivatives and no rule for batches, as in JAX. {@code
   * Lax.composite((Array x) -> x.times(2), "my.double").apply(array(1f, 2f))} is {@code [2. 4.]}.
   */
  public static <A, R> Fn1<A, R> composite(Fn1<A, R> decomposition, String name) {
    return composite(decomposition, name, 0, Map.of());
  }

  /**
   * The same with a version of its meaning and attributes.
   *
   * @param attributes strings, numbers, booleans and lists of them, for those who know the name;
   *     the decomposition has them from the program text
   */
  @SuppressWarnings("unchecked") // the trees have the structure of the function's
  public static <A, R> Fn1<A, R> composite(
      Fn1<A, R> decomposition, String name, int version, Map<String, ?> attributes) {
    TreeFn fn = new TreeFn(decomposition, a -> decomposition.apply((A) a[0]));
    return a -> (R) Composite.call(fn, name, version, attributes, a);
  }

  /** The same of two arguments. */
  @SuppressWarnings("unchecked") // the trees have the structure of the function's
  public static <A, B, R> Fn2<A, B, R> composite(
      Fn2<A, B, R> decomposition, String name, int version, Map<String, ?> attributes) {
    TreeFn fn = new TreeFn(decomposition, a -> decomposition.apply((A) a[0], (B) a[1]));
    return (a, b) -> (R) Composite.call(fn, name, version, attributes, a, b);
  }

  /**
   * Calls the function for the platform on which programs run: {@code cpu} for the CPU engine and
   * the interpreter. Unlike in JAX the others are not traced. {@code
   * Lax.platformDependent(array(1f), Map.<String, Fn1<Array, Array>>of("cpu", x -> x.times(2)))} is
   * {@code [2.]}.
   *
   * @throws LaxTypeException if there is none for the platform
   */
  public static <A, R> R platformDependent(A args, Map<String, ? extends Fn1<A, R>> perPlatform) {
    return Staging.branch(new TreeMap<String, Fn1<A, R>>(perPlatform), null).apply(args);
  }

  /** The same with a function for all other platforms. */
  public static <A, R> R platformDependent(
      A args, Map<String, ? extends Fn1<A, R>> perPlatform, Fn1<A, R> defaultBranch) {
    return Staging.branch(new TreeMap<String, Fn1<A, R>>(perPlatform), defaultBranch).apply(args);
  }

  /**
   * The k largest elements along the last dimension; see the other method. {@code
   * Lax.approxMaxK(array(3f, 1f, 2f), 1).values()} is {@code [3.]}.
   */
  public static TopK approxMaxK(Array x, long k) {
    return approxMaxK(x, k, -1, ApproxOptions.DEFAULT);
  }

  /**
   * The k largest elements along a dimension and their places, of which a backend may miss some;
   * our engines miss none, but give NaNs as the largest.
   */
  public static TopK approxMaxK(Array x, long k, int reductionDimension, ApproxOptions options) {
    return approx(true, x, k, reductionDimension, options);
  }

  /**
   * The k smallest elements along the last dimension; see the other method. {@code
   * Lax.approxMinK(array(3f, 1f, 2f), 1).values()} is {@code [1.]}.
   */
  public static TopK approxMinK(Array x, long k) {
    return approxMinK(x, k, -1, ApproxOptions.DEFAULT);
  }

  /** The k smallest elements along a dimension and their places; see {@link #approxMaxK}. */
  public static TopK approxMinK(Array x, long k, int reductionDimension, ApproxOptions options) {
    return approx(false, x, k, reductionDimension, options);
  }

  private static TopK approx(boolean isMaxK, Array x, long k, int axis, ApproxOptions options) {
    ApproxTopK op =
        new ApproxTopK(
            options.aggregateToTopk(),
            isMaxK,
            k,
            options.recallTarget(),
            axis,
            options.reductionInputSizeOverride());
    List<Array> found = Bind.bind(op, List.of(x));
    return new TopK(found.get(0), found.get(1));
  }

  /**
   * Words of 32 random bits; see the other method. {@code Lax.rngBitGenerator(array(1, 2, 3,
   * 4).astype(DType.U32), 3).bits().shape()} is {@code (3,)}.
   */
  public static RandomWords rngBitGenerator(Array key, long... shape) {
    return rngBitGenerator(
        key, Dims.shape("rng_bit_generator", shape), DType.U32, RandomAlgorithm.RNG_DEFAULT);
  }

  /**
   * Random bits that follow from a state, as XLA makes them on CPUs. Under {@code vmap} all bits
   * come from the first state, as in JAX: batches differ from loops.
   *
   * @param key the state, {@code u32[4]} or {@code u64[2]}
   * @param dtype an unsigned integer type
   */
  public static RandomWords rngBitGenerator(
      Array key, Shape shape, DType dtype, RandomAlgorithm algorithm) {
    List<Array> out = RngBits.generate(key, shape, dtype, algorithm);
    return new RandomWords(out.get(0), out.get(1));
  }
}
