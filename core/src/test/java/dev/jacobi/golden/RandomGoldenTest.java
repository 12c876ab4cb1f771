package dev.jacobi.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.Array;
import dev.jacobi.Key;
import dev.jacobi.golden.GoldenFile.Case;
import dev.jacobi.golden.GoldenFile.Line;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.random.Random;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Random numbers against JAX's: to the bit, or by formulas within four units in the last place. */
class RandomGoldenTest {
  private static final List<String> FILES =
      List.of(
          "random/keys.tsv",
          "random/bits.tsv",
          "random/uniform.tsv",
          "random/integers.tsv",
          "random/distributions.tsv");

  private static final Set<String> BY_FORMULA =
      Set.of("normal", "exponential", "gumbel", "truncated_normal");

  /** Larger results take the interpreter seconds each. */
  private static final int LARGE = 100_000;

  @TestFactory
  @Tag("slow")
  Stream<DynamicTest> functions() {
    return tests(c -> size(c) < LARGE);
  }

  @TestFactory
  @Tag("long")
  Stream<DynamicTest> largeResults() {
    return tests(c -> size(c) >= LARGE && c.name().contains("f32"));
  }

  @Test
  void aWrongKeyGivesOtherNumbers() {
    Case c =
        GoldenFile.read("random/bits.tsv").stream().filter(x -> size(x) == 6).findFirst().get();
    Key other = Random.key(123_456);
    var bits = GoldenArray.of(Random.bits(other, shape(c), DType.U32));
    assertThat(bits).isNotEqualTo(c.arrays("out").getFirst());
  }

