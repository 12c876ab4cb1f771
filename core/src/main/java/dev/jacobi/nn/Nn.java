package dev.jacobi.nn;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Powers;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Zeros;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Over;
import dev.jacobi.numpy.Promotion;
import dev.jacobi.transform.NamedJit;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Activations and losses' parts, for {@code import static dev.jacobi.nn.Nn.*}. Elementwise unless
 * said; integers become floating point, and every function keeps the shape unless said.
 */
public final class Nn extends NnOptions {
  private Nn() {}

  private static Array inexact(Array x) {
    boolean wide = x.dtype() == DType.I64 || x.dtype() == DType.U64;
    return x.dtype().isInexact() ? x : Convert.convertElementType(x, wide ? DType.F64 : DType.F32);
  }

  private static Array jitted(String name, UnaryOperator<Array> f, Array x) {
    return NamedJit.call(name, "", a -> List.of(f.apply(a.getFirst())), List.of(x)).getFirst();
  }

  private static Array zero(Array x) {
    return Scalars.like(x, 0);
  }

  /**
   * {@code max(x, 0)}, with derivative 0 at 0. {@code Nn.relu(array(-1f, 2f))} is {@code [0. 2.]}.
   */
  public static Array relu(Array x) {
    return NamedJit.callWithRule(
            "relu",
            "",
            a -> List.of(jitted("relu", v -> Jnp.maximum(v, zero(v)), a.getFirst())),
            a -> {
              Array v = a.getFirst();
              Array rises = Compare.gt(v, zero(v));
              return List.of(relu(v), Compare.select(rises, a.get(1), Zeros.like(a.get(1))));
            },
            List.of(x))
        .getFirst();
  }

  /**
   * {@code min(max(x, 0), 6)}, with derivative 0 at both ends. {@code Nn.relu6(array(-1f, 9f))} is
   * {@code [0. 6.]}.
   */
  public static Array relu6(Array x) {
    return NamedJit.callWithRule(
            "relu6",
            "",
            a -> {
              Array v = a.getFirst();
              return List.of(Jnp.minimum(Jnp.maximum(v, zero(v)), Scalars.like(v, 6)));
            },
            a -> {
              Array v = a.getFirst();
              Array inside =
                  Jnp.logicalAnd(Jnp.greater(v, zero(v)), Jnp.less(v, Scalars.like(v, 6)));
              return List.of(relu6(v), Compare.select(inside, a.get(1), Zeros.like(a.get(1))));
            },
            List.of(x))
        .getFirst();
  }

  /** {@code x} itself. {@code Nn.identity(array(-1f, 2f))} is {@code [-1. 2.]}. */
  public static Array identity(Array x) {
    return x;
  }

  /** {@code 1 / (1 + e^-x)}. {@code Nn.sigmoid(array(0f, 2f))} is {@code [0.5 0.8807971]}. */
  public static Array sigmoid(Array x) {
    return Elementary.logistic(inexact(x));
  }

  /**
   * {@code log(1 + e^x)} without overflow. {@code Nn.softplus(array(0f, 2f))} is {@code [0.6931472
   * 2.126928 ]}.
   */
  public static Array softplus(Array x) {
    return jitted(
        "softplus",
        v -> {
          Array value = inexact(v);
          return Jnp.logaddexp(value, zero(value));
        },
        x);
  }

  /**
   * {@code log(sigmoid(x))} without underflow. {@code Nn.logSigmoid(array(0f, 2f))} is {@code
   * [-0.6931472 -0.126928 ]}.
   */
  public static Array logSigmoid(Array x) {
    return jitted("log_sigmoid", v -> Arithmetic.neg(softplus(Arithmetic.neg(inexact(v)))), x);
  }

  /**
   * {@code x sigmoid(x)}, also called swish. {@code Nn.silu(array(0f, 2f))} is {@code [0.
   * 1.7615942]}.
   */
  public static Array silu(Array x) {
    return jitted(
        "silu",
        v -> {
          Array value = inexact(v);
          return Arithmetic.mul(value, Elementary.logistic(value));
        },
        x);
  }

