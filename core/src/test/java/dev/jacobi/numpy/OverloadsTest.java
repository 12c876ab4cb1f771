package dev.jacobi.numpy;

import static dev.jacobi.Jacobi.grad;
import static dev.jacobi.Jacobi.vmap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.nn.Nn;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Which functions can be passed by name. That the first list compiles is the test of it; the second
 * list is all other names, which need a lambda.
 */
class OverloadsTest {
  /** One method each: {@code grad(Jnp::tanh)} resolves. */
  private static final List<Fn1<Array, Array>> BY_NAME =
      List.of(
          grad(Jnp::abs),
          grad(Jnp::arccos),
          grad(Jnp::arccosh),
          grad(Jnp::arcsin),
          grad(Jnp::arcsinh),
          grad(Jnp::arctan),
          grad(Jnp::arctanh),
          grad(Jnp::cbrt),
          grad(Jnp::ceil),
          grad(Jnp::conj),
          grad(Jnp::cos),
          grad(Jnp::cosh),
          grad(Jnp::deg2rad),
          grad(Jnp::erf),
          grad(Jnp::erfc),
          grad(Jnp::erfinv),
          grad(Jnp::exp),
          grad(Jnp::exp2),
          grad(Jnp::expm1),
          grad(Jnp::floor),
          grad(Jnp::log),
          grad(Jnp::log10),
          grad(Jnp::log1p),
          grad(Jnp::log2),
          grad(Jnp::negative),
          grad(Jnp::rad2deg),
          grad(Jnp::real),
          grad(Jnp::reciprocal),
          grad(Jnp::rsqrt),
          grad(Jnp::sign),
          grad(Jnp::sin),
          grad(Jnp::sinc),
          grad(Jnp::sinh),
          grad(Jnp::sqrt),
          grad(Jnp::square),
          grad(Jnp::tan),
          grad(Jnp::tanh),
          grad(Jnp::trunc),
          grad(Nn::gelu),
          grad(Nn::geluExact),
          grad(Nn::hardSigmoid),
          grad(Nn::hardTanh),
          grad(Nn::logSigmoid),
          grad(Nn::mish),
          grad(Nn::relu),
          grad(Nn::relu6),
          grad(Nn::selu),
          grad(Nn::sigmoid),
          grad(Nn::silu),
          grad(Nn::softSign),
          grad(Nn::softplus),
          vmap(Jnp::bitwiseCount),
          vmap(Jnp::imag),
          vmap(Jnp::invert),
          vmap(Jnp::isfinite),
          vmap(Jnp::isinf),
          vmap(Jnp::isnan),
          vmap(Jnp::logicalNot),
          vmap(Jnp::onesLike),
          vmap(Jnp::ravel),
          vmap(Jnp::signbit),
          vmap(Jnp::zerosLike),
          vmap(Jnp::matrixTranspose),
          grad(Jnp::absolute),
          grad(Jnp::acos),
          grad(Jnp::acosh),
          grad(Jnp::asarray),
          grad(Jnp::asin),
          grad(Jnp::asinh),
          grad(Jnp::atan),
          grad(Jnp::atanh),
          vmap(Jnp::bitwiseInvert),
          vmap(Jnp::bitwiseNot),
          grad(Jnp::conjugate),
          grad(Jnp::copy),
          grad(Jnp::degrees),
          vmap(Jnp::emptyLike),
          grad(Jnp::fabs),
          vmap(Jnp::fliplr),
          vmap(Jnp::flipud),
          grad(Jnp::i0),
          vmap(Jnp::iscomplex),
          vmap(Jnp::isneginf),
          vmap(Jnp::isposinf),
          vmap(Jnp::isreal),
          vmap(Jnp::poly),
          grad(Jnp::positive),
          grad(Jnp::radians),
          grad(Jnp::rint),
          vmap(Jnp::roots),
          vmap(Jnp::rootsOf),
          vmap(Jnp::sortComplex),
          vmap(Jnp::spacing),
          vmap(Jnp::uniqueValues),
          vmap(Jnp::atleast1d),
          vmap(Jnp::atleast2d),
          vmap(Jnp::atleast3d),
          grad(Nn::hardSilu),
          grad(Nn::hardSwish),
          grad(Nn::log1mexp),
          grad(Nn::sparsePlus),
          grad(Nn::sparseSigmoid),
          grad(Nn::swish));

  /** Functions of one array that have options too: {@code grad(x -> sum(x))}. */
  private static final Set<String> BY_LAMBDA =
      new TreeSet<>(
          List.of(
              "angle",
              "argmax",
              "argmin",
              "argsort",
              "argwhere",
              "bincount",
              "celu",
              "corrcoef",
              "cov",
              "cumprod",
              "cumsum",
              "diag",
              "diagflat",
              "diagonal",
              "diff",
              "ediff1d",
              "elu",
              "flatnonzero",
              "glu",
              "histogramBinEdges",
              "identity",
              "leakyRelu",
              "nanToNum",
              "nanargmax",
              "nanargmin",
              "nancumprod",
              "nancumsum",
              "packbits",
              "polyder",
              "polyint",
              "round",
              "sort",
              "squareplus",
              "standardize",
              "trace",
              "trapezoid",
              "tril",
              "trimZeros",
              "triu",
              "unique",
              "unpackbits",
              "unwrap",
              "vander"));

  @Test
  void functionsByNameCompute() {
    assertThat(BY_NAME).hasSize(103);
    Fn1<Array, Array> slope = grad(Jnp::tanh);
    assertThat(slope.apply(Jnp.scalar(0f)).item()).isEqualTo(1);
  }

  @Test
  void everyUnaryFunctionIsInOneOfTheLists() {
    var unary =
        Stream.of(Jnp.class, Nn.class)
            .flatMap(c -> Arrays.stream(c.getMethods()))
            .filter(m -> Modifier.isStatic(m.getModifiers()) && isUnary(m))
            .map(Method::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    var overloaded = new TreeSet<>(unary);
    overloaded.removeIf(name -> methods(name) == 1);
    assertThat(overloaded).isEqualTo(BY_LAMBDA);
    assertThat(unary).hasSize(BY_NAME.size() + BY_LAMBDA.size());
  }

  private static boolean isUnary(Method m) {
    return m.getReturnType() == Array.class
        && Arrays.equals(m.getParameterTypes(), new Class<?>[] {Array.class});
  }

  private static long methods(String name) {
    return Stream.of(Jnp.class, Nn.class)
        .flatMap(c -> Arrays.stream(c.getMethods()))
        .filter(m -> m.getName().equals(name))
        .count();
  }
}
