package dev.jacobi.golden;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.golden.SamplersGoldenTest.Sampler;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.nn.Fans;
import dev.jacobi.nn.Initializer;
import dev.jacobi.nn.Initializers;
import dev.jacobi.nn.Nn;
import dev.jacobi.nn.VarianceMode;
import dev.jacobi.nn.WeightLaw;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.random.Random;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** First values of weights, and activations, against JAX's for the same keys. */
class InitializersGoldenTest {
  private static final Map<String, Sampler> ALL = new LinkedHashMap<>();

  static {
    put("uniform", Initializers.uniform(0.5));
    put("normal", Initializers.normal());
    put("truncated_normal", Initializers.truncatedNormal(2, -1, 3));
    put("glorot_uniform", Initializers.xavierUniform());
    put("glorot_normal", Initializers.xavierNormal());
    put("lecun_uniform", Initializers.lecunUniform());
    put("lecun_normal", Initializers.lecunNormal());
    put("he_uniform", Initializers.kaimingUniform());
    put("he_normal", Initializers.kaimingNormal());
    put("orthogonal", Initializers.orthogonal(2, 0));
    put("fan_out", Initializers.varianceScaling(3, VarianceMode.FAN_OUT, WeightLaw.NORMAL));
    Fans fans = Fans.LAST.withIn(0).withOut(1, 3).withBatch(2);
    put("fans", Initializers.varianceScaling(2, VarianceMode.FAN_GEO_AVG, WeightLaw.UNIFORM, fans));
    put("delta_orthogonal", Initializers.deltaOrthogonal());
    ALL.put("sparse_plus", (k, p, s, t) -> Nn.sparsePlus(p.get(0)));
    ALL.put("sparse_sigmoid", (k, p, s, t) -> Nn.sparseSigmoid(p.get(0)));
    ALL.put("hard_silu", (k, p, s, t) -> Nn.hardSwish(p.get(0)));
    ALL.put("log1mexp", (k, p, s, t) -> Nn.log1mexp(p.get(0)));
    ALL.put("logmeanexp", (k, p, s, t) -> Nn.logmeanexp(p.get(0), 1));
  }

  private static void put(String name, Initializer init) {
    ALL.put(name, (k, p, s, t) -> init.init(k, s, t));
  }

  @TestFactory
  @Tag("slow")
  Stream<DynamicTest> all() {
    return SamplersGoldenTest.tests(List.of("initializers"), ALL);
  }

  @Test
  void shapesWithoutTheDimensionsAreNamed() {
    for (Initializer init : List.of(Initializers.heNormal(), Initializers.orthogonal())) {
      assertThatThrownBy(() -> init.init(Random.key(0), Shape.of(3)))
          .isInstanceOf(LaxTypeException.class)
          .hasMessageContaining("dimension");
    }
    assertThatThrownBy(() -> Initializers.deltaOrthogonal().init(Random.key(0), Shape.of(3, 3, 2)))
        .isInstanceOf(LaxTypeException.class)
        .hasMessageContaining("more inputs than outputs");
    assertThatThrownBy(
            () -> Initializers.heUniform().init(Random.key(0), Shape.of(2, 2), DType.I32))
        .isInstanceOf(LaxTypeException.class)
        .hasMessageContaining("not i32");
    assertThatThrownBy(() -> Initializers.constant(Jnp.zeros(3)).init(Random.key(0), Shape.of(2)))
        .isInstanceOf(LaxTypeException.class);
  }
}