  /** {@code x tanh(softplus(x))}. {@code Nn.mish(array(0f, 2f))} is {@code [0. 1.943959]}. */
  public static Array mish(Array x) {
    return jitted(
        "mish",
        v -> {
          Array value = inexact(v);
          return Arithmetic.mul(value, Elementary.tanh(softplus(value)));
        },
        x);
  }

  /**
   * {@code x}, below 0 {@code e^x - 1}. {@code Nn.elu(array(-1f, 2f))} is {@code [-0.63212055 2.
   * ]}.
   */
  public static Array elu(Array x) {
    return jitted("elu", v -> elu(inexact(v), Scalars.like(inexact(v), 1)), x);
  }

  /** {@code x}, below 0 {@code alpha (e^x - 1)}. */
  public static Array elu(Array x, double alpha) {
    return NamedJit.call(
            "elu",
            "alpha",
            a -> {
              Array v = inexact(a.getFirst());
              return List.of(elu(v, a.get(1)));
            },
            Promotion.together(x, Jnp.weak(alpha)))
        .getFirst();
  }

  private static Array elu(Array v, Array alpha) {
    Array rises = Compare.gt(v, zero(v));
    Array safe = Jnp.where(Compare.gt(v, zero(v)), Jnp.weak(0.0), v);
    Array grows = Elementary.expm1(safe);
    Array scale = Convert.convertElementType(alpha, v.dtype());
    return Jnp.where(rises, v, Jnp.multiply(scale, grows));
  }

  /**
   * The self-normalising elu: scaled so that mean 0 and variance 1 are kept. {@code
   * Nn.selu(array(-1f, 2f))} is {@code [-1.1113307 2.101402 ]}.
   */
  public static Array selu(Array x) {
    double alpha = 1.6732632423543772848170429916717;
    double scale = 1.0507009873554804934193349852946;
    return jitted(
        "selu",
        v -> {
          Array y = elu(v, alpha);
          return Arithmetic.mul(Scalars.like(y, scale), y);
        },
        x);
  }

  /**
   * {@code x}, below 0 {@code alpha (e^(x / alpha) - 1)} with alpha 1: smooth for every alpha.
   * {@code Nn.celu(array(-1f, 2f))} is {@code [-0.63212055 2. ]}.
   */
  public static Array celu(Array x) {
    return jitted(
        "celu",
        v -> {
          Array value = inexact(v);
          Array low = Elementary.expm1(Jnp.minimum(value, zero(value)));
          return Jnp.add(Jnp.maximum(value, zero(value)), low);
        },
        x);
  }

  /**
   * {@code x}, below 0 {@code 0.01 x}. {@code Nn.leakyRelu(array(-1f, 2f))} is {@code [-0.01 2. ]}.
   */
  public static Array leakyRelu(Array x) {
    return jitted(
        "leaky_relu",
        v -> {
          Array value = inexact(v);
          Array rises = Compare.ge(value, zero(value));
          Array falls = Arithmetic.mul(Scalars.like(value, 0.01), value);
          return Jnp.where(rises, value, falls);
        },
        x);
  }

  /**
   * The Gaussian error unit by its tanh approximation, as JAX defaults to. {@code
   * Nn.gelu(array(-1f, 2f))} is {@code [-0.158808 1.9545977]}.
   */
  public static Array gelu(Array x) {
    Array v = inexact(x);
    Array cubic = Arithmetic.mul(Scalars.like(v, 0.044715), Powers.integerPow(v, 3));
    Array inner = Arithmetic.mul(Scalars.like(v, Math.sqrt(2 / Math.PI)), Arithmetic.add(v, cubic));
    Array one = Arithmetic.add(Scalars.like(v, 1), Elementary.tanh(inner));
    return Arithmetic.mul(v, Arithmetic.mul(Scalars.like(v, 0.5), one));
  }