  private static Stream<DynamicTest> tests(java.util.function.Predicate<Case> wanted) {
    Map<String, List<Case>> byFunction = new LinkedHashMap<>();
    for (String file : FILES) {
      for (Case c : GoldenFile.read(file)) {
        if (wanted.test(c)) {
          byFunction.computeIfAbsent(c.text("fn"), f -> new ArrayList<>()).add(c);
        }
      }
    }
    byFunction.remove("threefry2x32"); // Seen through every other function.
    return byFunction.entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> check(e.getKey(), e.getValue())));
  }

  private static void check(String function, List<Case> cases) {
    var wrong = new ArrayList<String>();
    int compared = 0;
    for (Case c : cases) {
      try {
        Optional<Array> result = call(function, c);
        if (result.isPresent()) {
          compared++;
          compare(function, c, GoldenArray.of(result.get()), wrong);
        }
      } catch (RuntimeException e) {
        wrong.add(c.name() + ": " + e);
      }
    }
    assertThat(wrong).as("cases of %s that differ from JAX", function).isEmpty();
    assertThat(compared).as("cases of %s that Jacobi can express", function).isPositive();
  }

  /** Our result, or empty where Jacobi has no such option. */
  private static Optional<Array> call(String function, Case c) {
    Map<String, Line> p = params(c);
    if (p.containsKey("mode") && !p.get("mode").field(1).equals("low")) {
      return Optional.empty();
    }
    return switch (function) {
      case "key" -> Optional.of(Random.key(Long.parseLong(p.get("seed").field(1))).data());
      case "split" -> split(key(c), p.get("num").field(1));
      case "fold_in" -> Optional.of(key(c).foldIn(Long.parseLong(p.get("data").field(1))).data());
      case "chain" -> {
        Key key = key(c);
        for (int i = 0; i < Integer.parseInt(p.get("times").field(1)); i++) {
          key = key.split(2).get(0);
        }
        yield Optional.of(key.data());
      }
      case "categorical" -> categorical(c, p);
      default -> Optional.ofNullable(sample(function, c, p));
    };
  }

  private static Optional<Array> split(Key key, String num) {
    return num.startsWith("(")
        ? Optional.empty()
        : Optional.of(key.split(Long.parseLong(num)).data());
  }

  private static Optional<Array> categorical(Case c, Map<String, Line> p) {
    if (!p.get("shape").field(1).equals("None")) {
      return Optional.empty();
    }
    Array logits = array(p.get("logits"));
    int axis = Integer.parseInt(p.get("axis").field(1));
    return Optional.of(Random.categorical(key(c), logits, axis));
  }

  private static Array sample(String function, Case c, Map<String, Line> p) {
    DType dtype = DType.valueOf(p.get("dtype").field(1).toUpperCase(Locale.ROOT));
    Shape shape = shape(c);
    Key key = key(c);
    return switch (function) {
      case "bits" -> Random.bits(key, shape, dtype);
      case "uniform" ->
          p.containsKey("minval")
              ? Random.uniform(key, shape, dtype, number(p, "minval"), number(p, "maxval"))
              : Random.uniform(key, shape, dtype);
      case "randint" -> randint(key, shape, dtype, p);
      case "bernoulli" -> Random.bernoulli(key, array(p.get("p")), shape);
      case "normal" -> Random.normal(key, shape, dtype);
      case "exponential" -> Random.exponential(key, shape, dtype);
      case "gumbel" -> Random.gumbel(key, shape, dtype);
      case "truncated_normal" ->
          Random.truncatedNormal(key, number(p, "lower"), number(p, "upper"), shape, dtype);
      default -> throw new IllegalArgumentException(function);
    };
  }

  private static Array randint(Key key, Shape shape, DType dtype, Map<String, Line> p) {
    String high = p.get("maxval").field(1);
    if (high.length() >= 20) {
      return null; // Beyond a Java long.
    }
    long low = Long.parseLong(p.get("minval").field(1));
    return Random.randint(key, shape, low, Long.parseLong(high), dtype);
  }

  private static void compare(String function, Case c, GoldenArray ours, List<String> wrong) {
    boolean isExact = !BY_FORMULA.contains(function);
    if (c.has("out")) {
      GoldenArray jax = c.arrays("out").getFirst();
      Optional<String> difference =
          isExact
              ? new Closeness.Exact().difference(ours, jax)
              : new Closeness.Mixed(formula(jax), 1).difference(ours, jax);
      difference.ifPresent(text -> wrong.add(c.name() + ": " + text));
      return;
    }
    Line sample = c.all("sample").getFirst();
    if (c.has("hash") && !c.text("hash").equals(hash(ours))) {
      wrong.add(c.name() + ": the whole result's hash differs");
    }
    long[] at = Arrays.stream(sample.field(1).split(" ")).mapToLong(Long::parseLong).toArray();
    String type = sample.field(0);
    GoldenArray jax =
        GoldenArray.of(
            type.substring(0, type.indexOf('[')) + "[" + at.length + "]", sample.field(2));
    new Closeness.Mixed(isExact ? 0 : formula(jax), 1)
        .difference(ours.at(at), jax)
        .ifPresent(text -> wrong.add(c.name() + ": " + text));
  }

  /** Four units in the last place; in f64 JAX's own erf_inv and log1p are farther off than that. */
  private static double formula(GoldenArray jax) {
    return Closeness.epsilon(jax.dtype()) * (jax.real() == DType.F64 ? 32 : 4);
  }

  /** The hash that FORMAT.md defines. */
  private static String hash(GoldenArray array) {
    long h = 1;
    for (long word : array.words()) {
      h = 31 * h + word;
    }
    return "%016x".formatted(h);
  }

  private static long size(Case c) {
    Line line = c.all(c.has("out") ? "out" : "sample").getFirst();
    return GoldenArray.of(line.field(0), "").shape().size();
  }

  private static Key key(Case c) {
    return Key.wrap(c.arrays("key").getFirst().toArray());
  }

  private static Shape shape(Case c) {
    String text = params(c).get("shape").field(1).replaceAll("[()]", "");
    return text.isEmpty()
        ? Shape.scalar()
        : Shape.of(Arrays.stream(text.split(",")).mapToLong(Long::parseLong).toArray());
  }

  private static Array array(Line line) {
    return GoldenArray.of(line.field(1), line.field(2)).toArray();
  }

  private static double number(Map<String, Line> params, String name) {
    return switch (params.get(name).field(1)) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      case String text -> Double.parseDouble(text);
    };
  }

  private static Map<String, Line> params(Case c) {
    var byName = new HashMap<String, Line>();
    c.all("param").forEach(line -> byName.put(line.field(0), line));
    return byName;
  }
}
