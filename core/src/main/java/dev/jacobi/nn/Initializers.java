package dev.jacobi.nn;

import dev.jacobi.Array;
import dev.jacobi.Key;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Complexes;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Powers;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Zeros;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Promotion;
import dev.jacobi.random.Random;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * First values of weights, as {@code jax.nn.initializers}: each function gives an {@link
 * Initializer}. The same key gives the numbers that JAX gives.
 */
public final class Initializers {
  /** The standard deviation of a standard normal number between -2 and 2. */
  private static final double TRUNCATED = .87962566103423978;

  /** The same of a complex one of modulus below 2. */
  private static final double TRUNCATED_COMPLEX = .95311164380491208;

  private static final double STDDEV = 1e-2;

  private Initializers() {}

  /**
   * Zeros. {@code Initializers.zeros().init(Random.key(0), shape(2, 2), DType.F32)} is {@code [[0.
   * 0.] [0. 0.]]}.
   */
  public static Initializer zeros() {
    return (key, shape, dtype) -> Jnp.zeros(shape, dtype);
  }

  /**
   * Ones. {@code Initializers.ones().init(Random.key(0), shape(2, 2), DType.F32)} is {@code [[1.
   * 1.] [1. 1.]]}.
   */
  public static Initializer ones() {
    return (key, shape, dtype) -> Jnp.ones(shape, dtype);
  }

  /**
   * One value everywhere. {@code Initializers.constant(2).init(Random.key(0), shape(2, 2),
   * DType.F32)} is {@code [[2. 2.] [2. 2.]]}.
   */
  public static Initializer constant(double value) {
    return (key, shape, dtype) -> Zeros.full(Scalars.of(dtype, value), shape);
  }

  /** Values that broadcast to the shape. */
  public static Initializer constant(Array value) {
    return (key, shape, dtype) ->
        Promotion.broadcastTo(Promotion.convert(value, dtype, false), shape);
  }

  /**
   * Even numbers in [0, 0.01). {@code Initializers.uniform().init(Random.key(0), shape(2, 2),
   * DType.F32).shape()} is {@code (2, 2)}.
   */
  public static Initializer uniform() {
    return uniform(STDDEV);
  }

  /** Even numbers in [0, scale). */
  public static Initializer uniform(double scale) {
    return (key, shape, dtype) -> scaled(Random.uniform(key, shape, dtype), scale);
  }

  /**
   * Normal numbers of standard deviation 0.01. {@code Initializers.normal().init(Random.key(0),
   * shape(2, 2), DType.F32).shape()} is {@code (2, 2)}.
   */
  public static Initializer normal() {
    return normal(STDDEV);
  }

  /** Normal numbers of a standard deviation. */
  public static Initializer normal(double stddev) {
    return (key, shape, dtype) -> scaled(Random.normal(key, shape, dtype), stddev);
  }

  /**
   * Normal numbers between -2 and 2, times 0.01. {@code
   * Initializers.truncatedNormal().init(Random.key(0), shape(2, 2), DType.F32).shape()} is {@code
   * (2, 2)}.
   */
  public static Initializer truncatedNormal() {
    return truncatedNormal(STDDEV);
  }

  /** Normal numbers between -2 and 2, times {@code stddev}. */
  public static Initializer truncatedNormal(double stddev) {
    return truncatedNormal(stddev, -2, 2);
  }

  /** Normal numbers between two bounds, times {@code stddev}. */
  public static Initializer truncatedNormal(double stddev, double lower, double upper) {
    return (key, shape, dtype) ->
        scaled(Random.truncatedNormal(key, lower, upper, shape, dtype), stddev);
  }

  private static Array scaled(Array x, double factor) {
    return Arithmetic.mul(x, Scalars.like(x, factor));
  }