  /**
   * The Gaussian error unit: x times the normal distribution's share below x. {@code
   * Nn.geluExact(array(-1f, 2f))} is {@code [-0.15865526 1.9544997 ]}.
   */
  public static Array geluExact(Array x) {
    Array v = inexact(x);
    Array half = Arithmetic.mul(Scalars.like(v, 0.5), v);
    Array scaled = Arithmetic.mul(Arithmetic.neg(v), Scalars.like(v, Math.sqrt(0.5)));
    return Arithmetic.mul(half, Elementary.erfc(scaled));
  }

  /**
   * {@code x} between -1 and 1, else the nearer of these. {@code Nn.hardTanh(array(-3f, 0.5f))} is
   * {@code [-1. 0.5]}.
   */
  public static Array hardTanh(Array x) {
    return jitted(
        "hard_tanh",
        v -> {
          Array low = Jnp.where(Jnp.less(v, Jnp.weak(-1)), Jnp.weak(-1), v);
          return Jnp.where(Jnp.greater(v, Jnp.weak(1)), Jnp.weak(1), low);
        },
        x);
  }

  /** {@code relu6(x + 3) / 6}. {@code Nn.hardSigmoid(array(0f, 3f))} is {@code [0.5 1. ]}. */
  public static Array hardSigmoid(Array x) {
    return jitted("hard_sigmoid", v -> relu6(v.plus(3.0)).div(6.0), x);
  }

  /** {@code x hardSigmoid(x)}. {@code Nn.hardSilu(array(0f, 3f))} is {@code [0. 3.]}. */
  public static Array hardSilu(Array x) {
    return jitted("hard_silu", v -> Jnp.multiply(v, hardSigmoid(v)), x);
  }

  /** Another name of {@link #hardSilu}. {@code Nn.hardSwish(array(0f, 3f))} is {@code [0. 3.]}. */
  public static Array hardSwish(Array x) {
    return hardSilu(x);
  }

  /** Another name of {@link #silu}. {@code Nn.swish(array(0f, 2f))} is {@code [0. 1.7615942]}. */
  public static Array swish(Array x) {
    return silu(x);
  }

  /**
   * {@code (x + 1)^2 / 4} between -1 and 1; 0 below, x above. {@code Nn.sparsePlus(array(0f, 2f))}
   * is {@code [0.25 2. ]}.
   */
  public static Array sparsePlus(Array x) {
    return jitted(
        "sparse_plus",
        v -> {
          Array curve = Jnp.square(v.plus(1.0)).div(4.0);
          Array upper = Jnp.where(v.ge(1.0), v, curve);
          return Jnp.where(v.le(-1.0), Jnp.weak(0.0), upper);
        },
        x);
  }

  /**
   * {@code (x + 1) / 2} between -1 and 1, else 0 or 1: the derivative of {@link #sparsePlus}.
   * {@code Nn.sparseSigmoid(array(0f, 2f))} is {@code [0.5 1. ]}.
   */
  public static Array sparseSigmoid(Array x) {
    return jitted("sparse_sigmoid", v -> Jnp.clip(v.plus(1.0), 0.0, 2.0).times(0.5), x);
  }

  /**
   * {@code log(1 - e^-x)} for positive x, without cancellation: Maechler, "Accurately computing
   * log(1 - exp(-|a|))" (2012). The derivative is {@code 1 / (e^x - 1)}. {@code
   * Nn.log1mexp(array(1f))} is {@code [-0.45867515]}.
   */
  public static Array log1mexp(Array x) {
    Array value = inexact(x);
    return NamedJit.callWithRule(
            "log1mexp",
            "",
            a -> List.of(jitted("log1mexp", Nn::log1mexpOf, a.getFirst())),
            a -> {
              Array v = a.getFirst();
              return List.of(log1mexp(v), Arithmetic.div(a.get(1), Elementary.expm1(v)));
            },
            List.of(value))
        .getFirst();
  }

  private static Array log1mexpOf(Array v) {
    Array near = Jnp.log(Arithmetic.neg(Elementary.expm1(Arithmetic.neg(v))));
    Array far = Jnp.log1p(Arithmetic.neg(Jnp.exp(Arithmetic.neg(v))));
    return Jnp.where(v.lt(Math.log(2)), near, far);
  }

