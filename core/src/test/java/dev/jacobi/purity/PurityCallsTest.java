package dev.jacobi.purity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.jacobi.Pure;
import java.io.Serializable;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Calls whose code the receiver's class decides: which are followed, and what is said of others.
 */
class PurityCallsTest {
  /** Stands for Jacobi's function interfaces, which are serialisable. */
  interface F extends Serializable {
    Object apply(Object x);
  }

  static double bias = 0.5;

  sealed interface Layer {
    Object run(Object x);
  }

  record Dense(double w) implements Layer {
    @Override
    public Object run(Object x) {
      return w;
    }
  }

  non-sealed interface Noisy extends Layer {}

  record Dropout() implements Noisy {
    @Override
    public Object run(Object x) {
      return Math.random();
    }
  }

  sealed interface PureLayer<T> {
    T run(T x);

    default T twice(T x) {
      return run(run(x));
    }
  }

  record Scale(double by) implements PureLayer<Double> {
    @Override
    public Double run(Double x) {
      return x * by;
    }
  }

  record Shift() implements PureLayer<Double> {
    @Override
    public Double run(Double x) {
      return x;
    }
  }

  /** Nobody outside of this file can implement it. */
  interface Hidden {
    Object run(Object x);
  }

  abstract static class Half implements Hidden {
    @Override
    public Object run(Object x) {
      return inner();
    }

    abstract Object inner();
  }

  static final class Biased extends Half {
    @Override
    Object inner() {
      return bias;
    }
  }

  static class Base {
    Object run(Object x) {
      return helper(x);
    }

    private Object helper(Object x) {
      return x;
    }
  }

  static class Sub extends Base {
    @Override
    Object run(Object x) {
      System.out.println(x);
      return helper(x);
    }

    private Object helper(Object x) {
      return x + " " + System.nanoTime();
    }
  }

  static final class Above extends Sub {
    @Override
    Object run(Object x) {
      return super.run(x);
    }
  }

  enum Activation {
    NONE {
      @Override
      Object of(Object x) {
        return x;
      }
    },
    RANDOM {
      @Override
      Object of(Object x) {
        return Math.random();
      }
    };

    abstract Object of(Object x);
  }

  /** Anybody may implement these. */
  public interface Nobodys {
    Object run(Object x);
  }

  public interface Single {
    Object run(Object x);
  }

  public record OnlyOne() implements Single {
    @Override
    public Object run(Object x) {
      return bias;
    }
  }

  public interface Many {
    Object run(Object x);
  }

  public record Good() implements Many {
    @Override
    public Object run(Object x) {
      return x;
    }
  }

  public record Bad() implements Many {
    @Override
    public Object run(Object x) {
      return bias;
    }
  }

  public interface Trusted {
    @Pure
    Object run(Object x);
  }

  interface Step {
    Object of(Object x);
  }

  static Object repeat(Step step, Object x) {
    for (int i = 0; i < 3; i++) {
      x = step.of(x);
    }
    return x;
  }

  record Doubling() implements UnaryOperator<Object> {
    @Override
    public Object apply(Object x) {
      return bias;
    }
  }

  static final Function<Object, Object> FIELD = x -> x;

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
    return List.of(
        row("sealed", x -> ((Layer) x).run(x), "RANDOM Math.random"),
        row("sealed, all pure, generic", x -> ((PureLayer<?>) x).twice(null)),
        row("a final class below", x -> ((Dense) x).run(x)),
        row("confined to the nest", x -> ((Hidden) x).run(x), "MUTABLE_READ bias"),
        row("enum with bodies", x -> ((Activation) x).of(x), "RANDOM Math.random"),
        row("overridden", x -> ((Base) x).run(x), "PRINT PrintStream.println", "CLOCK nanoTime"),
        row("exactly the base", x -> new Base().run(x)),
        row("exactly the base, by a variable", PurityCallsTest::onVariable),
        row(
            "base or not",
            PurityCallsTest::onEither,
            "PRINT PrintStream.println",
            "CLOCK nanoTime"),
        row(
            "base or not, ternary",
            x -> (x == null ? new Sub() : new Base()).run(x),
            "PRINT",
            "CLOCK"),
        row("super", x -> new Above().run(x), "PRINT PrintStream.println", "CLOCK nanoTime"),
        row("implemented nowhere", x -> ((Nobodys) x).run(x), "UNRESOLVED Nobodys.run"),
        row("implemented once", x -> ((Single) x).run(x), "MUTABLE_READ bias"),
        row("implemented by many", x -> ((Many) x).run(x), "UNRESOLVED Many.run"),
        row("@Pure by contract", x -> ((Trusted) x).run(x)),
        row(
            "method reference",
            x -> List.of(x).stream().map(Layer.class::cast).map(l -> l.run(x)),
            "RANDOM"),
        row("own functional interface", x -> repeat(y -> y, x)),
        row("own functional interface, impure", x -> repeat(y -> bias, x), "MUTABLE_READ bias"),
        row("own functional interface, unknown", x -> repeat((Step) x, x), "UNRESOLVED Step.of"),
        row("the JDK's interface", PurityCallsTest::onJdkInterface, "MUTABLE_READ bias"),
        row("function in a field", x -> FIELD.apply(x), "UNRESOLVED Function.apply"));
  }

  static Object onVariable(Object x) {
    Base base = new Base();
    for (int i = 0; i < 2; i++) {
      x = base.run(x);
    }
    return x;
  }

  static Object onEither(Object x) {
    Base base = new Base();
    if (x != null) {
      base = new Sub();
    }
    return base.run(x);
  }

  static Object onJdkInterface(Object x) {
    UnaryOperator<Object> f = new Doubling();
    return f.apply(x);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void finds(Row row) {
    expect(Purity.report(row.function), row.expected);
  }

  private static void expect(PurityReport report, String... expected) {
    assertThat(report.findings()).as(report.text("jit")).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      String[] words = expected[i].split(" ", 2);
      assertThat(report.findings().get(i).kind()).hasToString(words[0]);
      assertThat(report.findings().get(i).what()).contains(words.length > 1 ? words[1] : "");
      assertThat(report.findings().get(i).line()).isPositive();
    }
  }

  @Test
  void capturedObjectsHaveTheirOwnClass() {
    Many good = new Good();
    Many bad = new Bad();
    Base sub = new Sub();
    F byReference = sub::run;
    expect(Purity.report((F) x -> good.run(x)));
    expect(Purity.report((F) x -> bad.run(x)), "MUTABLE_READ bias");
    expect(Purity.report(byReference), "PRINT PrintStream.println", "CLOCK nanoTime");
  }

  @AfterEach
  void resetMode() {
    System.clearProperty("jacobi.purity");
  }

  @Test
  void doubtIsNotAnError() {
    F f = x -> ((Nobodys) x).run(x);
    PurityReport report = Purity.report(f);
    assertThat(report.isPure()).isFalse();
    assertThat(report.isImpure()).isFalse();
    assertThat(report.text("jit"))
        .contains("could not be checked for purity", "Nobodys.run", "sealed", "@Pure");
    System.setProperty("jacobi.purity", "strict");
    assertThatCode(() -> Purity.check(f, "jit")).doesNotThrowAnyException();
  }
}
