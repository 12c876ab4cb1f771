package dev.jacobi.numpy;

import static dev.jacobi.Jacobi.grad;
import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.Jacobi.vmap;
import static dev.jacobi.numpy.Jnp.all;
import static dev.jacobi.numpy.Jnp.arange;
import static dev.jacobi.numpy.Jnp.array;
import static dev.jacobi.numpy.Jnp.ix;
import static dev.jacobi.numpy.Jnp.scalar;
import static dev.jacobi.numpy.Jnp.take;
import static dev.jacobi.numpy.Jnp.takeAlongAxis;
import static dev.jacobi.numpy.Jnp.zeros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.Array;
import dev.jacobi.Mode;
import dev.jacobi.OnPlugins;
import dev.jacobi.Op1;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Lax;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** An index out of bounds is an error in compiled programs too, unless a mode is asked for. */
class BoundsTest {
  private static final Array X = arange(5f);
  private static final Array BAD = array(0, 7, -6);
  private static final Array MATRIX = arange(6f).reshape(2, 3);

  /**
   * A function of indices.
   *
   * @param says what the message says after the line, for {@link #BAD} or for 7
   */
  record Row(String what, Op1 f, Array index, String says) {}

  private static Row row(String what, Op1 f) {
    return new Row(what, f, BAD, "is out of bounds for dimension 0 of shape (5,)");
  }

  private static List<Row> rows() {
    Op1 get = i -> X.get(ix(i));
    Array seven = scalar(7);
    return List.of(
        row("get", get),
        row("get at", i -> X.at(ix(i)).get()),
        row("take", i -> take(X, i, 0)),
        row("takeAlongAxis", i -> takeAlongAxis(X, i, 0)),
        row("set", i -> X.at(ix(i)).set(1)),
        row("add", i -> X.at(ix(i)).add(1)),
        row("grad", i -> grad(x -> x.get(ix(i)).sum()).apply(X)),
        row("grad of add", i -> grad(x -> X.at(ix(i)).add(x).sum()).apply(scalar(1f))),
        new Row("one", get, seven, "index 7"),
        new Row("one of a matrix", i -> MATRIX.get(ix(i)), seven, "dimension 0 of shape (2, 3)"),
        new Row("a column", i -> MATRIX.get(all(), ix(i)), BAD, "dimension 1 of shape (2, 3)"),
        new Row("unsigned", i -> X.get(ix(i.astype(DType.U8))), seven, "index 7"),
        new Row("large", i -> X.get(ix(i)), scalar(1L << 40), "index " + (1L << 40)),
        new Row("small", i -> X.get(ix(i)), scalar(Integer.MIN_VALUE), "index -2147483648"),
        new Row("lanes", vmap(get), BAD, "in lane 1 is out of bounds"),
        new Row(
            "a loop",
            i -> Lax.foriLoop(0, 9, (k, c) -> c.plus(X.get(ix(k))), i.astype(DType.F32)),
            seven,
            "index 5"),
        new Row(
            "the first in the order of memory",
            i -> X.get(ix(i)),
            array(new int[][] {{0, 1}, {9, -9}}),
            "index 9"));
  }

  @TestFactory
  Stream<DynamicTest> errors() {
    return rows().stream()
        .flatMap(
            row ->
                Stream.of(
                    DynamicTest.dynamicTest(row.what, () -> fails(row, row.f)),
                    DynamicTest.dynamicTest("jit of " + row.what, () -> fails(row, jit(row.f)))));
  }

  private static void fails(Row row, Op1 f) {
    OnPlugins.skip("no index is checked");
    assertThatThrownBy(() -> f.apply(row.index))
        .isInstanceOf(ArrayIndexException.class)
        .hasMessageMatching("(?s)index -?\\d+ at BoundsTest.java:\\d+.*")
        .hasMessageContaining(row.says);
  }

  @Test
  void whatIsInBoundsPasses() {
    Array ends = array(4, -5, 0, -1);
    assertThat(jit(i -> X.get(ix(i))).apply(ends).toFloatArray()).containsExactly(4, 0, 0, 4);
    assertThat(jit(i -> X.get(ix(i))).apply(zeros(0).astype(DType.I32)).size()).isZero();
    assertThat(jit(i -> X.get(ix(i.astype(DType.U8)))).apply(scalar(4)).item()).isEqualTo(4);
    assertThat(jit(i -> zeros(300).get(ix(i.astype(DType.I8)))).apply(scalar(99)).item()).isZero();
  }

