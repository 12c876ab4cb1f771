package dev.jacobi.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.Array;
import dev.jacobi.Jacobi;
import dev.jacobi.Key;
import dev.jacobi.golden.GoldenFile.Case;
import dev.jacobi.golden.GoldenFile.Line;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Threefry;
import dev.jacobi.random.Random;
import dev.jacobi.random.RandomPrimitives;
import dev.jacobi.random.SampleMode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Random numbers against JAX's: keys, bits, uniform and whole numbers and booleans to the bit, the
 * others within 4 ulp of max(|x|, 1) (more where JAX itself is less exact), indices of categorical
 * equal.
 */
class RandomGoldenTest {
  private static final List<String> FILES =
      List.of("keys", "bits", "uniform", "integers", "distributions");

  private static final Set<String> BY_FORMULA =
      Set.of("normal", "exponential", "gumbel", "truncated_normal");

  private static final String MILLION = "[1000003]";

  /** One test per function; arrays of a million elements only under eight of the keys. */
  @TestFactory
  Stream<DynamicTest> small() {
    return tests(c -> size(c) < 10_000);
  }

  @TestFactory
  @Tag("slow")
  Stream<DynamicTest> large() {
    return tests(c -> size(c) >= 10_000 && size(c) < 1_000_000);
  }

  @TestFactory
  @Tag("long")
  Stream<DynamicTest> millions() {
    return tests(c -> size(c) >= 1_000_000);
  }

