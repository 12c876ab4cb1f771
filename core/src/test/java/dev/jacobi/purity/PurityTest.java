package dev.jacobi.purity;

import static dev.jacobi.Jacobi.debugCallback;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.Pure;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Small functions and what the check says about each. */
class PurityTest {
  /** Stands for Jacobi's function interfaces, which are serialisable. */
  interface F extends Serializable {
    Object apply(Object x);
  }

  /** The article's example: a bias held outside of the function. */
  static double bias = 0.5;

  static final double SCALE = 2;
  static final int[] COUNTS = new int[1];
  static final List<Object> SEEN = new ArrayList<>();
  static final Map<String, Integer> TABLE = Map.of("a", 1);

  double offset = 1;
  final double gain = 3;

  static Object addBias(Object x) {
    return (Double) x + bias;
  }

  static Object viaHelper(Object x) {
    return addBias(SCALE * (Double) x);
  }

  static Object inCallback(Object x) {
    debugCallback((Object v) -> System.out.print(v), x);
    return x;
  }

  static Object pure(Object x) {
    double[] local = new double[2];
    local[0]++;
    List<Object> parts = new ArrayList<>();
    parts.add(x);
    StringBuilder text = new StringBuilder();
    text.append(SCALE).append(parts.get(0)).append(TABLE.get("a"));
    for (int i = 0; i < 3; i++) {
      parts.set(0, i % 2 == 0 ? x : text);
    }
    return new Counter().next().next().count;
  }

  /** Mutable, but made inside the function. */
  static final class Counter {
    int count;

    Counter next() {
      count++;
      return this;
    }
  }

  record Scaled(double by) implements F {
    @Override
    public Object apply(Object x) {
      return (Double) x * by;
    }
  }

  static final class Counting implements F {
    private static final long serialVersionUID = 1L;
    private int calls;

    @Override
    public Object apply(Object x) {
      return x == null ? x : ++calls;
    }
  }

  Object withOffset(Object x) {
    return (Double) x + offset;
  }

  Object withGain(Object x) {
    return (Double) x + gain;
  }

  @Pure
  static Object vouched(Object x) {
    System.out.println(x);
    return x;
  }

  @Pure
  static F vouchedLambda() {
    return x -> (Double) x + bias;
  }

  @Pure
  static final class Vouched {
    static Object draw(Object x) {
      return Math.random();
    }
  }

  static Object recursive(Object x) {
    return x.hashCode() == 0 ? recursive(x) : System.nanoTime();
  }

  static Object inTernary(int[] counter, Object x) {
    counter[x == null ? 0 : 1] = 3;
    return x;
  }

  static Object inTry(Object x) {
    try {
      return Integer.parseInt(x.toString());
    } catch (NumberFormatException e) {
      System.err.print(e);
      return switch (x.toString()) {
        case "a" -> bias;
        default -> 0;
      };
    }
  }