  /** Values of JAX 0.10.2 for its modes of these names. */
  @Test
  void modesAreThoseOfJax() {
    float nan = Float.NaN;
    reads(Mode.FILL, 0, nan, nan);
    reads(Mode.DROP, 0, nan, nan);
    reads(Mode.CLIP, 0, 4, 0);
    reads(Mode.WRAP, 0, 2, 4);
    updates(Mode.FILL, 1, 1, 2, 3, 4);
    updates(Mode.DROP, 1, 1, 2, 3, 4);
    updates(Mode.CLIP, 2, 1, 2, 3, 5);
    updates(Mode.WRAP, 1, 1, 3, 3, 5);
    Array good = array(-1, 2);
    for (Mode mode : Mode.values()) {
      assertThat(jit(i -> X.at(ix(i)).get(mode)).apply(good).toFloatArray()).containsExactly(4, 2);
    }
  }

  private static void reads(Mode mode, float... values) {
    Op1 f = i -> X.at(ix(i)).get(mode);
    assertThat(f.apply(BAD).toFloatArray()).as("%s", mode).containsExactly(values);
    assertThat(jit(f).apply(BAD).toFloatArray()).as("jit, %s", mode).containsExactly(values);
  }

  private static void updates(Mode mode, float... values) {
    Op1 f = i -> X.at(ix(i)).add(array(1f, 1f, 1f), mode);
    assertThat(f.apply(BAD).toFloatArray()).as("%s", mode).containsExactly(values);
    assertThat(jit(f).apply(BAD).toFloatArray()).as("jit, %s", mode).containsExactly(values);
  }

  /** jax issue 278: reads out of bounds gave other elements silently. */
  @Test
  void issue278() {
    OnPlugins.skip("no index is checked");
    assertThatThrownBy(() -> jit(i -> arange(10f).get(ix(i))).apply(scalar(10)))
        .isInstanceOf(ArrayIndexException.class)
        .hasMessageContaining("it must be from -10 to 9");
  }

  /** jax issue 3774: updates out of bounds changed nothing, and nothing was said. */
  @Test
  void issue3774() {
    OnPlugins.skip("no index is checked");
    Op1 f = i -> Lax.foriLoop(0, 3, (k, x) -> x.at(ix(i.plus(k))).set(1), zeros(4));
    assertThat(jit(f).apply(scalar(1)).toFloatArray()).containsExactly(0, 1, 1, 1);
    assertThatThrownBy(() -> jit(f).apply(scalar(2)))
        .isInstanceOf(ArrayIndexException.class)
        .hasMessageContaining("index 4");
  }

  /** Long unsigned indices are large numbers, and no negative ones. */
  @TestFactory
  Stream<DynamicTest> unsignedOnes() {
    return Stream.of(scalar(-2).astype(DType.U32), scalar(-2L).astype(DType.U64))
        .map(i -> DynamicTest.dynamicTest(i.dtype().toString(), () -> isLarge(i)));
  }

  private static void isLarge(Array i) {
    Array three = arange(3f);
    double wrapped = 2; // 2^32 - 2 and 2^64 - 2 modulo 3
    for (Op1 f : List.<Op1>of(k -> X.at(ix(k)).get(Mode.CLIP), k -> take(X, k, 0, Mode.CLIP))) {
      assertThat(f.apply(i).item()).isEqualTo(4);
      assertThat(jit(f).apply(i).item()).isEqualTo(4);
    }
    for (Op1 f :
        List.<Op1>of(k -> three.at(ix(k)).get(Mode.WRAP), k -> take(three, k, 0, Mode.WRAP))) {
      assertThat(f.apply(i).item()).isEqualTo(wrapped);
      assertThat(jit(f).apply(i).item()).isEqualTo(wrapped);
    }
    Op1 set = k -> X.at(ix(k)).set(scalar(9f), Mode.CLIP);
    assertThat(jit(set).apply(i).toFloatArray()).containsExactly(0, 1, 2, 3, 9);
    assertThat(take(X, i, 0, Mode.FILL).item()).isNaN();
    OnPlugins.skip("no index is checked");
    for (Op1 f : List.<Op1>of(k -> X.get(ix(k)), k -> X.at(ix(k)).set(1), k -> take(X, k, 0))) {
      String says = "index " + (i.dtype() == DType.U32 ? "4294967294" : "18446744073709551614");
      for (Op1 g : List.of(f, jit(f))) {
        assertThatThrownBy(() -> g.apply(i))
            .isInstanceOf(ArrayIndexException.class)
            .hasMessageContaining(says);
      }
    }
  }
}