  /** {@code x / (|x| + 1)}. {@code Nn.softSign(array(-1f, 3f))} is {@code [-0.5 0.75]}. */
  public static Array softSign(Array x) {
    return jitted("soft_sign", v -> Jnp.trueDivide(v, Jnp.abs(v).plus(1)), x);
  }

  /**
   * {@code (x + sqrt(x^2 + 4)) / 2}. {@code Nn.squareplus(array(0f, 2f))} is {@code [1.
   * 2.4142137]}.
   */
  public static Array squareplus(Array x) {
    return jitted("squareplus", v -> Jnp.add(v, Jnp.sqrt(Jnp.square(v).plus(4.0))).div(2.0), x);
  }

  /**
   * The first half of the last dimension times the sigmoid of the second; halves that dimension.
   * {@code Nn.glu(array(2f, 0f))} is {@code [1.]}.
   */
  public static Array glu(Array x) {
    if (x.rank() == 0 || x.dim(-1) % 2 != 0) {
      throw new LaxTypeException("glu", "the last dimension of " + x.shape() + " is not even");
    }
    List<Array> halves = Jnp.split(x, 2, -1);
    return Arithmetic.mul(halves.get(0), sigmoid(halves.get(1)));
  }

  /**
   * Probabilities proportional to e^x along the dimensions; the last one if none is given. {@code
   * Nn.softmax(array(0f, 0f))} is {@code [0.5 0.5]}.
   */
  public static Array softmax(Array x, int... axes) {
    return softmax(x, along(axes));
  }

  /** Softmax with a mask: what is masked has probability 0. */
  public static Array softmax(Array x, Over options) {
    Array v = inexact(x);
    Array greatest = greatest(v, options);
    Array e = Jnp.exp(Jnp.subtract(v, greatest));
    Array y = Jnp.trueDivide(e, Jnp.sum(e, options.keepDims()));
    return options.where() == null ? y : Jnp.where(options.where(), y, Scalars.like(y, 0));
  }

  /**
   * {@code log(softmax(x))} without overflow. {@code Nn.logSoftmax(array(0f, 0f))} is {@code
   * [-0.6931472 -0.6931472]}.
   */
  public static Array logSoftmax(Array x, int... axes) {
    Over over = along(axes);
    return NamedJit.call(
            "log_softmax",
            over,
            a -> {
              Array v = inexact(a.getFirst());
              Array shifted = Jnp.subtract(v, greatest(v, over));
              Array total = Jnp.sum(Jnp.exp(shifted), over.keepDims());
              return List.of(Jnp.subtract(shifted, Jnp.log(total)));
            },
            List.of(x))
        .getFirst();
  }

  private static Over along(int... axes) {
    return Jnp.over(axes.length == 0 ? new int[] {-1} : axes);
  }

  /** The maximum as a constant of differentiation, dimensions kept. */
  private static Array greatest(Array v, Over over) {
    Over from = over.keepDims().initial(Double.NEGATIVE_INFINITY);
    return Convert.stopGradient(Jnp.max(v, from));
  }

  /**
   * {@code log(sum(e^x))} over the dimensions, or all, without overflow. {@code
   * Nn.logsumexp(array(0f, 0f))} is {@code 0.6931472}.
   */
  public static Array logsumexp(Array x, int... axes) {
    return logsumexp(x, Jnp.over(axes));
  }

  /** Logsumexp with dimensions kept or a mask. */
  public static Array logsumexp(Array x, Over options) {
    Array v = inexact(x);
    Array peak = Jnp.max(v, options.initial(Double.NEGATIVE_INFINITY));
    Array zeros = Zeros.of(peak.aval().strong());
    Array finite = Compare.select(Elementary.isFinite(peak), peak, zeros);
    Array shift = Convert.stopGradient(finite);
    Axes over = options.axes() == null ? Axes.range(v.rank()) : Axes.of(positive(v, options));
    Array wide = options.keepsDims() ? shift : Shapes.expandDims(shift, over.sorted());
    Array total = Jnp.sum(Jnp.exp(Jnp.subtract(v, wide)), options);
    return Arithmetic.add(Elementary.log(Arithmetic.abs(total)), shift);
  }