  /**
   * Numbers whose variance is {@code scale} divided by the inputs or outputs of a unit. {@code
   * Initializers.varianceScaling(2, VarianceMode.FAN_IN, WeightLaw.NORMAL).init(Random.key(0),
   * shape(2, 2), DType.F32).shape()} is {@code (2, 2)}.
   */
  public static Initializer varianceScaling(double scale, VarianceMode mode, WeightLaw law) {
    return varianceScaling(scale, mode, law, Fans.LAST);
  }

  /** The same where other dimensions count inputs and outputs. */
  public static Initializer varianceScaling(
      double scale, VarianceMode mode, WeightLaw law, Fans fans) {
    return (key, shape, dtype) -> {
      if (!dtype.isInexact()) {
        throw new LaxTypeException(
            "varianceScaling", "gives floating or complex numbers, not " + dtype.shortName());
      }
      Fans.Sizes sizes = fans.of(shape);
      double by =
          switch (mode) {
            case FAN_IN -> sizes.in();
            case FAN_OUT -> sizes.out();
            case FAN_AVG -> (sizes.in() + sizes.out()) / 2;
            case FAN_GEO_AVG -> Math.sqrt(sizes.in() * sizes.out());
          };
      return drawn(key, shape, dtype, law, Scalars.of(dtype, scale / by));
    };
  }

  private static Array drawn(Key key, Shape shape, DType t, WeightLaw law, Array variance) {
    return switch (law) {
      case NORMAL -> times(Random.normal(key, shape, t), Powers.sqrt(variance));
      case UNIFORM -> {
        if (t.isComplex()) {
          yield times(disk(key, shape, t), Powers.sqrt(variance));
        }
        Array bound = Powers.sqrt(Arithmetic.mul(Scalars.of(t, 3), variance));
        yield times(Random.uniform(key, shape, t, -1, 1), bound);
      }
      case TRUNCATED_NORMAL -> {
        double own = t.isComplex() ? TRUNCATED_COMPLEX : TRUNCATED;
        Array stddev = Arithmetic.div(Powers.sqrt(variance), Scalars.of(t, own));
        yield times(
            t.isComplex()
                ? truncatedComplex(key, shape, t)
                : Random.truncatedNormal(key, -2, 2, shape, t),
            stddev);
      }
    };
  }

  private static Array times(Array x, Array scalar) {
    return Arithmetic.mul(x, Promotion.broadcastTo(scalar, x.shape()));
  }

  /** Even numbers in a disk of variance 1. */
  private static Array disk(Key key, Shape shape, DType t) {
    Key keys = Random.split(key);
    Array u = Random.uniform(keys.get(0), shape, t.real());
    Array square = Arithmetic.mul(Scalars.of(t.real(), 2), u);
    return turned(keys.get(1), Convert.convertElementType(Powers.sqrt(square), t));
  }

  /** Standard normal numbers of modulus below 2, by the inverse of the modulus' distribution. */
  private static Array truncatedComplex(Key key, Shape shape, DType t) {
    Key keys = Random.split(key);
    Array share = Arithmetic.sub(Scalars.of(t, 1), Elementary.exp(Scalars.of(t, -4)));
    Array u = Convert.convertElementType(Random.uniform(keys.get(0), shape, t.real()), t);
    Array rest = Arithmetic.sub(Scalars.of(t, 1), times(u, share));
    return turned(keys.get(1), Powers.sqrt(Arithmetic.neg(Elementary.log(rest))));
  }

  /** Complex numbers in random directions. */
  private static Array turned(Key key, Array r) {
    DType real = r.dtype().real();
    Array u = Random.uniform(key, r.shape(), real);
    Array theta = Arithmetic.mul(Scalars.of(real, 2 * Math.PI), u);
    Array direction = Complexes.complex(Elementary.cos(theta), Elementary.sin(theta));
    return Arithmetic.mul(r, direction);
  }

  /**
   * Even numbers of variance 2 / (inputs + outputs): Glorot and Bengio (2010). {@code
   * Initializers.glorotUniform().init(Random.key(0), shape(2, 2), DType.F32).shape()} is {@code (2,
   * 2)}.
   */
  public static Initializer glorotUniform() {
    return glorotUniform(Fans.LAST);
  }

