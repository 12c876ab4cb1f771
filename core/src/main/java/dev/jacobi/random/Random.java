package dev.jacobi.random;

import dev.jacobi.Array;
import dev.jacobi.Key;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.ArgReductions;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Complexes;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Scalars;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Promotion;
import dev.jacobi.transform.NamedJit;
import java.math.BigInteger;
import java.util.List;
import java.util.function.Supplier;

/**
 * Random numbers from explicit keys, for {@code import static dev.jacobi.random.Random.*}. The same
 * key gives the same numbers, always: bits, integers and uniform numbers equal those of {@code
 * jax.random} (default generator, 64-bit types on) to the bit, the others by the same formulas.
 * Every function gives f32 or i32 unless a type is asked for; {@code shape} is that of the result.
 */
public final class Random extends RandomCounts {
  private Random() {}

  /**
   * Runs {@code body}, and throws {@link KeyReuseException} where it consumes a key twice, inside
   * traced functions too. {@code Random.checkKeyReuse(() -> Random.uniform(Random.key(0),
   * shape(2)).shape())} is {@code (2,)}.
   */
  public static <R> R checkKeyReuse(Supplier<R> body) {
    return KeyReuse.check(body);
  }

  /**
   * A key from a seed, as JAX's {@code key} with 64-bit types on. {@code Random.key(7)} is {@code
   * Key([0 7])}.
   */
  public static Key key(long seed) {
    return Key.of(RandomPrimitives.seed(Scalars.ofLong(DType.I64, seed)));
  }

  /**
   * Two new keys. {@code Random.split(Random.key(0))} is {@code Key([[1797259609 2579123966] [
   * 928981903 3453687069]])}.
   */
  public static Key split(Key key) {
    return key.split(2);
  }

  /** {@code n} new keys. */
  public static Key split(Key key, long n) {
    return key.split(n);
  }

  /**
   * A new key of a key and a number. {@code Random.foldIn(Random.key(0), 1).equals(Random.key(0))}
   * is {@code false}.
   */
  public static Key foldIn(Key key, long data) {
    return key.foldIn(data);
  }

  /**
   * Random bits as unsigned integers. {@code Random.bits(Random.key(0), shape(2), DType.U32)} is
   * {@code [4070199207 4202968722]}.
   */
  public static Array bits(Key key, Shape shape, DType dtype) {
    if (!dtype.isUnsigned()) {
      throw new LaxTypeException("bits", "gives unsigned integers, not " + dtype.shortName());
    }
    return RandomPrimitives.bits(Sampling.scalarKey("bits", key), dtype.bits(), shape);
  }

  /** Random bits as u32. */
  public static Array bits(Key key, Shape shape) {
    return bits(key, shape, DType.U32);
  }

  /**
   * Uniform f32 numbers in [0, 1). {@code Random.uniform(Random.key(0), shape(2))} is {@code
   * [0.947667 0.9785799]}.
   */
  public static Array uniform(Key key, Shape shape) {
    return uniform(key, shape, DType.F32, 0, 1);
  }

  /** Uniform numbers in [0, 1). */
  public static Array uniform(Key key, Shape shape, DType dtype) {
    return uniform(key, shape, dtype, 0, 1);
  }

  /** Uniform numbers in [low, high). */
  public static Array uniform(Key key, Shape shape, DType dtype, double low, double high) {
    return uniform(key, shape, dtype, Scalars.of(dtype, low), Scalars.of(dtype, high));
  }

  /** Uniform numbers between arrays that broadcast to {@code shape}. */
  public static Array uniform(Key key, Shape shape, DType dtype, Array low, Array high) {
    Sampling.floating("uniform", dtype);
    return NamedJit.call(
            "_uniform",
            List.of(shape, dtype),
            in -> List.of(uniformBody(in.get(0), shape, dtype, in.get(1), in.get(2))),
            List.of(
                Sampling.scalarKey("uniform", key),
                Promotion.convert(low, dtype, false),
                Promotion.convert(high, dtype, false)))
        .getFirst();
  }

  static int mantissaBits(DType dtype) {
    return switch (dtype) {
      case F16 -> 10;
      case BF16 -> 7;
      case F32 -> 23;
      case F64 -> 52;
      default -> throw new LaxTypeException("uniform", "has no mantissa: " + dtype.shortName());
    };
  }