  record Row(String name, F function, String... expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Row row(String name, F function, String... expected) {
    return new Row(name, function, expected);
  }

  static List<Row> rows() {
    PurityTest test = new PurityTest();
    int[] counter = {0};
    List<Object> collected = new ArrayList<>();
    AtomicInteger atomic = new AtomicInteger();
    F impure = PurityTest::addBias;
    String constant = "k";
    return List.of(
        row("pure method", PurityTest::pure),
        row("pure lambda", x -> constant + x),
        row("the JDK's method", Object::toString),
        row("record as function", new Scaled(2)),
        row("final instance field", test::withGain),
        row("static bias", PurityTest::addBias, "MUTABLE_READ static field PurityTest.bias"),
        row("bias in a lambda", x -> bias, "MUTABLE_READ static field PurityTest.bias"),
        row("through a helper", PurityTest::viaHelper, "MUTABLE_READ PurityTest.bias"),
        row("captured function", x -> impure.apply(x), "MUTABLE_READ PurityTest.bias"),
        row(
            "lambda inside",
            x -> List.of(x).stream().map(y -> bias).toList(),
            "MUTABLE_READ PurityTest.bias"),
        row("method reference inside", x -> x.equals((F) PurityTest::addBias), "MUTABLE_READ bias"),
        row("instance field", test::withOffset, "MUTABLE_READ the field PurityTest.offset"),
        row("instance field by lambda", test.byLambda(), "MUTABLE_READ PurityTest.offset"),
        row("static write", x -> bias = 1, "WRITE PurityTest.bias"),
        row("function with state", new Counting(), "MUTABLE_READ calls", "WRITE Counting.calls"),
        row("captured array", x -> counter[0]++, "WRITE Java array"),
        row("static array", x -> COUNTS[0] = 1, "WRITE Java array"),
        row("ternary index", x -> inTernary(counter, x), "WRITE Java array"),
        row("captured list", x -> collected.add(x), "WRITE List.add"),
        row("static list", x -> SEEN.add(x), "WRITE List.add"),
        row("atomic", x -> atomic.incrementAndGet(), "WRITE AtomicInteger.incrementAndGet"),
        row("atomic read", x -> atomic.get(), "MUTABLE_READ AtomicInteger.get"),
        row("local map", x -> new HashMap<>().put("a", x)),
        row("print", x -> System.out.printf("%s", x), "PRINT PrintStream.printf"),
        row("print in a callback", PurityTest::inCallback),
        row("print in handler", PurityTest::inTry, "PRINT PrintStream.print", "MUTABLE_READ bias"),
        row("clock", x -> System.currentTimeMillis(), "CLOCK System.currentTimeMillis"),
        row("clock in recursion", PurityTest::recursive, "CLOCK System.nanoTime"),
        row("instant", x -> Instant.now(), "CLOCK Instant.now"),
        row("random", x -> new Random(0).nextInt(), "RANDOM new Random", "RANDOM Random.nextInt"),
        row("Math.random", x -> Math.random(), "RANDOM Math.random"),
        row("thread local", x -> ThreadLocalRandom.current().nextInt(), "RANDOM", "RANDOM nextInt"),
        row("file", x -> new java.io.File("x").equals(readFile()), "IO Files.readString"),
        row("thread", x -> started(), "WRITE Thread.start"),
        row("@Pure method", PurityTest::vouched),
        row("@Pure around a lambda", vouchedLambda()),
        row("@Pure class", Vouched::draw),
        row("@Pure callee", x -> vouched(Vouched.draw(x))));
  }

  private F byLambda() {
    return x -> offset;
  }

  private static Object readFile() {
    try {
      return java.nio.file.Files.readString(java.nio.file.Path.of("x"));
    } catch (java.io.IOException e) {
      return e;
    }
  }

  private static Object started() {
    new Thread(() -> {}).start();
    return 1;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void finds(Row row) {
    PurityReport report = Purity.report(row.function);
    assertThat(report.findings()).as(report.text("jit")).hasSize(row.expected.length);
    for (int i = 0; i < row.expected.length; i++) {
      Finding finding = report.findings().get(i);
      String[] words = row.expected[i].split(" ", 2);
      assertThat(finding.kind()).hasToString(words[0]);
      assertThat(finding.what()).contains(words.length > 1 ? words[1] : "");
      assertThat(finding.file()).isEqualTo("PurityTest.java");
      assertThat(finding.line()).isPositive();
    }
  }

  @Test
  void namesClassMethodLineAndFix() {
    F f = PurityTest::viaHelper;
    PurityReport report = Purity.report(f);
    int line = report.findings().getFirst().line();
    assertThat(report.text("jit"))
        .isEqualToIgnoringNewLines(
            """
            jit: dev.jacobi.purity.PurityTest.viaHelper is not a pure function:
                at dev.jacobi.purity.PurityTest.addBias(PurityTest.java:%d) it reads the static field PurityTest.bias
                  the value seen while tracing is kept; later changes are ignored;
                  fix: make the field final, or pass its value as an argument.
              Silence this with @Pure on the method or class, or with JACOBI_PURITY=off.\
            """
                .formatted(line));
  }

  @AfterEach
  void resetMode() {
    System.clearProperty("jacobi.purity");
  }

  @Test
  void strictThrowsEveryTime() {
    System.setProperty("jacobi.purity", "strict");
    F f = x -> bias;
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> Purity.check(f, "grad"))
          .isInstanceOf(ImpureFunctionException.class)
          .hasMessageStartingWith("grad: ")
          .hasMessageContaining("(a lambda in strictThrowsEveryTime)");
    }
  }

  @Test
  void warnsOncePerFunctionNotPerLambda() {
    List<String> logged = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            logged.add(record.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("dev.jacobi.purity");
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    try {
      F one = PurityTest::warned;
      F two = PurityTest::warned;
      System.setProperty("jacobi.purity", "off");
      Purity.check(one, "jit");
      assertThat(logged).isEmpty();
      System.setProperty("jacobi.purity", "warn");
      for (int i = 0; i < 3; i++) {
        Purity.check(one, "jit");
        Purity.check(two, "grad");
      }
      assertThat(logged).hasSize(1);
      assertThat(logged.getFirst()).startsWith("jit: ").contains("PurityTest.bias");
    } finally {
      logger.setUseParentHandlers(true);
      logger.removeHandler(handler);
    }
  }

  static Object warned(Object x) {
    return bias;
  }
}