  /** The same where other dimensions count inputs and outputs. */
  public static Initializer glorotUniform(Fans fans) {
    return varianceScaling(1, VarianceMode.FAN_AVG, WeightLaw.UNIFORM, fans);
  }

  /**
   * Truncated normal numbers of variance 2 / (inputs + outputs): Glorot and Bengio (2010). {@code
   * Initializers.glorotNormal().init(Random.key(0), shape(2, 2), DType.F32).shape()} is {@code (2,
   * 2)}.
   */
  public static Initializer glorotNormal() {
    return glorotNormal(Fans.LAST);
  }

  /** The same where other dimensions count inputs and outputs. */
  public static Initializer glorotNormal(Fans fans) {
    return varianceScaling(1, VarianceMode.FAN_AVG, WeightLaw.TRUNCATED_NORMAL, fans);
  }

  /**
   * Another name of {@link #glorotUniform()}. {@code
   * Initializers.xavierUniform().init(Random.key(0), shape(2, 2), DType.F32).shape()} is {@code (2,
   * 2)}.
   */
  public static Initializer xavierUniform() {
    return glorotUniform();
  }

  /** Another name of {@link #glorotUniform(Fans)}. */
  public static Initializer xavierUniform(Fans fans) {
    return glorotUniform(fans);
  }

  /**
   * Another name of {@link #glorotNormal()}. {@code Initializers.xavierNormal().init(Random.key(0),
   * shape(2, 2), DType.F32).shape()} is {@code (2, 2)}.
   */
  public static Initializer xavierNormal() {
    return glorotNormal();
  }

  /** Another name of {@link #glorotNormal(Fans)}. */
  public static Initializer xavierNormal(Fans fans) {
    return glorotNormal(fans);
  }

  /**
   * Even numbers of variance 1 / inputs: LeCun et al., "Efficient BackProp" (1998). {@code
   * Initializers.lecunUniform().init(Random.key(0), shape(2, 2), DType.F32).shape()} is {@code (2,
   * 2)}.
   */
  public static Initializer lecunUniform() {
    return lecunUniform(Fans.LAST);
  }

  /** The same where other dimensions count inputs and outputs. */
  public static Initializer lecunUniform(Fans fans) {
    return varianceScaling(1, VarianceMode.FAN_IN, WeightLaw.UNIFORM, fans);
  }

  /**
   * Truncated normal numbers of variance 1 / inputs: LeCun et al. (1998). {@code
   * Initializers.lecunNormal().init(Random.key(0), shape(2, 2), DType.F32).shape()} is {@code (2,
   * 2)}.
   */
  public static Initializer lecunNormal() {
    return lecunNormal(Fans.LAST);
  }

  /** The same where other dimensions count inputs and outputs. */
  public static Initializer lecunNormal(Fans fans) {
    return varianceScaling(1, VarianceMode.FAN_IN, WeightLaw.TRUNCATED_NORMAL, fans);
  }

  /**
   * Even numbers of variance 2 / inputs, for rectifiers: He et al. (2015). {@code
   * Initializers.heUniform().init(Random.key(0), shape(2, 2), DType.F32).shape()} is {@code (2,
   * 2)}.
   */
  public static Initializer heUniform() {
    return heUniform(Fans.LAST);
  }

  /** The same where other dimensions count inputs and outputs. */
  public static Initializer heUniform(Fans fans) {
    return varianceScaling(2, VarianceMode.FAN_IN, WeightLaw.UNIFORM, fans);
  }

  /**
   * Truncated normal numbers of variance 2 / inputs, for rectifiers: He et al. (2015). {@code
   * Initializers.heNormal().init(Random.key(0), shape(2, 2), DType.F32).shape()} is {@code (2, 2)}.
   */
  public static Initializer heNormal() {
    return heNormal(Fans.LAST);
  }

