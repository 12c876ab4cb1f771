package dev.jacobi.control;

import static dev.jacobi.Jacobi.grad;
import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.Jacobi.jvp;
import static dev.jacobi.Jacobi.savedResiduals;
import static dev.jacobi.Jacobi.vmap;
import static dev.jacobi.JacobiDebug.pureCallback;
import static dev.jacobi.numpy.Jnp.arange;
import static dev.jacobi.numpy.Jnp.array;
import static dev.jacobi.numpy.Jnp.ix;
import static dev.jacobi.numpy.Jnp.outer;
import static dev.jacobi.numpy.Jnp.scalar;
import static dev.jacobi.numpy.Jnp.sin;
import static dev.jacobi.numpy.Jnp.stack;
import static dev.jacobi.numpy.Jnp.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.Array;
import dev.jacobi.OnPlugins;
import dev.jacobi.Op1;
import dev.jacobi.Pure;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Lax;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.remat.SavedResidual;
import dev.jacobi.tape.Binomial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Reverse derivatives of loops that keep a fixed number of states. */
@Pure // the programs are a table of functions
class CheckpointedLoopsTest {
  private static final Array P = array(1.0, 2.0, 0.5);
  private static final Array V = array(-0.5, 1.0, 0.25);

  /** What a loop carries. */
  record Go(Array x, Array total, Array n) {}

  /** A scalar function of three numbers with a loop that keeps {@code k} states, or all for 0. */
  interface Program {
    Array loss(Array p, long k);
  }

  private static LoopOptions keep(long k) {
    return k == 0 ? LoopOptions.DEFAULT : LoopOptions.DEFAULT.withCheckpoints(k);
  }

  private static ScanOptions keepOfScan(long k) {
    return k == 0 ? ScanOptions.DEFAULT : ScanOptions.DEFAULT.withCheckpoints(k);
  }

  private static Go start(Array p) {
    return new Go(p, scalar(0.0), scalar(0));
  }

  private static Go step(Go c, Array p) {
    Array x = sin(c.x.times(p.times(0.01).plus(1)));
    return new Go(x, c.total.plus(sum(x.times(p))), c.n.plus(1));
  }

  private static Array result(Go c) {
    return sum(c.x.times(c.x)).plus(c.total);
  }

  /** Some 30 steps; the number depends on the values. */
  private static Array until(Array p, long k) {
    return result(
        Lax.whileLoop((Go c) -> sum(c.x.times(c.x)).gt(0.3), c -> step(c, p), start(p), keep(k)));
  }

  private static Array never(Array p, long k) {
    return result(Lax.whileLoop((Go c) -> c.n.lt(0), c -> step(c, p), start(p), keep(k)));
  }

  private static Array counted(Array p, long k) {
    Array to = scalar(17);
    return result(Lax.foriLoop(scalar(0), to, (i, c) -> step(c, p), start(p), keep(k)));
  }

  private static Array known(Array p, long k) {
    return result(Lax.foriLoop(0, 23, (i, c) -> step(c, p), start(p), keep(k)));
  }

  private static Array elements(Array p, ScanOptions options) {
    Array xs = outer(arange(11).astype(DType.F64).plus(1), p.times(0.1));
    Scanned<Go, Array> out =
        Lax.scan(
            (Go c, Array x) -> {
              Go next = step(c, p.times(x));
              return new Step<>(next, next.x().times(c.total()));
            },
            start(p),
            xs,
            options);
    return result(out.carry()).plus(sum(sin(out.ys())));
  }

  private static Array nested(Array p, long k) {
    return result(
        Lax.foriLoop(
            0,
            5,
            (i, c) -> {
              Array inner = Lax.foriLoop(scalar(0), i, (j, x) -> sin(x.times(p)), c.x, keep(k));
              return step(new Go(inner, c.total, c.n), p);
            },
            start(p),
            keep(k)));
  }

  private static Array branches(Array p, long k) {
    return result(
        Lax.foriLoop(
            scalar(0),
            scalar(9),
            (i, c) ->
                Lax.cond(
                    i.rem(3).eq(1),
                    (Go g) -> step(g, p),
                    (Go g) -> new Go(g.x.times(1.5), g.total.times(p.get(1)), g.n),
                    c),
            start(p),
            keep(k)));
  }

  private static Array inPlace(Array p, long k) {
    Array out =
        Lax.foriLoop(
            0,
            12,
            (i, x) -> x.at(ix(i.rem(3))).set(sin(sum(x)).times(x.get(ix(i.plus(1).rem(3))))),
            p,
            keep(k));
    return sum(out.times(out));
  }

  private static Map<String, Program> programs() {
    Map<String, Program> all = new LinkedHashMap<>();
    all.put("while", CheckpointedLoopsTest::until);
    all.put("while without a step", CheckpointedLoopsTest::never);
    all.put("fori to a bound", CheckpointedLoopsTest::counted);
    all.put("fori", CheckpointedLoopsTest::known);
    all.put("scan", (p, k) -> elements(p, keepOfScan(k)));
    all.put("scan in reverse", (p, k) -> elements(p, keepOfScan(k).reversed()));
    all.put("loop in a loop", CheckpointedLoopsTest::nested);
    all.put("branches", CheckpointedLoopsTest::branches);
    all.put("updates in place", CheckpointedLoopsTest::inPlace);
    return all;
  }

