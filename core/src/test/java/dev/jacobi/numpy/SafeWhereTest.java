package dev.jacobi.numpy;

import static dev.jacobi.Jacobi.grad;
import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.Jacobi.jvp;
import static dev.jacobi.Jacobi.vmap;
import static dev.jacobi.numpy.Jnp.any;
import static dev.jacobi.numpy.Jnp.arange;
import static dev.jacobi.numpy.Jnp.arccos;
import static dev.jacobi.numpy.Jnp.array;
import static dev.jacobi.numpy.Jnp.isfinite;
import static dev.jacobi.numpy.Jnp.log;
import static dev.jacobi.numpy.Jnp.log1p;
import static dev.jacobi.numpy.Jnp.logicalAnd;
import static dev.jacobi.numpy.Jnp.notEqual;
import static dev.jacobi.numpy.Jnp.power;
import static dev.jacobi.numpy.Jnp.safeWhere;
import static dev.jacobi.numpy.Jnp.scalar;
import static dev.jacobi.numpy.Jnp.sqrt;
import static dev.jacobi.numpy.Jnp.sum;
import static dev.jacobi.numpy.Jnp.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.Array;
import dev.jacobi.Op1;
import dev.jacobi.hlo.DType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Derivatives of functions that have none somewhere, where they are not asked there. */
class SafeWhereTest {
  /** A function that is singular at some of the points, and where it is to be taken. */
  record Row(String what, Op1 f, Op1 mask, Array x, Array safe) {
    Array apply(Array x) {
      return safeWhere(mask.apply(x), f, x, safe, scalar(-3f));
    }

    List<Op1> derivatives() {
      Op1 f = this::apply;
      Op1 first = grad(x -> sum(f.apply(x)));
      Op1 forward = x -> jvp(f, x, Jnp.onesLike(x)).tangent();
      Op1 second = grad(x -> sum(first.apply(x)));
      return List.of(first, jit(first), vmap(grad(f)), forward, second, jit(second));
    }
  }

  private static List<Row> rows() {
    Array one = scalar(1f);
    Array zero = scalar(0f);
    Op1 positive = x -> x.gt(0);
    Array x = array(-1f, 0f, 0.25f, 2f);
    return List.of(
        new Row("jax issue 1052: sqrt", Jnp::sqrt, positive, x, one),
        new Row("sqrt(x^2)", v -> sqrt(v.times(v)), v -> v.ne(0), x, one),
        new Row("log", Jnp::log, positive, x, one),
        new Row("1 / x", Jnp::reciprocal, v -> v.ne(0), x, one),
        new Row("x log x", v -> v.times(log(v)), positive, x, one),
        new Row(
            "log of what has overflown",
            v -> log(v.times(1e38f)),
            v -> logicalAnd(v.lt(1), v.gt(0)),
            x,
            one),
        new Row(
            "arccos, singular at 1", v -> arccos(v), v -> logicalAnd(v.lt(1), v.gt(-1)), x, zero),
        new Row(
            "log1p(-x), f64", v -> log1p(v.unaryMinus()), v -> v.lt(1), x.astype(DType.F64), zero),
        new Row("nowhere", Jnp::sqrt, v -> v.gt(9), x, one));
  }

  @TestFactory
  Stream<DynamicTest> derivativesAreFiniteAndThoseOfTheFunction() {
    return rows().stream()
        .map(row -> DynamicTest.dynamicTest(row.what, () -> isFiniteAndRight(row)));
  }

  /** Where the mask is set they are those without a mask, to the bit; elsewhere zero. */
  private static void isFiniteAndRight(Row row) {
    boolean[] set = row.mask.apply(row.x).toBooleanArray();
    Row alone = new Row(row.what, row.f, v -> v.eq(v), row.x, row.safe);
    for (int k = 0; k < row.derivatives().size(); k++) {
      Array all = row.derivatives().get(k).apply(row.x);
      assertThat(all.dtype()).isEqualTo(row.x.dtype());
      for (int i = 0; i < set.length; i++) {
        Array x = row.x.get(i).reshape(1);
        double wanted = set[i] ? alone.derivatives().get(k).apply(x).get(0).item() : 0;
        assertThat(all.get(i).item()).as("derivative %d at %s", k, x).isEqualTo(wanted);
        assertThat(row.apply(row.x).get(i).item())
            .isEqualTo(set[i] ? row.f.apply(x).get(0).item() : -3);
      }
    }
  }

  /** What a user sees without it: the derivative of the branch that is not taken times 0. */
  @Test
  void whereAloneGivesNan() {
    Array x = arange(3f);
    Array slopes = grad(v -> sum(where(v.gt(0), sqrt(v), 0))).apply(x);
    assertThat(isfinite(slopes).toBooleanArray()).containsExactly(false, true, true);
    Array safe = grad(v -> sum(safeWhere(v.gt(0), Jnp::sqrt, v, 0))).apply(x);
    assertThat(safe.toFloatArray()).containsExactly(0, 0.5f, (float) slopes.get(2).item());
  }

  /**
   * What a function captures has finite derivatives too, which a mask on its argument cannot give.
   */
  @Test
  void whatIsCapturedHasFiniteDerivatives() {
    Array x = array(0f, 0.5f, 2f);
    Op1 loss = w -> sum(safeWhere(x.gt(0), v -> log(v).times(w), x, 0));
    assertThat(grad(loss).apply(scalar(3f)).item()).isEqualTo(0, within());
    Op1 unsafe = w -> sum(where(x.gt(0), log(x).times(w), 0));
    assertThat(grad(unsafe).apply(scalar(3f)).item()).isNaN();
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-7);
  }

  @Test
  void twoArguments() {
    Array x = array(-1f, 0f, 4f);
    Array y = array(0.5f, -2f, 0.5f);
    Array mask = x.gt(0);
    Op1 inX = v -> sum(safeWhere(mask, (a, b) -> power(a, b), v, y, 7));
    Op1 inY = v -> sum(safeWhere(mask, (a, b) -> power(a, b), x, v, x));
    assertThat(grad(inX).apply(x).toFloatArray()).containsExactly(0, 0, 0.25f);
    assertThat(grad(inY).apply(y).toFloatArray()).containsExactly(0, 0, (float) (2 * Math.log(4)));
    assertThat(inX.apply(x).item()).isEqualTo(7 + 7 + 2);
  }

  /** A row at a time by vmap: the mask is a scalar, the function takes any array. */
  @Test
  void normsOfRowsAreDifferentiableAtZero() {
    Op1 norm = v -> safeWhere(any(notEqual(v, scalar(0f))), r -> sqrt(sum(r.times(r))), v, 0);
    Array rows = array(3f, 4f, 0f, 0f).reshape(2, 2);
    assertThat(vmap(norm).apply(rows).toFloatArray()).containsExactly(5, 0);
    assertThat(vmap(grad(norm)).apply(rows).reshape(4).toFloatArray())
        .containsExactly(0.6f, 0.8f, 0, 0);
  }

  @Test
  void aMaskThatIsLargerThanTheResultIsAnError() {
    Array x = array(3f, 4f);
    assertThatThrownBy(() -> safeWhere(x.gt(3), v -> sum(v), x, 0))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageContaining("SafeWhereTest.java:")
        .hasMessageContaining("(2,) and ()")
        .hasMessageContaining("vmap");
  }
}
