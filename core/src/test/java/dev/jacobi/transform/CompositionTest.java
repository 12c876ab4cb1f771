package dev.jacobi.transform;

import static dev.jacobi.Jacobi.checkpoint;
import static dev.jacobi.Jacobi.customJvp;
import static dev.jacobi.Jacobi.customVjp;
import static dev.jacobi.Jacobi.grad;
import static dev.jacobi.Jacobi.jacfwd;
import static dev.jacobi.Jacobi.jacrev;
import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.Jacobi.jvp;
import static dev.jacobi.Jacobi.linearize;
import static dev.jacobi.Jacobi.valueAndGrad;
import static dev.jacobi.Jacobi.vjp;
import static dev.jacobi.Jacobi.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jacobi.Array;
import dev.jacobi.JvpResult;
import dev.jacobi.Op1;
import dev.jacobi.WithResiduals;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.Reductions;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Zeros;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Transformations compose, in any order: every chain of them, applied to {@code exp(x/2) sin(x)},
 * gives the derivative whose order is the number of those in it that differentiate. The n-th one is
 * the imaginary part of {@code (1/2 + i)^n exp((1/2 + i) x)}.
 */
class CompositionTest {
  private static final double X = 0.7;

  /** A transformation of functions from numbers to numbers. */
  enum Step {
    JIT(0) {
      @Override
      Op1 of(Op1 f) {
        return jit(f);
      }
    },
    VMAP(0) {
      @Override
      Op1 of(Op1 f) {
        Op1 mapped = vmap(f);
        return x -> mean(mapped.apply(Zeros.full(x, Shape.of(2))));
      }
    },
    CUSTOM_JVP(0) {
      @Override
      Op1 of(Op1 f) {
        return customJvp(
            f,
            (x, t) -> {
              JvpResult<Array> both = jvp(f, x, t);
              return new JvpResult<>(both.value(), both.tangent());
            });
      }
    },
    CUSTOM_VJP(0) {
      @Override
      Op1 of(Op1 f) {
        return customVjp(
            f,
            x -> new WithResiduals<>(f.apply(x), x),
            (Array x, Array ct) -> Arithmetic.mul(ct, grad(f).apply(x)));
      }
    },
    CHECKPOINT(0) {
      @Override
      Op1 of(Op1 f) {
        return checkpoint(f);
      }
    },
    GRAD(1) {
      @Override
      Op1 of(Op1 f) {
        return grad(f);
      }
    },
    VALUE_AND_GRAD(1) {
      @Override
      Op1 of(Op1 f) {
        return x -> {
          var both = valueAndGrad(f).apply(x);
          return Arithmetic.add(both.grad(), Arithmetic.mul(both.value(), 0));
        };
      }
    },
    VJP(1) {
      @Override
      Op1 of(Op1 f) {
        return x -> {
          var both = vjp(f, x);
          return Arithmetic.add(both.pullback().apply(one()), Arithmetic.mul(both.value(), 0));
        };
      }
    },
    JVP(1) {
      @Override
      Op1 of(Op1 f) {
        return x -> jvp(f, x, one()).tangent();
      }
    },
    LINEARIZE(1) {
      @Override
      Op1 of(Op1 f) {
        return x -> linearize(f, x).pushforward().apply(one());
      }
    },
    JACFWD(1) {
      @Override
      Op1 of(Op1 f) {
        return jacfwd(f);
      }
    },
    JACREV(1) {
      @Override
      Op1 of(Op1 f) {
        return jacrev(f);
      }
    };

    private final int order;

    Step(int order) {
      this.order = order;
    }

    abstract Op1 of(Op1 f);

    /** Differentiates the function, or does so in its rule. */
    boolean needsDerivative() {
      return order > 0 || this == CUSTOM_JVP || this == CUSTOM_VJP;
    }

    boolean isReverse() {
      return this == GRAD || this == VALUE_AND_GRAD || this == VJP || this == JACREV;
    }
  }

  private static Array one() {
    return Scalars.of(DType.F64, 1);
  }

  private static Array mean(Array x) {
    return Arithmetic.mul(Reductions.sum(x, Axes.of(0)), 0.5);
  }

  private static Array wave(Array x) {
    return Arithmetic.mul(Elementary.exp(Arithmetic.mul(x, 0.5)), Elementary.sin(x));
  }

  private static double derivative(int order) {
    double modulus = Math.pow(Math.hypot(0.5, 1), order) * Math.exp(0.5 * X);
    return modulus * Math.sin(order * Math.atan2(1, 0.5) + X);
  }

  /** Every chain of at most two, one test per outermost step. */
  @TestFactory
  Stream<DynamicTest> pairs() {
    return Stream.of(Step.values())
        .map(
            last ->
                DynamicTest.dynamicTest(
                    last.name(),
                    () -> {
                      check(List.of(last));
                      for (Step first : Step.values()) {
                        check(List.of(first, last));
                      }
                    }));
  }

  @TestFactory
  @Tag("slow")
  Stream<DynamicTest> triples() {
    return Stream.of(Step.values())
        .map(
            last ->
                DynamicTest.dynamicTest(
                    last.name(),
                    () -> {
                      for (Step first : Step.values()) {
                        for (Step middle : Step.values()) {
                          check(List.of(first, middle, last));
                        }
                      }
                    }));
  }

  @TestFactory
  @Tag("slow")
  Stream<DynamicTest> longChains() {
    Random random = new Random(11);
    return random
        .ints(60)
        .mapToObj(
            seed -> {
              List<Step> chain = chain(new Random(seed));
              return DynamicTest.dynamicTest(chain.toString(), () -> check(chain));
            });
  }

  /** Five steps, at most three of which differentiate. */
  private static List<Step> chain(Random random) {
    List<Step> chain = new ArrayList<>();
    int order = 0;
    while (chain.size() < 5) {
      Step step = Step.values()[random.nextInt(Step.values().length)];
      if (order + step.order <= 3) {
        chain.add(step);
        order += step.order;
      }
    }
    return chain;
  }

  private static void check(List<Step> chain) {
    if (pushesThroughCustomVjp(chain)) {
      return;
    }
    Op1 f = CompositionTest::wave;
    int order = 0;
    for (Step step : chain) {
      f = step.of(f);
      order += step.order;
    }
    Array y = f.apply(Scalars.of(DType.F64, X));
    assertThat(y.aval().toString()).as("%s", chain).isEqualTo("f64[]");
    assertThat(y.item()).as("%s", chain).isCloseTo(derivative(order), within(1e-12));
  }

  /** Forward differentiation of a function with a VJP rule is an error, as in JAX. */
  private static boolean pushesThroughCustomVjp(List<Step> chain) {
    for (int i = 0; i < chain.size(); i++) {
      if (chain.get(i) == Step.CUSTOM_VJP && isPushed(chain.subList(i + 1, chain.size()))) {
        return true;
      }
    }
    return false;
  }

  /** Whether the first step that differentiates does so forward; other rules take one step each. */
  private static boolean isPushed(List<Step> after) {
    if (after.stream().allMatch(s -> s.order == 0)) {
      return false;
    }
    int rules = 0;
    for (Step step : after) {
      if (step == Step.CUSTOM_VJP) {
        rules++;
      } else if (step.needsDerivative() && rules-- == 0) {
        return !step.isReverse();
      }
    }
    return false;
  }
}