  /** Random mantissa bits under the exponent of 1 give [1, 2); less 1, scaled and shifted. */
  private static Array uniformBody(Array key, Shape shape, DType dtype, Array low, Array high) {
    int mantissa = mantissaBits(dtype);
    int width = mantissa < 8 ? 8 : dtype.bits(); // bf16 needs one byte only
    DType word = RandomPrimitives.unsigned(dtype.bits());
    Array bits = RandomPrimitives.bits(key, width, shape);
    Array shifted = Bits.shiftRightLogical(bits, Scalars.ofLong(bits.dtype(), width - mantissa));
    Array random = Convert.convertElementType(shifted, word);
    Array mask = Bits.or(random, Scalars.ofLong(word, oneBits(dtype)));
    Array unit = Arithmetic.sub(Convert.bitcastConvertType(mask, dtype), Scalars.of(dtype, 1));
    Array from = Promotion.broadcastTo(low, shape);
    Array span = Promotion.broadcastTo(Arithmetic.sub(high, low), shape);
    return Arithmetic.max(from, Arithmetic.add(Arithmetic.mul(unit, span), from));
  }

  private static long oneBits(DType dtype) {
    return switch (dtype) {
      case F16 -> 0x3C00L;
      case BF16 -> 0x3F80L;
      case F32 -> 0x3F800000L;
      default -> 0x3FF0000000000000L;
    };
  }

  /**
   * Whole numbers in [low, high) as i32. {@code Random.randint(Random.key(0), shape(3), 0, 10)} is
   * {@code [9 0 2]}.
   */
  public static Array randint(Key key, Shape shape, long low, long high) {
    return randint(key, shape, low, high, DType.I32);
  }

  /** Whole numbers in [low, high); bounds are clipped to what the type holds. */
  public static Array randint(Key key, Shape shape, long low, long high, DType dtype) {
    return randint(key, shape, BigInteger.valueOf(low), BigInteger.valueOf(high), dtype);
  }

  /** The same with bounds that a {@code long} may not hold: 2^64 as {@code high} is all of u64. */
  public static Array randint(Key key, Shape shape, BigInteger low, BigInteger high, DType dtype) {
    if (!dtype.isInteger()) {
      throw new LaxTypeException("randint", "gives integers, not " + dtype.shortName());
    }
    DType sample = dtype.bits() < 32 ? DType.I32 : dtype;
    BigInteger end = BigInteger.TWO.pow(dtype.isSigned() ? dtype.bits() - 1 : dtype.bits());
    BigInteger most = end.subtract(BigInteger.ONE);
    BigInteger least = dtype.isSigned() ? end.negate() : BigInteger.ZERO;
    BigInteger lo = low.max(least).min(most);
    BigInteger hi = high.max(least).min(sample == dtype ? most : end);
    boolean beyond = sample == dtype && high.compareTo(most) > 0;
    Array drawn =
        NamedJit.call(
                "_randint",
                List.of(shape, sample, beyond),
                in -> List.of(randintBody(in.get(0), shape, sample, in.get(1), in.get(2), beyond)),
                List.of(
                    Sampling.scalarKey("randint", key),
                    Scalars.ofLong(sample, lo.longValue()),
                    Scalars.ofLong(sample, hi.longValue())))
            .getFirst();
    return Convert.convertElementType(drawn, dtype);
  }

  /** Two words modulo the span, joined so that the bias is below 2^-width. */
  private static Array randintBody(
      Array key, Shape shape, DType dtype, Array low, Array high, boolean beyond) {
    Array keys = RandomPrimitives.split(key, Shape.of(2));
    DType word = RandomPrimitives.unsigned(dtype.bits());
    Array upper = RandomPrimitives.bits(at(keys, 0), dtype.bits(), shape);
    Array lower = RandomPrimitives.bits(at(keys, 1), dtype.bits(), shape);
    Array one = Scalars.ofLong(word, 1);
    Array span = Convert.convertElementType(Arithmetic.sub(high, low), word);
    span = Compare.select(Compare.le(high, low), one, span);
    if (beyond) {
      span = Compare.select(Compare.gt(high, low), Arithmetic.add(span, one), span);
    }
    Array half = Scalars.ofLong(word, 1L << (dtype.bits() / 2));
    Array multiplier = Arithmetic.rem(half, span);
    multiplier = Arithmetic.rem(Arithmetic.mul(multiplier, multiplier), span);
    Array spans = Promotion.broadcastTo(span, shape);
    Array scaled =
        Arithmetic.mul(Arithmetic.rem(upper, spans), Promotion.broadcastTo(multiplier, shape));
    Array offset = Arithmetic.rem(Arithmetic.add(scaled, Arithmetic.rem(lower, spans)), spans);
    return Arithmetic.add(
        Promotion.broadcastTo(low, shape), Convert.convertElementType(offset, dtype));
  }

  static Array at(Array keys, long i) {
    Array one = dev.jacobi.lax.Slices.slice(keys, Longs.of(i), Longs.of(i + 1), Longs.of(1));
    return dev.jacobi.lax.Shapes.squeeze(one, dev.jacobi.hlo.Axes.of(0));
  }

