package dev.jacobi.transform;

import static dev.jacobi.Jacobi.disableJit;
import static dev.jacobi.Jacobi.grad;
import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.numpy.Jnp.arange;
import static dev.jacobi.numpy.Jnp.array;
import static dev.jacobi.numpy.Jnp.concatenate;
import static dev.jacobi.numpy.Jnp.ix;
import static dev.jacobi.numpy.Jnp.range;
import static dev.jacobi.numpy.Jnp.scalar;
import static dev.jacobi.numpy.Jnp.sin;
import static dev.jacobi.numpy.Jnp.sum;
import static dev.jacobi.numpy.Jnp.zeros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.Array;
import dev.jacobi.JitOp1;
import dev.jacobi.OnPlugins;
import dev.jacobi.Op1;
import dev.jacobi.control.LoopOptions;
import dev.jacobi.control.Step;
import dev.jacobi.dispatch.Backends;
import dev.jacobi.dispatch.NotToldException;
import dev.jacobi.hlo.spi.ArrayCopy;
import dev.jacobi.lax.Lax;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Which arrays compiled programs copy, and that loops update arrays in place. */
class CopiesTest {
  private static final Array X = arange(60f);

  /** What two parts of a carry are. */
  record Two(Array a, Array b) {}

  private static Array next(Array b, Array i) {
    return b.at(ix(i.plus(1))).set(b.get(ix(i)).times(0.5).plus(1));
  }

  /** An element per step. */
  private static Array loop(Array x) {
    return Lax.foriLoop(0, 50, CopiesTest::step, x);
  }

  private static Array step(Array i, Array b) {
    return next(b, i);
  }

  private static Array twice(Array x) {
    return Lax.foriLoop(0, 50, (i, b) -> next(next(b, i), i.plus(2)), x);
  }

  private static Array nested(Array x) {
    return Lax.foriLoop(0, 5, (j, b) -> Lax.foriLoop(0, 9, (i, c) -> next(c, i.plus(j)), b), x);
  }

  private static Array nestedAndChanged(Array x) {
    return Lax.foriLoop(0, 5, (j, b) -> loop(b).times(0.5), x);
  }

  private static Array scattered(Array x) {
    Array places = array(1, 7, 7, 3);
    return Lax.foriLoop(0, 50, (i, b) -> b.at(ix(places.plus(i))).add(1f), x);
  }

  /** What is written overlaps what is read. */
  private static Array shifted(Array x) {
    return Lax.foriLoop(0, 50, (i, b) -> b.at(range(1, 60)).set(b.get(range(0, 59))), x);
  }

  /** Arrays that change places, and one of which is updated. */
  private static Array swapped(Array x) {
    Two out = Lax.foriLoop(0, 51, (i, c) -> new Two(c.b, next(c.a, i)), new Two(x, x.times(3)));
    return out.a.plus(out.b.times(0.1));
  }

  private static Array handedOn(Array x) {
    Two out = Lax.foriLoop(0, 50, (i, c) -> new Two(c.b, next(c.b, i)), new Two(x, x.times(3)));
    return out.a.plus(out.b.times(0.1));
  }

  private static Array readLater(Array x) {
    Two out =
        Lax.foriLoop(
            0,
            50,
            (i, c) -> {
              Array b = next(c.b, i);
              return new Two(c.a.plus(sum(sin(b).times(c.b))), b);
            },
            new Two(scalar(0f), x));
    return out.b.plus(out.a);
  }

  private static Array twoFromOne(Array x) {
    Two out =
        Lax.foriLoop(0, 50, (i, c) -> new Two(next(c.a, i), next(c.b, i.plus(1))), new Two(x, x));
    return out.a.plus(out.b.times(0.1));
  }

  /** jax issue 17640: rows that are shifted by an element, in a scan. */
  private static Array insertions(Array x) {
    Array state = x.reshape(6, 10);
    return Lax.scan(
            (Array s, Array value) -> {
              Array row = Lax.dynamicSlice(s, List.of(scalar(2), scalar(3)), 1, 5);
              Array longer = concatenate(List.of(value.reshape(1, 1), row), 1);
              Array next = Lax.dynamicUpdateSlice(s, longer, List.of(scalar(2), scalar(3)));
              return new Step<>(next, List.of());
            },
            state,
            arange(100f).times(0.01))
        .carry()
        .reshape(60);
  }

  /** A program, and its copies as {@code reason} or {@code reason each step}. */
  record Row(String what, JitOp1 f, Op1 stepwise, Set<String> copies) {}

  private static Row row(String what, Op1 f, String... copies) {
    return new Row(what, jit(f), f, Set.of(copies));
  }