  private static Stream<DynamicTest> tests(Predicate<Case> wanted) {
    Map<String, List<Case>> byFunction = new LinkedHashMap<>();
    for (String file : FILES) {
      GoldenFile.read("random/" + file + ".tsv").stream()
          .filter(wanted)
          .forEach(c -> byFunction.computeIfAbsent(c.text("fn"), f -> new ArrayList<>()).add(c));
    }
    return byFunction.entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> check(e.getValue())));
  }

  private static long size(Case c) {
    return c.has("sample") ? c.text("sample").endsWith(MILLION) ? 1_000_003 : 10_000 : 1;
  }

  private static void check(List<Case> cases) {
    var wrong = new ArrayList<String>();
    for (Case c : cases) {
      try {
        compare(c, wrong);
      } catch (RuntimeException e) {
        wrong.add(c.name() + ": " + e);
      }
    }
    assertThat(wrong).as("of %s cases", cases.size()).isEmpty();
  }

  private static void compare(Case c, List<String> wrong) {
    List<GoldenArray> ours = call(c).stream().map(GoldenArray::of).toList();
    if (c.has("sample")) {
      Line sample = c.all("sample").getFirst();
      note(c, picked(ours.getFirst(), sample), sampleOf(sample), wrong);
      if (c.has("hash")) {
        String hash = "%016x".formatted(hash(ours.getFirst()));
        if (!hash.equals(c.text("hash"))) {
          wrong.add(c.name() + ": the hash of all elements is " + hash);
        }
      }
      return;
    }
    List<GoldenArray> expected = c.arrays("out");
    for (int i = 0; i < expected.size(); i++) {
      note(c, ours.get(i), expected.get(i), wrong);
    }
  }

  private static void note(Case c, GoldenArray ours, GoldenArray jax, List<String> wrong) {
    Closeness closeness = closeness(c.text("fn"), jax.real());
    Optional<String> difference = closeness.difference(ours, jax);
    difference.ifPresent(text -> wrong.add(c.name() + ": " + text));
  }

  private static Closeness closeness(String function, DType type) {
    if (!BY_FORMULA.contains(function)) {
      return new Closeness.Exact();
    }
    // in f64, JAX's erf_inv is 20 ulp off and its log1p 116 (values/tolerance.tsv)
    double jax = function.endsWith("normal") ? 24 : function.equals("exponential") ? 118.2 : 4;
    double ulps = type == DType.F64 ? jax : 4;
    return function.equals("truncated_normal")
        ? new Closeness.NormalQuantile(ulps)
        : new Closeness.UlpsOfOne(ulps);
  }

  /** The elements at the sample's positions. */
  private static GoldenArray picked(GoldenArray all, Line sample) {
    assertThat(all.dtype() + all.shape().toString())
        .as("type of the whole result")
        .isEqualToIgnoringCase(typeOf(sample));
    int parts = all.isReal() ? 1 : 2;
    long[] words =
        Arrays.stream(sample.field(1).split(" "))
            .mapToInt(Integer::parseInt)
            .flatMap(i -> java.util.stream.IntStream.range(i * parts, (i + 1) * parts))
            .mapToLong(i -> all.words()[i])
            .toArray();
    return new GoldenArray(all.dtype(), Shape.of(words.length / parts), words);
  }

  private static String typeOf(Line sample) {
    GoldenArray type = GoldenArray.of(sample.field(0), "");
    return type.dtype() + type.shape().toString();
  }

  private static GoldenArray sampleOf(Line sample) {
    int count = sample.field(1).split(" ").length;
    String dtype = sample.field(0).substring(0, sample.field(0).indexOf('['));
    return GoldenArray.of(dtype + "[" + count + "]", sample.field(2));
  }

  private static long hash(GoldenArray array) {
    long h = 1;
    for (long word : array.words()) {
      h = 31 * h + word;
    }
    return h;
  }

  private static List<Array> call(Case c) {
    Map<String, Line> p = new LinkedHashMap<>();
    c.all("param").forEach(line -> p.put(line.field(0), line));
    return switch (c.text("fn")) {
      case "key" -> List.of(Random.key(Long.parseLong(p.get("seed").field(1))).data());
      case "threefry2x32" -> {
        List<Array> in = c.arrays("in").stream().map(GoldenArray::toArray).toList();
        yield Threefry.threefry2x32(in.get(0), in.get(1), in.get(2), in.get(3));
      }
      default -> List.of(sample(c.text("fn"), Key.wrap(c.arrays("key").getFirst().toArray()), p));
    };
  }

  private static Array sample(String function, Key key, Map<String, Line> p) {
    return switch (function) {
      case "split" -> {
        Shape shape = Shape.of(longs(p.get("num").field(1)));
        yield Key.of(RandomPrimitives.split(key.array(), shape)).data();
      }
      case "fold_in" -> key.foldIn(Long.parseLong(p.get("data").field(1))).data();
      case "chain" -> {
        Key last = key;
        for (int i = 0; i < Integer.parseInt(p.get("times").field(1)); i++) {
          last = Random.split(last).get(0);
        }
        yield last.data();
      }
      case "bernoulli" -> Random.bernoulli(key, array(p.get("p")), shape(p), mode(p));
      case "categorical" -> categorical(key, p);
      default -> typed(function, key, p);
    };
  }

  private static Array categorical(Key key, Map<String, Line> p) {
    Array logits = array(p.get("logits"));
    int axis = Integer.parseInt(p.get("axis").field(1));
    String text = p.get("shape").field(1);
    Shape prefix = Shape.scalar();
    if (!text.equals("None")) {
      long[] all = longs(text);
      prefix = Shape.of(Arrays.copyOf(all, all.length - logits.rank() + 1));
    }
    return Random.categorical(key, logits, axis, prefix, mode(p));
  }

  private static Array typed(String function, Key key, Map<String, Line> p) {
    DType dtype = DType.valueOf(p.get("dtype").field(1).toUpperCase(Locale.ROOT));
    Shape shape = shape(p);
    return switch (function) {
      case "bits" -> Random.bits(key, shape, dtype);
      case "uniform" ->
          p.containsKey("minval")
              ? Random.uniform(key, shape, dtype, number(p, "minval"), number(p, "maxval"))
              : Random.uniform(key, shape, dtype);
      case "randint" ->
          Random.randint(key, shape, integer(p, "minval"), integer(p, "maxval"), dtype);
      case "normal" -> Random.normal(key, shape, dtype);
      case "exponential" -> Random.exponential(key, shape, dtype);
      case "gumbel" -> Random.gumbel(key, shape, dtype, mode(p));
      case "truncated_normal" ->
          Random.truncatedNormal(key, number(p, "lower"), number(p, "upper"), shape, dtype);
      default -> throw new IllegalArgumentException(function);
    };
  }

  private static Shape shape(Map<String, Line> p) {
    return Shape.of(longs(p.get("shape").field(1)));
  }

  private static SampleMode mode(Map<String, Line> p) {
    return p.containsKey("mode")
        ? SampleMode.valueOf(p.get("mode").field(1).toUpperCase(Locale.ROOT))
        : SampleMode.LOW;
  }

  private static Array array(Line param) {
    return GoldenArray.of(param.field(1), param.field(2)).toArray();
  }

  private static double number(Map<String, Line> p, String name) {
    String text = p.get(name).field(1);
    return text.endsWith("inf")
        ? text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY
        : Double.parseDouble(text);
  }

  private static BigInteger integer(Map<String, Line> p, String name) {
    return new BigInteger(p.get(name).field(1));
  }

  /** Every whole number in a text such as {@code (2, 3)}. */
  private static long[] longs(String text) {
    return java.util.regex.Pattern.compile("\\d+")
        .matcher(text)
        .results()
        .mapToLong(found -> Long.parseLong(found.group()))
        .toArray();
  }

  @Test
  void anotherKeyGivesOtherNumbers() {
    GoldenArray one = GoldenArray.of(Random.bits(Random.key(1), Shape.of(2, 3)));
    assertThat(GoldenArray.of(Random.bits(Random.key(2), Shape.of(2, 3)))).isNotEqualTo(one);
  }

  @Test
  void mappedKeysGiveWhatALoopGives() {
    Key keys = Random.key(3).split(4);
    var mapped = Jacobi.vmap((Key k) -> Random.normal(k, Shape.of(5))).apply(keys);
    for (int i = 0; i < 4; i++) {
      GoldenArray one = GoldenArray.of(Random.normal(keys.get(i), Shape.of(5)));
      assertThat(GoldenArray.of(mapped.get(i))).as("key %d", i).isEqualTo(one);
    }
  }

  @Test
  void jittedNumbersEqualEagerOnes() {
    var jitted = Jacobi.jit((Key k) -> Random.uniform(k, Shape.of(7)));
    Key key = Random.key(11);
    assertThat(GoldenArray.of(jitted.apply(key)))
        .isEqualTo(GoldenArray.of(Random.uniform(key, Shape.of(7))));
  }

  @Test
  void probabilitiesBroadcastToTheShape() {
    Array p = Scalars.of(DType.F32, 1);
    assertThat(Random.bernoulli(Random.key(0), p, Shape.of(2, 2)).shape())
        .isEqualTo(Shape.of(2, 2));
  }
}