  /**
   * Standard normal f32 numbers. {@code Random.normal(Random.key(0), shape(2))} is {@code
   * [1.6226422 2.0252647]}.
   */
  public static Array normal(Key key, Shape shape) {
    return normal(key, shape, DType.F32);
  }

  /** Standard normal numbers; complex ones have total variance 1. */
  public static Array normal(Key key, Shape shape, DType dtype) {
    if (!dtype.isComplex()) {
      Sampling.floating("normal", dtype);
    }
    return NamedJit.call(
            "_normal",
            List.of(shape, dtype),
            in -> List.of(normalBody(in.getFirst(), shape, dtype)),
            List.of(Sampling.scalarKey("normal", key)))
        .getFirst();
  }

  private static Array normalBody(Array key, Shape shape, DType dtype) {
    if (dtype.isComplex()) {
      Array keys = RandomPrimitives.split(key, Shape.of(2));
      Array re = normalBody(at(keys, 0), shape, dtype.real());
      Array im = normalBody(at(keys, 1), shape, dtype.real());
      return Arithmetic.div(Complexes.complex(re, im), Scalars.of(dtype, Math.sqrt(2)));
    }
    Array low = Elementary.nextafter(Scalars.of(dtype, -1), Scalars.of(dtype, 0));
    Array u = uniform(Key.of(key), shape, dtype, low, Scalars.of(dtype, 1));
    return Arithmetic.mul(Scalars.of(dtype, Math.sqrt(2)), Elementary.erfInv(u));
  }

  /**
   * True with probability {@code p}. {@code Random.bernoulli(Random.key(0), 0.5, shape(3))} is
   * {@code [False False True]}.
   */
  public static Array bernoulli(Key key, double p, Shape shape) {
    return bernoulli(key, Scalars.of(DType.F32, p), shape);
  }

  /** True with the probabilities {@code p}, which broadcast to {@code shape}. */
  public static Array bernoulli(Key key, Array p, Shape shape) {
    return bernoulli(key, p, shape, SampleMode.LOW);
  }

  /** The same; {@link SampleMode#HIGHEST} does as {@code HIGH}. */
  public static Array bernoulli(Key key, Array p, Shape shape, SampleMode mode) {
    Sampling.floating("bernoulli", p.dtype());
    return NamedJit.call(
            "_bernoulli",
            List.of(shape, mode == SampleMode.LOW),
            in -> List.of(bernoulliBody(Key.of(in.get(0)), in.get(1), shape, mode)),
            List.of(Sampling.scalarKey("bernoulli", key), p))
        .getFirst();
  }

  private static Array bernoulliBody(Key key, Array p, Shape shape, SampleMode mode) {
    Array limit = Promotion.broadcastTo(p, shape);
    if (mode == SampleMode.LOW) {
      return Compare.lt(uniform(key, shape, p.dtype()), limit);
    }
    Array pair = uniform(key, shape.insert(0, 2), p.dtype());
    Array fine = Arithmetic.mul(pair.get(1), Math.scalb(1.0, -mantissaBits(p.dtype())));
    return Compare.lt(fine, Arithmetic.sub(limit, pair.get(0)));
  }

  /**
   * Exponential numbers of rate 1. {@code Random.exponential(Random.key(0), shape(2))} is {@code
   * [2.950128 3.8434246]}.
   */
  public static Array exponential(Key key, Shape shape) {
    return exponential(key, shape, DType.F32);
  }

  public static Array exponential(Key key, Shape shape, DType dtype) {
    Sampling.floating("exponential", dtype);
    return NamedJit.call(
            "_exponential",
            List.of(shape, dtype),
            in -> {
              Array u = uniform(Key.of(in.getFirst()), shape, dtype);
              return List.of(Arithmetic.neg(Elementary.log1p(Arithmetic.neg(u))));
            },
            List.of(Sampling.scalarKey("exponential", key)))
        .getFirst();
  }

  /**
   * Standard Gumbel numbers. {@code Random.gumbel(Random.key(0), shape(2))} is {@code [2.9233725
   * 3.8326175]}.
   */
  public static Array gumbel(Key key, Shape shape) {
    return gumbel(key, shape, DType.F32);
  }

  public static Array gumbel(Key key, Shape shape, DType dtype) {
    return gumbel(key, shape, dtype, SampleMode.LOW);
  }

  public static Array gumbel(Key key, Shape shape, DType dtype, SampleMode mode) {
    Sampling.floating("gumbel", dtype);
    return NamedJit.call(
            "_gumbel",
            List.of(shape, dtype, mode),
            in -> List.of(Gumbel.sample(Key.of(in.getFirst()), shape, dtype, mode)),
            List.of(Sampling.scalarKey("gumbel", key)))
        .getFirst();
  }