  /**
   * {@code log(mean(e^x))} over the dimensions, or all, without overflow. {@code
   * Nn.logmeanexp(array(0f, 0f))} is {@code 0.0}.
   */
  public static Array logmeanexp(Array x, int... axes) {
    return logmeanexp(x, Jnp.over(axes));
  }

  /** The same with dimensions kept or a mask: the mean of what it leaves. */
  public static Array logmeanexp(Array x, Over options) {
    Array sum = logsumexp(x, options);
    Array ones = Zeros.full(Scalars.like(sum, 1), x.shape());
    return Jnp.subtract(sum, Jnp.log(Jnp.sum(ones, options)));
  }

  private static int[] positive(Array v, Over options) {
    return options.axes().map(d -> d < 0 ? d + v.rank() : d).toArray();
  }

  /**
   * Mean 0 and variance 1 along the last dimension. {@code Nn.standardize(array(1f, 2f,
   * 3f)).shape()} is {@code (3,)}.
   */
  public static Array standardize(Array x) {
    Array v = inexact(x);
    Over last = Jnp.over(-1).keepDims();
    Array mean = Jnp.mean(v, last);
    Array variance = Jnp.subtract(Jnp.mean(Jnp.square(v), last), Jnp.square(mean));
    Array spread = Jnp.add(Jnp.maximum(variance, zero(variance)), Jnp.weak(1e-5));
    return Jnp.multiply(Jnp.subtract(v, mean), Jnp.rsqrt(spread));
  }

  /**
   * f32 vectors with 1 at each label, along a new last dimension; labels out of range give 0.
   * {@code Nn.oneHot(array(0, 2), 3)} is {@code [[1. 0. 0.] [0. 0. 1.]]}.
   */
  public static Array oneHot(Array labels, long classes) {
    return oneHot(labels, classes, DType.F32, -1);
  }

  /** Vectors with 1 at each label, along a new dimension at {@code axis} of the result. */
  public static Array oneHot(Array labels, long classes, DType dtype, int axis) {
    if (!labels.dtype().isInteger()) {
      throw new LaxTypeException("oneHot", "labels must be integers, but are " + labels.aval());
    }
    int rank = labels.rank() + 1;
    int d = axis < 0 ? axis + rank : axis;
    if (d < 0 || d >= rank) {
      throw new LaxTypeException(
          "oneHot", "axis " + axis + " is no dimension of a result of rank " + rank);
    }
    return NamedJit.call(
            "_one_hot",
            List.of(classes, dtype, d),
            a -> {
              Array at = Shapes.expandDims(a.getFirst(), Axes.of(d));
              Shape along = at.shape().map(n -> 1).with(d, classes);
              Array numbers = Shapes.iota(at.dtype(), along, d);
              return List.of(Convert.convertElementType(Jnp.equal(at, numbers), dtype));
            },
            List.of(labels))
        .getFirst();
  }

  /**
   * Scaled dot-product attention of queries (batch, t, heads, width) over keys and values (batch,
   * s, heads, width): softmax of {@code q k / sqrt(width)} along s, times the values. {@code
   * Nn.dotProductAttention(ones(1, 2, 1, 3), ones(1, 2, 1, 3), ones(1, 2, 1, 3)).shape()} is {@code
   * (1, 2, 1, 3)}.
   */
  public static Array dotProductAttention(Array query, Array key, Array value) {
    if (query.rank() != 4 || key.rank() != 4 || !key.shape().equals(value.shape())) {
      throw new LaxTypeException(
          "dotProductAttention",
          "needs shapes (batch, length, heads, width), but got "
              + query.shape()
              + ", "
              + key.shape()
              + " and "
              + value.shape());
    }
    Array logits = Jnp.einsum("btnh,bsnh->bnts", query, key);
    Array scaled = Jnp.multiply(logits, Jnp.weak(1 / Math.sqrt(query.dim(-1))));
    return Jnp.einsum("bnts,bsnh->btnh", softmax(scaled, -1), value);
  }
}