  private static Array two(Array p) {
    return stack(List.of(p, p.times(1.25)));
  }

  /** Derivatives that go backwards through the loop once. */
  private static Map<String, UnaryOperator<Op1>> derivatives() {
    Map<String, UnaryOperator<Op1>> all = new LinkedHashMap<>();
    all.put("grad", f -> grad(f));
    all.put("jit", f -> jit(grad(f)));
    all.put("lanes of different length", f -> p -> vmap(grad(f)).apply(two(p)).reshape(6));
    all.put("jit of lanes", f -> p -> jit(vmap(grad(f))).apply(two(p)).reshape(6));
    all.put("of a batch", f -> jit(grad(p -> sum(vmap(f).apply(two(p))))));
    return all;
  }

  private static Op1 of(Program program, long k) {
    return p -> program.loss(p, k);
  }

  private static Stream<DynamicTest> laws(String how, UnaryOperator<Op1> derivative, long... ks) {
    return programs().entrySet().stream()
        .map(
            e ->
                DynamicTest.dynamicTest(
                    how + " of " + e.getKey(),
                    () -> {
                      var plain = derivative.apply(of(e.getValue(), 0)).apply(P).toDoubleArray();
                      for (long k : ks) {
                        var kept = derivative.apply(of(e.getValue(), k)).apply(P).toDoubleArray();
                        if (OnPlugins.isPlugin()) { // XLA contracts what it brings together.
                          isClose(k + " states", plain, kept);
                        } else {
                          assertThat(kept).as("%d states", k).containsExactly(plain);
                        }
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> gradientsAreThoseOfATapeToTheBit() {
    return laws("jit", f -> jit(grad(f)), 2);
  }

  @Tag("slow")
  @TestFactory
  Stream<DynamicTest> allDerivativesAreThoseOfATapeToTheBit() {
    return derivatives().entrySet().stream()
        .flatMap(d -> laws(d.getKey(), d.getValue(), 1, 3, 4, 100));
  }

  @Tag("slow")
  @TestFactory
  Stream<DynamicTest> secondDerivatives() {
    Map<String, UnaryOperator<Op1>> all = new LinkedHashMap<>();
    all.put("forward over reverse", f -> jit(p -> jvp(grad(f), p, V).tangent()));
    all.put("reverse over forward", f -> jit(grad(p -> jvp(f, p, V).tangent())));
    all.put("reverse over reverse", f -> jit(grad(p -> sum(grad(f).apply(p).times(V)))));
    List<DynamicTest> tests = new ArrayList<>();
    programs()
        .forEach(
            (name, program) ->
                tests.add(
                    DynamicTest.dynamicTest(
                        name, () -> all.forEach((how, d) -> isClose(how, d, program)))));
    return tests.stream();
  }

  private static void isClose(String how, UnaryOperator<Op1> derivative, Program program) {
    double[] plain = derivative.apply(of(program, 0)).apply(P).toDoubleArray();
    double[] kept = derivative.apply(of(program, 3)).apply(P).toDoubleArray();
    isClose(how, plain, kept);
  }

  private static void isClose(String how, double[] plain, double[] kept) {
    for (int i = 0; i < plain.length; i++) {
      Offset<Double> rounding = Offset.offset(1e-12 * (1 + Math.abs(plain[i])));
      assertThat(kept[i]).as(how).isCloseTo(plain[i], rounding);
    }
  }

  /** Steps that a gradient takes forward; those backwards compute only what they need. */
  private static long taken(boolean known, int n, long k) {
    AtomicLong count = new AtomicLong();
    Op1 f =
        p -> {
          Array zero = scalar(0);
          var init = new Go(p, scalar(0.0), zero);
          LoopOptions options = keep(k);
          Go out =
              known
                  ? Lax.foriLoop(0, n, (i, c) -> counting(c, count), init, options)
                  : Lax.whileLoop((Go c) -> c.n.lt(n), c -> counting(c, count), init, options);
          return sum(out.x);
        };
    Array slope = jit(grad(f)).apply(P);
    assertThat(slope.get(0).item()).isFinite();
    return count.get();
  }

  private static Go counting(Go c, AtomicLong count) {
    Array one =
        pureCallback(
            (Array n) -> {
              count.incrementAndGet();
              return n.plus(1);
            },
            c.n,
            c.n);
    return new Go(sin(c.x), c.total, one);
  }

  /** Where the states of a loop of unknown length lie when it ends, by the rule in words. */
  private static List<Long> keptOnline(long n, long k) {
    List<Long> kept = new ArrayList<>();
    long distance = 1;
    for (long i = 0; i < n; i++) {
      if (i == k && k < 4) {
        kept.subList(1, kept.size()).clear(); // few places: the first state only
        distance = Long.MAX_VALUE;
      }
      if (kept.isEmpty() || i == kept.getLast() + distance) {
        while (i >= k && kept.size() >= (k + 1) / 2) {
          distance *= 2;
          long d = distance;
          kept.removeIf(at -> at % d != 0);
        }
        if (kept.isEmpty() || i == kept.getLast() + distance) {
          kept.add(i);
        }
      }
    }
    return kept;
  }

  /** All steps forward: on the way there, and again between the kept states. */
  private static long expectedOnline(long n, long k) {
    List<Long> kept = keptOnline(n, k);
    long sum = n;
    for (int i = 0; i < kept.size(); i++) {
      long to = i + 1 < kept.size() ? kept.get(i + 1) : n;
      sum += Binomial.repeated(to - kept.get(i), k - i);
    }
    return sum;
  }

  /** The least steps forward that reverse n, by trying all places for the next state. */
  private static long[][] fewest(int n, int k) {
    long[][] t = new long[k + 1][n + 1];
    for (int c = 1; c <= k; c++) {
      for (int l = 2; l <= n; l++) {
        t[c][l] = c == 1 ? l * (l - 1L) / 2 : Long.MAX_VALUE;
        for (int m = 1; c > 1 && m < l; m++) {
          t[c][l] = Math.min(t[c][l], m + t[c - 1][l - m] + t[c][m]);
        }
      }
    }
    return t;
  }

  @Test
  void theFormulaIsTheLeastOfAllSchedules() {
    long[][] least = fewest(60, 6);
    for (int k = 1; k <= 6; k++) {
      for (int n = 1; n <= 60; n++) {
        assertThat(Binomial.repeated(n, k)).as("%d steps, %d states", n, k).isEqualTo(least[k][n]);
      }
    }
  }

  /** Beside the least for a known length; three states or less keep the first. */
  @Test
  void loopsOfUnknownLengthRepeatLittleMore() {
    for (int k = 1; k <= 30; k++) {
      for (int n = 1; n <= 2000; n += 13) {
        double least = Math.max(n, Binomial.repeated(n, k));
        assertThat(expectedOnline(n, k) / least).as("%d steps, %d states", n, k).isLessThan(1.8);
      }
    }
  }

  /** Whether a loop's length is known, its steps, the states that it keeps. */
  record Row(boolean known, int n, long k) {
    /** The least, and steps after the last kept state if something needs the loop's results. */
    void check(long taken) {
      long least = Binomial.repeated(n, k);
      if (known) {
        assertThat(taken).isBetween(least, least + repetitions() + 1);
      } else {
        assertThat(taken).isEqualTo(expectedOnline(n, k));
      }
    }

    /** How often a step is repeated. */
    private long repetitions() {
      return Binomial.repeated(n, k) - Binomial.repeated(n - 1, k);
    }
  }

  @TestFactory
  Stream<DynamicTest> stepsAreRepeatedAsOftenAsTheorySays() {
    OnPlugins.skip("there are no callbacks");
    return Stream.of(
            new Row(true, 10, 10),
            new Row(true, 100, 1),
            new Row(true, 100, 3),
            new Row(true, 1000, 10),
            new Row(false, 10, 10),
            new Row(false, 11, 10),
            new Row(false, 100, 1),
            new Row(false, 100, 2),
            new Row(false, 100, 3),
            new Row(false, 1000, 10),
            new Row(false, 1025, 10))
        .map(r -> DynamicTest.dynamicTest(r.toString(), () -> r.check(taken(r.known, r.n, r.k))));
  }

  private static long bytes(Op1 f) {
    return savedResiduals(f, P).stream().mapToLong(SavedResidual::bytes).sum();
  }

  /** 10 states of 3 numbers, and some counters, for any number of steps. */
  @Test
  void whatIsKeptDoesNotGrowWithTheNumberOfSteps() {
    for (long n : List.of(50L, 5_000L, 5_000_000L)) {
      Op1 fori = p -> sum(Lax.foriLoop(0, n, (i, x) -> sin(x.times(p)), p, keep(10)));
      Op1 loop =
          p -> sum(Lax.foriLoop(scalar(0L), scalar(n), (i, x) -> sin(x.times(p)), p, keep(10)));
      long rows = 10 * 3 * 8; // and of the counter, and which steps these are
      assertThat(bytes(fori)).isBetween(rows, rows + 10 * (8 + 8) + 64);
      assertThat(bytes(loop)).isBetween(rows, rows + 10 * (16 + 8) + 64);
    }
    Op1 tape = p -> sum(Lax.foriLoop(0, 5_000, (i, x) -> sin(x.times(p)), p));
    assertThat(bytes(tape)).isGreaterThan(5_000 * 3 * 8);
  }

  @Test
  void noStatesAreAnError() {
    assertThatThrownBy(() -> LoopOptions.DEFAULT.withCheckpoints(0))
        .isInstanceOf(LaxTypeException.class)
        .hasMessageContaining("at least 1");
  }
}