  /** The same where other dimensions count inputs and outputs. */
  public static Initializer heNormal(Fans fans) {
    return varianceScaling(2, VarianceMode.FAN_IN, WeightLaw.TRUNCATED_NORMAL, fans);
  }

  /**
   * Another name of {@link #heUniform()}. {@code Initializers.kaimingUniform().init(Random.key(0),
   * shape(2, 2), DType.F32).shape()} is {@code (2, 2)}.
   */
  public static Initializer kaimingUniform() {
    return heUniform();
  }

  /** Another name of {@link #heUniform(Fans)}. */
  public static Initializer kaimingUniform(Fans fans) {
    return heUniform(fans);
  }

  /**
   * Another name of {@link #heNormal()}. {@code Initializers.kaimingNormal().init(Random.key(0),
   * shape(2, 2), DType.F32).shape()} is {@code (2, 2)}.
   */
  public static Initializer kaimingNormal() {
    return heNormal();
  }

  /** Another name of {@link #heNormal(Fans)}. */
  public static Initializer kaimingNormal(Fans fans) {
    return heNormal(fans);
  }

  /**
   * Orthonormal columns, or rows if they are fewer: Saxe et al. (2014). {@code
   * Initializers.orthogonal().init(Random.key(0), shape(2, 2), DType.F32).shape()} is {@code (2,
   * 2)}.
   */
  public static Initializer orthogonal() {
    return orthogonal(1, -1);
  }

  /** The same times {@code scale}, with columns along a dimension; the others make the rows. */
  public static Initializer orthogonal(double scale, int columnAxis) {
    return (key, shape, dtype) -> {
      if (shape.rank() < 2) {
        throw new LaxTypeException("orthogonal", "needs two dimensions or more, not " + shape);
      }
      int d = columnAxis < 0 ? columnAxis + shape.rank() : columnAxis;
      if (d < 0 || d >= shape.rank()) {
        throw new LaxTypeException(
            "orthogonal", "axis " + columnAxis + " is no dimension of the shape " + shape);
      }
      long[] sizes = shape.toArray();
      if (Arrays.stream(sizes).anyMatch(n -> n == 0)) {
        return Jnp.zeros(shape, dtype);
      }
      Shape others = shape.without(dev.jacobi.hlo.Axes.of(d));
      Array q = Random.orthogonal(key, others.size(), Shape.scalar(), dtype, sizes[d]);
      Shape behind = others.insert(others.rank(), sizes[d]);
      return scaled(Jnp.moveaxis(Jnp.reshape(q, behind.toArray()), -1, d), scale);
    };
  }

  /**
   * Orthogonal in the middle of a kernel, zero around it: Xiao et al. (2018). {@code
   * Initializers.deltaOrthogonal().init(Random.key(0), shape(3, 3, 2, 2), DType.F32).shape()} is
   * {@code (3, 3, 2, 2)}.
   */
  public static Initializer deltaOrthogonal() {
    return deltaOrthogonal(1, -1);
  }

  /**
   * The same times {@code scale}: weights of shape (kernel..., inputs, outputs), of rank 3 to 5.
   */
  public static Initializer deltaOrthogonal(double scale, int columnAxis) {
    return (key, shape, dtype) -> {
      int kernel = shape.rank() - 2;
      if (kernel < 1 || kernel > 3) {
        throw new LaxTypeException(
            "deltaOrthogonal", "needs three, four or five dimensions, not " + shape);
      }
      if (shape.dim(kernel + 1) < shape.dim(kernel)) {
        throw new LaxTypeException(
            "deltaOrthogonal", "there are more inputs than outputs in the shape " + shape);
      }
      Shape matrix = Shape.of(shape.dim(kernel), shape.dim(kernel + 1));
      Array middle = orthogonal(scale, columnAxis).init(key, matrix, dtype);
      int[] at = IntStream.range(0, kernel).map(d -> (int) ((shape.dim(d) - 1) / 2)).toArray();
      return Jnp.zeros(shape, dtype).at(at).set(middle);
    };
  }
}
