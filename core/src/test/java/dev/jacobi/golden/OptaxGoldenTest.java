package dev.jacobi.golden;

import static dev.jacobi.Jacobi.jit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.Array;
import dev.jacobi.OnPlugins;
import dev.jacobi.Trees;
import dev.jacobi.golden.GoldenFile.Case;
import dev.jacobi.hlo.DType;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.optax.GradientTransformation;
import dev.jacobi.optax.OptState;
import dev.jacobi.optax.Optax;
import dev.jacobi.optax.Schedule;
import dev.jacobi.optax.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Gradient transformations against Optax: updates, parameters and states over twelve steps. */
@Tag("slow")
class OptaxGoldenTest {
  private static final int LEAVES = 4;
  private static final Map<String, GradientTransformation> OURS = OptaxFunctions.transformations();
  private static final Map<String, Schedule> SCHEDULES = OptaxFunctions.schedules();

  /** A vector, a kernel, a scalar and a matrix. */
  record Net(Array b, Array k, Array s, Array w) {
    static Net of(List<Array> leaves) {
      return new Net(leaves.get(0), leaves.get(1), leaves.get(2), leaves.get(3));
    }

    List<Array> leaves() {
      return List.of(b, k, s, w);
    }
  }

  private record Data(Net params, List<Net> gradients) {
    static Data of(Case c) {
      List<Array> in = arrays(c, "gradient");
      List<Net> gradients = new ArrayList<>();
      for (int i = 0; i < in.size(); i += LEAVES) {
        gradients.add(Net.of(in.subList(i, i + LEAVES)));
      }
      return new Data(Net.of(arrays(c, "params")), gradients);
    }
  }

  private static List<Array> arrays(Case c, String tag) {
    return c.arrays(tag).stream().map(GoldenArray::toArray).toList();
  }

  @TestFactory
  Stream<DynamicTest> steps() {
    return tests("optax.tsv", 2);
  }

  @TestFactory
  Stream<DynamicTest> steps64() {
    return tests("optax64.tsv", 1);
  }

  private static Stream<DynamicTest> tests(String file, int types) {
    List<Case> cases = GoldenFile.read(file);
    assertThat(cases).hasSize(types * (OURS.size() + 1) + SCHEDULES.size());
    List<DynamicTest> tests = new ArrayList<>();
    for (Case c : cases) {
      if (c.has("gradient")) {
        continue;
      }
      String at = c.name().substring(c.name().indexOf('/') + 1);
      tests.add(
          DynamicTest.dynamicTest(
              c.name() + ": " + c.text("source"),
              () -> {
                if (c.name().startsWith("schedule ")) {
                  checkSchedule(c, file.contains("64"));
                } else {
                  check(c, Data.of(named(cases, "data/" + at)));
                }
              }));
    }
    return tests.stream();
  }

  private static Case named(List<Case> cases, String name) {
    return cases.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
  }

  private static void check(Case c, Data data) {
    GradientTransformation f = OURS.get(c.name().substring(0, c.name().indexOf('/')));
    assertThat(f).as("our form of " + c.text("source")).isNotNull();
    var compiled = jit((Net g, OptState<Net> s, Net p) -> f.update(g, s, p));
    Net params = data.params();
    OptState<Net> state = f.init(params);
    for (int i = 0; i < data.gradients().size(); i++) {
      Net g = data.gradients().get(i);
      Step<Net> step = f.update(g, state, params);
      List<GoldenArray> golden = c.arrays("step " + i);
      if (!golden.isEmpty()) {
        JnpGoldenTest.near("step " + i, step.updates().leaves(), golden, OptaxGoldenTest::rule);
        same(step, compiled.apply(g, state, params));
      }
      params = Optax.applyUpdates(params, step.updates());
      assertThat(Trees.structure(step.state())).isEqualTo(Trees.structure(state));
      state = step.state();
    }
    JnpGoldenTest.near("params", params.leaves(), c.arrays("params"), OptaxGoldenTest::rule);
    List<Array> floating =
        Trees.leaves(state).stream()
            .map(Array.class::cast)
            .filter(x -> x.dtype().isInexact())
            .toList();
    JnpGoldenTest.near("state", floating, c.arrays("state"), OptaxGoldenTest::rule);
  }

  /** Compiled as step by step, to the bit; a plugin's compiler contracts and fuses as it likes. */
  private static void same(Step<Net> eager, Step<Net> compiled) {
    if (OnPlugins.isPlugin()) {
      JnpGoldenTest.near("compiled", arrays(compiled), golden(eager), OptaxGoldenTest::rule);
    } else {
      assertThat(golden(compiled)).isEqualTo(golden(eager));
    }
  }

  private static List<Array> arrays(Step<Net> step) {
    return Trees.leaves(step).stream().map(Array.class::cast).toList();
  }

  private static List<GoldenArray> golden(Step<Net> step) {
    return Trees.leaves(step).stream().map(x -> GoldenArray.of((Array) x)).toList();
  }

  /**
   * Twelve steps add up: sums of squares in another order, powers of decays whose distance from 1
   * counts, and parameters that come near zero. Types of 16 bits mostly agree to the bit.
   */
  private static Closeness rule(DType t) {
    return new Closeness.OfLargest((t.bytes() == 2 ? 2 : 16) * Closeness.epsilon(t));
  }

  private static void checkSchedule(Case c, boolean wide) {
    Schedule f = SCHEDULES.get(c.name().substring("schedule ".length()));
    assertThat(f).as("our form of " + c.text("source")).isNotNull();
    Array values = f.at(Jnp.arange(20).astype(wide ? DType.I64 : DType.I32));
    JnpGoldenTest.near(
        "values",
        List.of(values),
        c.arrays("values"),
        t -> new Closeness.OfLargest(4 * Closeness.epsilon(t)));
  }
}