  /**
   * Indices along the last axis of {@code logits}, each with probability softmax(logits). {@code
   * Random.categorical(Random.key(0), zeros(2, 3)).shape()} is {@code (2,)}.
   */
  public static Array categorical(Key key, Array logits) {
    return categorical(key, logits, -1);
  }

  public static Array categorical(Key key, Array logits, int axis) {
    return categorical(key, logits, axis, Shape.scalar(), SampleMode.LOW);
  }

  /** A sample of shape {@code prefix} of every distribution: the prefix comes first. */
  public static Array categorical(Key key, Array logits, int axis, Shape prefix, SampleMode mode) {
    int along = axis < 0 ? axis + logits.rank() : axis;
    if (along < 0 || along >= logits.rank()) {
      throw new LaxTypeException(
          "categorical", "axis " + axis + " is out of range for shape " + logits.shape());
    }
    Shape all = prefix.concat(logits.shape());
    Array noise = gumbel(key, all, logits.dtype(), mode);
    Array sum = Arithmetic.add(noise, Promotion.broadcastTo(logits, all));
    return ArgReductions.argmax(sum, prefix.rank() + along, DType.I32);
  }

  /**
   * Normal numbers between two bounds. {@code Random.truncatedNormal(Random.key(0), -1, 1,
   * shape(2))} is {@code [0.86185926 0.9412883 ]}.
   */
  public static Array truncatedNormal(Key key, double low, double high, Shape shape) {
    return truncatedNormal(key, low, high, shape, DType.F32);
  }

  public static Array truncatedNormal(Key key, double low, double high, Shape shape, DType dtype) {
    return truncatedNormal(key, Jnp.weak(low), Jnp.weak(high), shape, dtype);
  }

  static Array truncated(Key key, Array low, Array high, Shape shape, DType t) {
    Array sqrt2 = Scalars.of(t, Math.sqrt(2));
    Array a = Elementary.erf(Arithmetic.div(low, sqrt2));
    Array b = Elementary.erf(Arithmetic.div(high, sqrt2));
    Array u = uniform(key, shape, t, a, b);
    Array x = Arithmetic.mul(sqrt2, Elementary.erfInv(u));
    Array up = Scalars.of(t, Double.POSITIVE_INFINITY);
    Array down = Scalars.of(t, Double.NEGATIVE_INFINITY);
    Array least = Elementary.nextafter(Convert.stopGradient(low), up);
    Array most = Elementary.nextafter(Convert.stopGradient(high), down);
    return Compare.clamp(least, x, most);
  }

  /**
   * The numbers 0 to n-1 in random order, as i32. {@code Random.permutation(Random.key(0), 4)} is
   * {@code [0 1 3 2]}.
   */
  public static Array permutation(Key key, long n) {
    if (n < 0 || n > Integer.MAX_VALUE) {
      throw new LaxTypeException("permutation", "there are no " + n + " numbers of type i32");
    }
    Sampling.scalarKey("permutation", key);
    return Drawing.shuffle(key, Drawing.places(n), 0);
  }

  /** The sub-arrays of the first dimension in random order. */
  public static Array permutation(Key key, Array x) {
    return permutation(key, x, 0);
  }

  /** The sub-arrays of a dimension in random order. */
  public static Array permutation(Key key, Array x, int axis) {
    return permutation(key, x, axis, false);
  }

  /**
   * The elements of a dimension in random order.
   *
   * @param independent whether every vector along the dimension gets an order of its own
   */
  public static Array permutation(Key key, Array x, int axis, boolean independent) {
    Sampling.scalarKey("permutation", key);
    return Drawing.permutation(key, x, axis, independent);
  }

  /**
   * Numbers from 0 to n-1 drawn with replacement, as i32. {@code Random.choice(Random.key(0), 10,
   * shape(3))} is {@code [9 0 2]}.
   */
  public static Array choice(Key key, long n, Shape shape) {
    return choice(key, n, shape, Choice.PLAIN);
  }

  /** Numbers from 0 to n-1. */
  public static Array choice(Key key, long n, Shape shape, Choice how) {
    if (n < 0 || n > Integer.MAX_VALUE) {
      throw new LaxTypeException("choice", "there are no " + n + " numbers of type i32");
    }
    return choice(key, Drawing.places(n), shape, how.axis(0));
  }

  /** Sub-arrays of the first dimension, drawn with replacement. */
  public static Array choice(Key key, Array x, Shape shape) {
    return choice(key, x, shape, Choice.PLAIN);
  }

  /** Sub-arrays of a dimension, which {@code shape} replaces in the result. */
  public static Array choice(Key key, Array x, Shape shape, Choice how) {
    Sampling.scalarKey("choice", key);
    return Drawing.choice(key, x, shape, how);
  }
}