  /** On a value of the program's own, which nothing else needs. */
  private static Row own(String what, Op1 f, String... copies) {
    return row(what, x -> f.apply(x.times(2)), copies);
  }

  private static List<Row> rows() {
    Array captured = X.plus(1);
    Op1 slope = grad(x -> sum(insertions(x.times(2)).times(x)));
    return List.of(
        own("in place", CopiesTest::loop),
        own("two updates", CopiesTest::twice),
        own("loop in loop", CopiesTest::nested),
        own("loop in loop, and more", CopiesTest::nestedAndChanged),
        own("scatter", CopiesTest::scattered),
        own("overlapping", CopiesTest::shifted),
        own("jax issue 17640", CopiesTest::insertions),
        row("its gradient", slope, "Undonated"), // the cotangent that it begins with is x
        new Row("donated", jit((Op1) CopiesTest::loop).donate(0), CopiesTest::loop, Set.of()),
        row("argument", CopiesTest::loop, "Undonated"),
        row("captured", x -> loop(captured).plus(x), "Captured"),
        own("needed later", x -> loop(x).plus(loop(x).times(sin(x))), "ReadLater"),
        own("read after the update", CopiesTest::readLater, "TwoBuffers", "ReadLater each step"),
        own(
            "handed on",
            CopiesTest::handedOn,
            "TwoBuffers",
            "HandedOn each step",
            "Moved each step"),
        own("needed twice", CopiesTest::twoFromOne, "Twice"),
        own(
            "exchanged",
            CopiesTest::swapped,
            "TwoBuffers",
            "TwoBuffers each step",
            "Moved each step"));
  }

  private static boolean tells() {
    return Backends.current().name().equals("cpu");
  }

  private static String told(ArrayCopy copy) {
    return copy.reason().getClass().getSimpleName() + (copy.isEachStep() ? " each step" : "");
  }

  @TestFactory
  Stream<DynamicTest> copiesAreTold() {
    return rows().stream().map(r -> DynamicTest.dynamicTest(r.what, () -> check(r)));
  }

  private static void check(Row row) {
    float[] wanted = disableJit(() -> row.stepwise.apply(X)).toFloatArray();
    if (tells()) {
      List<ArrayCopy> copies = row.f.lower(X).copies();
      assertThat(copies.stream().map(CopiesTest::told).collect(Collectors.toSet()))
          .as(copies.toString())
          .isEqualTo(row.copies);
    }
    float[] found = row.f.apply(X.plus(0)).toFloatArray();
    if (!Arrays.equals(found, wanted)) {
      OnPlugins.skip("jit is not eager to the bit");
    }
    assertThat(found).as(Arrays.toString(found)).containsExactly(wanted);
  }

  /** The states that a checkpointed loop keeps. */
  @Test
  void keptStatesStayInPlace() {
    LoopOptions few = LoopOptions.DEFAULT.withCheckpoints(4);
    Array n = scalar(20);
    Op1 known = grad(x -> sum(Lax.foriLoop(0, 20, (i, b) -> sin(b.times(x)), x, few)));
    Op1 unknown = grad(x -> sum(Lax.foriLoop(scalar(0), n, (i, b) -> sin(b.times(x)), x, few)));
    for (Op1 f : tells() ? List.of(known, unknown) : List.<Op1>of()) {
      List<ArrayCopy> copies = jit(f).lower(X).copies();
      assertThat(copies).noneMatch(c -> c.isEachStep() && c.bytes() >= 4 * 60 * 4);
    }
  }

  /** Which array, how often, and why. */
  @Test
  void aCopyNamesItsLine() {
    if (!tells()) {
      assertThatThrownBy(() -> jit((Op1) CopiesTest::loop).lower(X).copies())
          .isInstanceOf(NotToldException.class)
          .hasMessageContaining(Backends.current().name());
      return;
    }
    assertThat(jit((Op1) CopiesTest::loop).lower(X).copies())
        .singleElement()
        .asString()
        .matches(
            "240 bytes \\(tensor<60xf32>\\) copied once by stablehlo.while at"
                + " CopiesTest.java:\\d+: argument 0 is not donated");
    assertThat(jit((Op1) CopiesTest::readLater).lower(zeros(1000)).copies())
        .extracting(ArrayCopy::toString)
        .anyMatch(
            s ->
                s.matches(
                    "4000 bytes .* copied in each step of the loop at CopiesTest.java:\\d+ by"
                        + " stablehlo.scatter at CopiesTest.java:\\d+: it is read"
                        + " later at CopiesTest.java:\\d+"));
  }
}
